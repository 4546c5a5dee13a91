import Glibc
import Wording

/// A file that appears under its name only when it is whole: written beside it, synced, and renamed.
final class AtomicFile {
    private let path: String
    private let partPath: String
    private var descriptor: Int32
    private var buffer: [UInt8] = []

    /// Begins the file, readable by its owner only unless another mode is given: it may hold telephone numbers.
    init(_ path: String, mode: mode_t = 0o600) throws(Failure) {
        self.path = path
        var status = stat()
        guard stat(path, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR else {
            throw Failure(.cannotCreate, saying: [RefusalPhrase.isFolder.filled(path)])
        }
        // Each process has its own, so that two which write the same file do not mix what they write.
        partPath = "\(path).\(getpid()).part"
        // What is there already may be somebody else's, or lead elsewhere.
        unlink(partPath)
        descriptor = open(partPath, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        // The user's mask is for files that nobody gave a thought.
        guard descriptor >= 0, mode == 0o600 || fchmod(descriptor, mode) == 0 else {
            throw Failure(.cannotCreate, saying: [RefusalPhrase.notMade.filled(path, Self.reason())])
        }
    }

    deinit { discard() }

    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws(Failure) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Makes the file appear.
    func commit() throws(Failure) {
        try flush()
        guard fsync(descriptor) == 0 else { throw failed() }
        guard rename(partPath, path) == 0 else {
            let reason = Self.reason()
            discard()
            throw Failure(.cannotCreate, saying: [RefusalPhrase.notReplaced.filled(path, reason)])
        }
        close(descriptor)
        descriptor = -1
    }

    /// Leaves nothing behind; after `commit` this does nothing.
    func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        unlink(partPath)
    }

    private func flush() throws(Failure) {
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw failed()
            }
            rest = rest.dropFirst(count)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failed() -> Failure {
        let reason = Self.reason()
        discard()
        return Failure(.inputOutput, saying: [RefusalPhrase.nothingLeft.filled(path, reason)])
    }

    private static func reason() -> Phrase { SystemPhrase.saying(errno) }
}
