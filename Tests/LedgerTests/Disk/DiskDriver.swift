import Foundation
import GRDBSQLite

/// What SQLite opens files through once there is a faulty disk: its own driver, with every call for such a disk looked at.
///
/// Registered as the driver of the whole process, since nobody names one; files on no faulty disk never see it again after
/// they were opened.
enum DiskDriver {
    private static let disks = Disks()

    /// `@unchecked Sendable`: the disks are only touched under `lock`.
    private final class Disks: @unchecked Sendable {
        private let lock = NSLock()
        private var byFolder: [String: FaultyDisk] = [:]

        func set(_ disk: FaultyDisk?, for folder: String) { lock.withLock { byFolder[folder] = disk } }

        func disk(of path: String) -> FaultyDisk? {
            lock.withLock { byFolder.values.first { path.hasPrefix($0.folder + "/") } }
        }
    }

    static func mount(_ disk: FaultyDisk) {
        _ = isRegistered
        disks.set(disk, for: disk.folder)
    }

    static func unmount(_ folder: String) { disks.set(nil, for: folder) }

    /// SQLite's own driver.
    nonisolated(unsafe) private static let system = sqlite3_vfs_find(nil)

    /// The room that a file of the system's driver begins after.
    private static let headerSize = (MemoryLayout<OpenFile.Header>.size + 15) / 16 * 16

    private static let isRegistered: Bool = {
        guard let system else { return false }
        let driver = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        driver.initialize(to: system.pointee)
        driver.pointee.pNext = nil
        driver.pointee.zName = UnsafePointer(strdup("faulty"))
        driver.pointee.szOsFile = Int32(headerSize) + system.pointee.szOsFile
        driver.pointee.xOpen = { _, name, file, flags, outFlags in
            DiskDriver.open(name, file, flags, outFlags)
        }
        driver.pointee.xDelete = { _, name, syncsFolder in DiskDriver.delete(name, syncsFolder) }
        // The others are about names, libraries and time; those that look at their driver want the system's.
        driver.pointee.xAccess = { _, name, flags, answer in
            DiskDriver.system?.pointee.xAccess(DiskDriver.system, name, flags, answer) ?? SQLITE_ERROR
        }
        driver.pointee.xFullPathname = { _, name, size, answer in
            DiskDriver.system?.pointee.xFullPathname(DiskDriver.system, name, size, answer) ?? SQLITE_ERROR
        }
        return sqlite3_vfs_register(driver, 1) == SQLITE_OK
    }()

    private static func open(
        _ name: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
        _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let file, let system else { return SQLITE_MISUSE }
        guard let name, case let path = String(cString: name), let disk = disks.disk(of: path) else {
            return system.pointee.xOpen(system, name, file, flags, outFlags)
        }
        file.pointee.pMethods = nil
        if case .refused = disk.judge(.open) { return SQLITE_CANTOPEN }
        let raw = UnsafeMutableRawPointer(file)
        let real = (raw + headerSize).assumingMemoryBound(to: sqlite3_file.self)
        let result = system.pointee.xOpen(system, name, real, flags, outFlags)
        guard result == SQLITE_OK else { return result }
        let open = OpenFile(disk: disk, path: path, real: real)
        raw.initializeMemory(
            as: OpenFile.Header.self,
            to: OpenFile.Header(
                base: sqlite3_file(pMethods: OpenFile.methods), file: Unmanaged.passRetained(open)))
        return result
    }

    private static func delete(_ name: UnsafePointer<CChar>?, _ syncsFolder: Int32) -> Int32 {
        guard let system else { return SQLITE_MISUSE }
        guard let name, case let path = String(cString: name), let disk = disks.disk(of: path) else {
            return system.pointee.xDelete(system, name, syncsFolder)
        }
        if case .refused = disk.judge(.delete) { return Int32(SQLITE_IOERR_DELETE) }
        let result = system.pointee.xDelete(system, name, syncsFolder)
        if result == SQLITE_OK { disk.didDelete(path) }
        return result
    }
}

/// A file on a faulty disk.
private final class OpenFile {
    /// What SQLite holds of it, right before the file of its own driver.
    struct Header {
        var base: sqlite3_file
        var file: Unmanaged<OpenFile>
    }

    let disk: FaultyDisk
    let path: String
    let real: UnsafeMutablePointer<sqlite3_file>

    init(disk: FaultyDisk, path: String, real: UnsafeMutablePointer<sqlite3_file>) {
        self.disk = disk
        self.path = path
        self.real = real
    }

    /// What the system's driver does with files.
    private var system: sqlite3_io_methods { real.pointee.pMethods.pointee }

    /// Has the file that SQLite means do something.
    private static func call(_ file: UnsafeMutablePointer<sqlite3_file>?, _ work: (OpenFile) -> Int32) -> Int32 {
        guard let file else { return SQLITE_MISUSE }
        let header = UnsafeRawPointer(file).assumingMemoryBound(to: Header.self)
        return work(header.pointee.file.takeUnretainedValue())
    }

