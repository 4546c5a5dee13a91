import Glibc

/// Room on disks.
enum DiskSpace {
    /// Bytes that may still be written where a file is, or is to be; nil where that cannot be learnt.
    static func free(at path: String) -> UInt64? {
        var space = statvfs()
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        guard statvfs(folder, &space) == 0 else { return nil }
        return UInt64(space.f_bavail) * UInt64(space.f_frsize)
    }
}
