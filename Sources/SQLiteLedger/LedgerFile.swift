import CSQLite
import DialModel
import GRDB
import Glibc
import Ledger
import StoredLedger
import Wording

/// The file of a ledger before it is open: looks before it leaps, so that a file that is refused stays as it was.
struct LedgerFile {
    /// The path as the user gave it.
    let name: String
    let options: SQLiteLedger.Options
    /// Whether another ledger is copied into it, and that may be unfinished.
    var isCopiedInto = false

    /// The path as SQLite gets it, which must not take `:memory:` or `file:` for anything but a file.
    private var path: String { name.hasPrefix("/") ? name : "./" + name }

    /// The folder that holds the file, its log and its locks.
    private var folder: String { SQLiteLedger.folder(of: path) }

    /// Opens the file; throws `Refusal` or GRDB's errors.
    func open(_ access: LedgerAccess) throws -> DatabasePool {
        guard !name.isEmpty else { throw Refusal(.cannotOpen, LedgerFilePhrase.noName.phrase) }
        let isPresent = try checkPlace()
        switch access {
        case .readWriteCreate, .copyInto:
            return try openForWriting(isPresent: isPresent)
        case .readWriteExisting:
            try expectLedger(isPresent: isPresent)
            return try openForWriting(isPresent: isPresent)
        case .readExisting:
            return try openForReading(try expectLedger(isPresent: isPresent))
        }
    }

    /// What a file holds that has to be a ledger already.
    @discardableResult
    private func expectLedger(isPresent: Bool) throws -> Contents {
        guard isPresent else {
            throw Refusal(.cannotOpen, LedgerFilePhrase.noFileToRead.phrase)
        }
        if isUnfinished {
            try checkWritable(isPresent: true)
            let turn = try FolderTurn(folder: folder, patience: options.busyTimeout)
            defer { turn.end() }
            try takeBackUnfinished()
        }
        let contents = try inspect()
        guard contents != .empty else {
            throw Refusal(.cannotOpen, LedgerFilePhrase.noLedger.phrase)
        }
        return contents
    }

    /// A connection to a ledger that exists, of this release or an older one, through which nothing can be changed.
    func readerOfLedger() throws -> DatabaseQueue {
        guard !name.isEmpty else { throw Refusal(.cannotOpen, LedgerFilePhrase.noName.phrase) }
        guard try checkPlace() else { throw Refusal(.cannotOpen, LedgerFilePhrase.noFile.phrase) }
        guard !isUnfinished, try inspect() != .empty else {
            throw Refusal(.cannotOpen, LedgerFilePhrase.noLedger.phrase)
        }
        return try DatabaseQueue(path: path, configuration: configuration(readOnly: true))
    }

    private func openForWriting(isPresent: Bool) throws -> DatabasePool {
        try checkWritable(isPresent: isPresent)
        // Two processes that make or upgrade the same file take turns.
        let turn = try FolderTurn(folder: folder, patience: options.busyTimeout)
        defer { turn.end() }
        if isPresent {
            try takeBackUnfinished()
            _ = try inspect()
        } else {
            try create()
        }
        let pool = try DatabasePool(path: path, configuration: configuration(readOnly: false))
        try pool.writeWithoutTransaction { db in
            // GRDB sets NORMAL when it turns the log on; a claim must survive a power cut.
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        try LedgerSchema.migrator.migrate(pool)
        return pool
    }

    private func openForReading(_ contents: Contents) throws -> DatabasePool {
        if contents == .older { try openForWriting(isPresent: true).close() }
        return try DatabasePool(path: path, configuration: configuration(readOnly: true))
    }

    /// Done once, before the first database of the process is opened.
    ///
    /// Nobody asks how much memory SQLite has, and a tenth of a long import goes into the locks of counting it (measured).
    private static let countsNoMemory: Void = { _ = csqlite_count_no_memory() }()

    private func configuration(readOnly: Bool) -> Configuration {
        Self.countsNoMemory
        let patience = options.busyTimeout
        let pageLimit = options.pageLimit
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(patience.seconds)
        configuration.maximumReaderCount = 3
        configuration.prepareDatabase { db in
            // GRDB gives its readers a patience of its own.
            try db.execute(sql: "PRAGMA busy_timeout = \(patience.milliseconds)")
            // Claims run several times faster when statements do not make temporary files (measured).
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            try db.execute(sql: "PRAGMA cache_size = -16384")
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
            if let pageLimit { try db.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
        }
        return configuration
    }
}

// MARK: - Looking

extension LedgerFile {
    /// What a file that exists holds.
    private enum Contents {
        case empty
        case older
        case current
    }

    /// Whether the file is there; throws when there is no sense in going on.
    private func checkPlace() throws -> Bool {
        var status = stat()
        guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw Refusal(.cannotOpen, LedgerFilePhrase.noFolder.filled(folder))
        }
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else {
                throw Refusal(.cannotOpen, LedgerFilePhrase.notLooked.filled(SystemPhrase.saying(errno)))
            }
            return false
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Refusal(.cannotOpen, LedgerFilePhrase.notRegular.phrase)
        }
        guard faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0 else {
            throw Refusal(.cannotOpen, LedgerFilePhrase.notReadable.phrase)
        }
        return true
    }