    nonisolated(unsafe) static let methods: UnsafePointer<sqlite3_io_methods> = {
        var methods = sqlite3_io_methods()
        // Without the methods of mapped files, which would be written past the disk.
        methods.iVersion = 2
        methods.xClose = { file in call(file) { $0.close(file) } }
        methods.xRead = { file, buffer, count, offset in call(file) { $0.read(buffer, count, offset) } }
        methods.xWrite = { file, buffer, count, offset in call(file) { $0.write(buffer, count, offset) } }
        methods.xTruncate = { file, size in call(file) { $0.truncate(size) } }
        methods.xSync = { file, _ in call(file) { $0.sync() } }
        methods.xFileSize = { file, size in
            call(file) { open in open.unless(.size, SQLITE_IOERR_FSTAT) { open.system.xFileSize(open.real, size) } }
        }
        methods.xLock = { file, level in
            call(file) { open in open.unless(.lock, SQLITE_IOERR_LOCK) { open.system.xLock(open.real, level) } }
        }
        methods.xUnlock = { file, level in call(file) { $0.system.xUnlock($0.real, level) } }
        methods.xCheckReservedLock = { file, answer in call(file) { $0.system.xCheckReservedLock($0.real, answer) } }
        methods.xFileControl = { file, operation, argument in
            call(file) { $0.system.xFileControl($0.real, operation, argument) }
        }
        methods.xSectorSize = { file in call(file) { $0.system.xSectorSize($0.real) } }
        methods.xDeviceCharacteristics = { file in call(file) { $0.system.xDeviceCharacteristics($0.real) } }
        methods.xShmMap = { file, page, size, extends, answer in
            call(file) { open in
                open.unless(.map, SQLITE_IOERR_SHMMAP) {
                    open.system.xShmMap(open.real, page, size, extends, answer)
                }
            }
        }
        methods.xShmLock = { file, offset, count, flags in
            call(file) { $0.system.xShmLock($0.real, offset, count, flags) }
        }
        methods.xShmBarrier = { file in
            _ = call(file) { open in
                open.system.xShmBarrier(open.real)
                return SQLITE_OK
            }
        }
        methods.xShmUnmap = { file, deletes in call(file) { $0.system.xShmUnmap($0.real, deletes) } }
        let pointer = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        pointer.initialize(to: methods)
        return UnsafePointer(pointer)
    }()

    // MARK: Calls

    private func unless(_ operation: FaultyDisk.Operation, _ error: Int32, _ work: () -> Int32) -> Int32 {
        if case .refused = disk.judge(operation) { return error }
        return work()
    }

    private func close(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Int32 {
        defer { Unmanaged.passUnretained(self).release() }
        file?.pointee.pMethods = nil
        return system.xClose(real)
    }

    private func read(_ buffer: UnsafeMutableRawPointer?, _ count: Int32, _ offset: sqlite3_int64) -> Int32 {
        unless(.read, SQLITE_IOERR_READ) { system.xRead(real, buffer, count, offset) }
    }

    private func write(_ buffer: UnsafeRawPointer?, _ count: Int32, _ offset: sqlite3_int64) -> Int32 {
        guard let buffer else { return SQLITE_MISUSE }
        switch disk.judge(.write, bytes: Int(count)) {
        case .done: return put(buffer, Int(count), offset)
        case .refused(let written):
            if written > 0 { _ = put(buffer, written, offset) }
            return disk.flip() ? SQLITE_FULL : SQLITE_IOERR_WRITE
        }
    }

    private func put(_ buffer: UnsafeRawPointer, _ count: Int, _ offset: sqlite3_int64) -> Int32 {
        let size = fileSize
        let old = max(0, min(count, size - Int(offset)))
        disk.willWrite(
            path, Data(bytes: buffer, count: count), at: Int(offset), over: bytes(old, at: offset), fileSize: size)
        return system.xWrite(real, buffer, Int32(count), offset)
    }

    private func truncate(_ size: sqlite3_int64) -> Int32 {
        unless(.truncate, SQLITE_IOERR_TRUNCATE) {
            let present = fileSize
            disk.willTruncate(
                path, to: Int(size), tail: bytes(max(0, present - Int(size)), at: size), fileSize: present)
            return system.xTruncate(real, size)
        }
    }

    /// The file below need not be synced: this is the disk.
    private func sync() -> Int32 {
        unless(.sync, SQLITE_IOERR_FSYNC) {
            disk.didSync(path)
            return SQLITE_OK
        }
    }

    private var fileSize: Int {
        var size: sqlite3_int64 = 0
        return system.xFileSize(real, &size) == SQLITE_OK ? Int(size) : 0
    }

    private func bytes(_ count: Int, at offset: sqlite3_int64) -> Data {
        guard count > 0 else { return Data() }
        var data = Data(count: count)
        let result = data.withUnsafeMutableBytes { system.xRead(real, $0.baseAddress, Int32(count), offset) }
        return result == SQLITE_OK ? data : Data(count: count)
    }
}

// The extended codes are macros that Swift does not see.
private let SQLITE_IOERR_READ = SQLITE_IOERR | 1 << 8
private let SQLITE_IOERR_WRITE = SQLITE_IOERR | 3 << 8
private let SQLITE_IOERR_FSYNC = SQLITE_IOERR | 4 << 8
private let SQLITE_IOERR_TRUNCATE = SQLITE_IOERR | 6 << 8
private let SQLITE_IOERR_FSTAT = SQLITE_IOERR | 7 << 8
private let SQLITE_IOERR_DELETE = SQLITE_IOERR | 10 << 8
private let SQLITE_IOERR_LOCK = SQLITE_IOERR | 15 << 8
private let SQLITE_IOERR_SHMMAP = SQLITE_IOERR | 21 << 8
