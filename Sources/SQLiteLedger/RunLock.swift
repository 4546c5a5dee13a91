import DialModel
import Foundation
package import Ledger
import Wording

/// The right to run a campaign: one process at a time has it.
///
/// It is a lock of the kernel on a file beside the database, so it ends with the process that holds it, however that
/// dies. The file itself means nothing and is never removed; its text only tells who holds the lock.
package struct RunLock: Sendable {
    /// The file that is locked.
    package let path: String
    private let holder: Holder

    /// Takes the lock at once or throws `.locked`, with the holder in the message; `.readOnly` or `.cannotOpen` when the
    /// lock's file cannot be made.
    package static func acquire(database: String, campaign: String) throws(LedgerError) -> RunLock {
        let path = lockPath(database: database, campaign: campaign)
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let code: LedgerError.Code = [EACCES, EPERM, EROFS].contains(errno) ? .readOnly : .cannotOpen
            throw LedgerError(
                code, operation: "lock", database: database,
                message: LedgerFilePhrase.noLock.filled(path, SystemPhrase.saying(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let isTaken = errno == EWOULDBLOCK
            let words = isTaken ? holder(in: descriptor) : SystemPhrase.saying(errno)
            Foundation.close(descriptor)
            throw LedgerError(isTaken ? .locked : .io, operation: "lock", database: database, message: words)
        }
        leaveNote(in: descriptor)
        return RunLock(path: path, holder: Holder(descriptor))
    }

    /// Whether somebody has the lock.
    ///
    /// Nobody else can take it in the very moment in which this is asked.
    package static func isHeld(database: String, campaign: String) -> Bool {
        let descriptor = open(
            lockPath(database: database, campaign: campaign), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { Foundation.close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// Gives the lock up; a second time does nothing.
    ///
    /// A lock that is never closed lasts as long as the process.
    package func close() {
        holder.release()
    }

    /// Where whoever holds the lock takes orders: the same for every spelling of the database's path.
    package static func controlPath(database: String, campaign: String) -> String {
        "\(resolved(database)).\(slug(of: campaign)).control"
    }

    /// Where whoever holds the lock records what a run is told, of each account by itself where there are several.
    package static func recordingPath(database: String, campaign: String, account: String?) -> String {
        let names = [campaign] + (account.map { [$0] } ?? [])
        return "\(resolved(database)).\(names.map(slug).joined(separator: ".")).events"
    }

    /// The file to lock: the same for every spelling of the database's path.
    static func lockPath(database: String, campaign: String) -> String {
        "\(resolved(database)).\(slug(of: campaign)).lock"
    }

    /// A campaign's name as a part of a file name: itself when it is short and plain, else what is plain of it and a
    /// digest, after a dot that no plain name has.
    package static func slug(of campaign: String) -> String {
        let plain = campaign.utf8.filter(isPlain)
        let text = String(decoding: plain, as: UTF8.self)
        if plain.count == campaign.utf8.count, (1...64).contains(plain.count) { return text }
        return text.prefix(32) + "." + digest(of: campaign)
    }

    /// A name in sixteen characters that are plain.
    package static func digest(of name: String) -> String {
        let digest = String(fnv1a(name.utf8), radix: 16)
        return String(repeating: "0", count: 16 - digest.count) + digest
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The 64-bit FNV-1a hash; two names that collide by chance would merely exclude each other.
    private static func fnv1a(_ bytes: String.UTF8View) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The path without links, so that a database reached by two names has one lock.
    private static func resolved(_ database: String) -> String {
        func real(_ path: String) -> String? {
            guard let result = realpath(path, nil) else { return nil }
            defer { free(result) }
            return String(cString: result)
        }
        if let path = real(database) { return path }
        let folder = SQLiteLedger.folder(of: database)
        return (real(folder) ?? folder) + "/" + database.fileName
    }
}

// MARK: - The note in the file

extension RunLock {
    private static func leaveNote(in descriptor: Int32) {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        var text = [CChar](repeating: 0, count: 64)
        strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        let since = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let note = "process \(getpid()) since \(since)\n"
        // The note is a courtesy: the lock holds without it, so a full disk is no reason to refuse the run.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, note, note.utf8.count, 0) }
    }

    /// Who holds a lock, by the note in its file.
    private static func holder(in descriptor: Int32) -> Phrase {
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let line = String(decoding: bytes[..<max(0, count)].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        // `process 4711 since 2026-11-27T09:00:00Z`
        let words = line.split(separator: " ")
        guard words.count == 4 else { return LedgerFilePhrase.lockHeld.phrase }
        return LedgerFilePhrase.lockHeldSince.filled(words[1], words[3])
    }

    /// The descriptor that carries the lock.
    ///
    /// `@unchecked Sendable`: it is only touched under `lock`.
    private final class Holder: @unchecked Sendable {
        private let lock = NSLock()
        private var descriptor: Int32?

        init(_ descriptor: Int32) { self.descriptor = descriptor }

        func release() {
            lock.withLock {
                if let descriptor { Foundation.close(descriptor) }
                descriptor = nil
            }
        }
    }
}
