import Glibc
import Wording

/// A file that appears under its name only when it is whole: written beside it, synced, and renamed.
///
/// What is no regular file is written straight into, as a shell does: a pipe, a device, or `/dev/stdout` whatever it is.
final class AtomicFile {
    private let path: String
    /// Where it is written until it is whole; nil for what is written straight into.
    private let partPath: String?
    private var descriptor: Int32
    private var buffer: [UInt8] = []

    /// Begins the file, readable by its owner only unless another mode is given: it may hold telephone numbers.
    init(_ path: String, mode: mode_t = 0o600) throws(Failure) {
        self.path = path
        if let opened = try Self.openStream(path) {
            partPath = nil
            descriptor = opened
            return
        }
        // Each process has its own, so that two which write the same file do not mix what they write.
        let partPath = "\(path).\(getpid()).part"
        self.partPath = partPath
        // What is there already may be somebody else's, or lead elsewhere.
        unlink(partPath)
        descriptor = open(partPath, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        // The user's mask is for files that nobody gave a thought.
        guard descriptor >= 0, mode == 0o600 || fchmod(descriptor, mode) == 0 else {
            throw Self.notMade(path)
        }
    }

    deinit { discard() }

    /// Whether there is something at the path that no file can take the place of.
    static func isStream(_ path: String) -> Bool {
        var status = stat()
        return OpenDescriptor.named(path) != nil
            || stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }

    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws(Failure) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Makes the file appear.
    func commit() throws(Failure) {
        try flush()
        guard let partPath else { return discard() }
        guard fsync(descriptor) == 0 else { throw failed(errno) }
        guard rename(partPath, path) == 0 else {
            let reason = SystemPhrase.saying(errno)
            discard()
            throw Failure(.cannotCreate, saying: [RefusalPhrase.notReplaced.filled(path, reason)])
        }
        close(descriptor)
        descriptor = -1
    }

    /// Leaves nothing behind but what a stream has been given; after `commit` this does nothing.
    func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        if let partPath { unlink(partPath) }
    }

    /// Opens what is no regular file, and waits for whoever reads a pipe; nil for a file or nothing.
    private static func openStream(_ path: String) throws(Failure) -> Int32? {
        var status = stat()
        let isPresent = stat(path, &status) == 0
        guard !isPresent || status.st_mode & S_IFMT != S_IFDIR else {
            throw Failure(.cannotCreate, saying: [RefusalPhrase.isFolder.filled(path)])
        }
        guard isStream(path) else { return nil }
        let descriptor =
            OpenDescriptor.named(path).map { fcntl($0, F_DUPFD_CLOEXEC, 0) }
            ?? open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw notMade(path) }
        return descriptor
    }

    private func flush() throws(Failure) {
        guard partPath != nil else {
            try Console.data(buffer, to: descriptor)
            return buffer.removeAll(keepingCapacity: true)
        }
        let reason = Console.write(buffer, to: descriptor)
        guard reason == 0 else { throw failed(reason) }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failed(_ reason: Int32) -> Failure {
        discard()
        return Failure(.inputOutput, saying: [RefusalPhrase.nothingLeft.filled(path, SystemPhrase.saying(reason))])
    }

    private static func notMade(_ path: String) -> Failure {
        Failure(.cannotCreate, saying: [RefusalPhrase.notMade.filled(path, SystemPhrase.saying(errno))])
    }
}

/// What this process has open already, and has a path of its own: `/dev/stdout`, `/dev/fd/3`, or a link to one.
private enum OpenDescriptor {
    private static let longestChain = 8

    /// The descriptor that a path is another name of.
    static func named(_ path: String) -> Int32? {
        var path = path
        for _ in 0..<longestChain {
            let cut = path.lastIndex(of: "/")
            let folder = cut.map { String(path[...$0]) } ?? "."
            let name = cut.map { path[path.index(after: $0)...] } ?? path[...]
            guard let place = realpath(folder, nil) else { return nil }
            defer { free(place) }
            if String(cString: place) == "/proc/\(getpid())/fd" { return Int32(name) }
            var target = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(path, &target, target.count)
            guard count > 0, count < target.count else { return nil }
            let text = String(decoding: target.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            path = text.hasPrefix("/") ? text : folder + "/" + text
        }
        return nil
    }
}
