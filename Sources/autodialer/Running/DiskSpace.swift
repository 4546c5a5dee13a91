import Glibc
import SQLiteLedger

/// Room on disks.
enum DiskSpace {
    /// Bytes that may still be written where a file is, or is to be; nil where that cannot be learnt.
    static func free(at path: String) -> UInt64? {
        var space = statvfs()
        guard statvfs(SQLiteLedger.folder(of: path), &space) == 0 else { return nil }
        return UInt64(space.f_bavail) * UInt64(space.f_frsize)
    }
}