    private func checkWritable(isPresent: Bool) throws {
        guard faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0 else {
            throw Refusal(.readOnly, LedgerFilePhrase.folderLocked.filled(folder))
        }
        guard !isPresent || faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 else {
            throw Refusal(.readOnly, LedgerFilePhrase.notWritable.phrase)
        }
    }

    /// Whether somebody died who was making the file, or loading its first list: without a log, SQLite keeps a journal of what
    /// to take back.
    private var isUnfinished: Bool {
        var status = stat()
        return stat(path + "-journal", &status) == 0 && status.st_size > 0
    }

    /// Takes back what was left unfinished, which only a connection that may write can do.
    private func takeBackUnfinished() throws {
        guard isUnfinished else { return }
        let writer = try DatabaseQueue(path: path, configuration: configuration(readOnly: false))
        defer { try? writer.close() }
        try writer.read { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
    }

    /// Reads the file's marks without writing to it; throws when it is not for this release.
    private func inspect() throws -> Contents {
        let reader = try DatabaseQueue(path: path, configuration: configuration(readOnly: true))
        defer { try? reader.close() }
        return try reader.read { db in
            // The migrator's own table comes first, and alone if the process died there.
            let tables = "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'"
            guard try Int.fetchOne(db, sql: tables) != 0 else { return .empty }
            guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == LedgerSchema.applicationID else {
                throw Refusal(.cannotOpen, LedgerFilePhrase.foreign.phrase)
            }
            guard try !LedgerSchema.migrator.hasBeenSuperseded(db) else {
                throw Refusal(.newerSchema, LedgerFilePhrase.newer.phrase)
            }
            if !isCopiedInto { try CopyMark(db: SQLiteSession(db)).expectNone() }
            return try LedgerSchema.migrator.hasCompletedMigrations(db) ? .current : .older
        }
    }

    /// Makes an empty file that only its owner may read; SQLite gives its log the same mode.
    ///
    /// Where the path is a link that leads to nothing, what it leads to is made, as SQLite would; the system follows it by its own
    /// rules. Otherwise nothing that is there is opened: closing it would drop the locks that SQLite holds in this process.
    private func create() throws {
        var status = stat()
        let isLink = lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
        let leadsNowhere = isLink && stat(path, &status) != 0
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | (leadsNowhere ? 0 : O_EXCL)
        let descriptor = Glibc.open(path, flags, 0o600)
        guard descriptor >= 0 else {
            let reason = LedgerFilePhrase.notMade.filled(SystemPhrase.saying(errno))
            switch errno {
            case EEXIST: return
            case EACCES, EPERM, EROFS: throw Refusal(.readOnly, reason)
            case ENOSPC, EDQUOT: throw Refusal(.full, reason)
            default: throw Refusal(.cannotOpen, reason)
            }
        }
        Glibc.close(descriptor)
    }
}

/// A short kernel lock on a folder, held while a ledger in it is made or upgraded.
///
/// Not on the file itself: closing a second descriptor of it would drop the locks that SQLite holds in this process.
private struct FolderTurn {
    private let descriptor: Int32

    init(folder: String, patience: Duration) throws {
        descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Refusal(.cannotOpen, LedgerFilePhrase.folderUnread.filled(folder)) }
        let pause: Int32 = 5
        var tries = max(1, patience.milliseconds / Int64(pause))
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            tries -= 1
            guard tries > 0 else {
                Glibc.close(descriptor)
                throw Refusal(.locked, LedgerFilePhrase.folderBusy.filled(folder))
            }
            poll(nil, 0, pause)
        }
    }

    func end() {
        Glibc.close(descriptor)
    }
}
