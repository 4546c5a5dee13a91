import Glibc

/// What the system says of a failure, by the `errno` of POSIX.1-2017, in the words of glibc.
package enum SystemPhrase: CaseIterable, PhraseTable {
    case noFile, notPermitted, denied, noSpace, overQuota, readOnly, isFolder, noFolder, exists, nameTooLong,
        tooManyLinks
    case tooManyFiles, tooManyFilesInAll, tooLarge, busy, device, noDevice, brokenPipe, noMemory
    case addressTaken, noAddress, refused, timedOut, other

    /// The words for each; those without a place are glibc's own.
    package var phrase: Phrase { ofFiles ?? ofConnections }

    private var ofFiles: Phrase? {
        switch self {
        case .noFile: Phrase("No such file or directory", "文件或目录不存在")
        case .notPermitted: Phrase("Operation not permitted", "不允许该操作")
        case .denied: Phrase("Permission denied", "权限不足")
        case .noSpace: Phrase("No space left on device", "磁盘空间不足")
        case .overQuota: Phrase("Disk quota exceeded", "超出磁盘配额")
        case .readOnly: Phrase("Read-only file system", "文件系统只读")
        case .isFolder: Phrase("Is a directory", "这是目录")
        case .noFolder: Phrase("Not a directory", "这不是目录")
        case .exists: Phrase("File exists", "文件已存在")
        case .nameTooLong: Phrase("File name too long", "文件名过长")
        case .tooManyLinks: Phrase("Too many levels of symbolic links", "符号链接层数过多")
        case .tooManyFiles: Phrase("Too many open files", "打开的文件过多")
        case .tooManyFilesInAll: Phrase("Too many open files in system", "系统打开的文件过多")
        case .tooLarge: Phrase("File too large", "文件过大")
        default: nil
        }
    }

    private var ofConnections: Phrase {
        switch self {
        case .busy: Phrase("Device or resource busy", "设备或资源正忙")
        case .device: Phrase("Input/output error", "输入输出错误")
        case .noDevice: Phrase("No such device or address", "设备或地址不存在")
        case .brokenPipe: Phrase("Broken pipe", "管道已断开")
        case .noMemory: Phrase("Cannot allocate memory", "内存不足")
        case .addressTaken: Phrase("Address already in use", "地址已被占用")
        case .noAddress: Phrase("Cannot assign requested address", "无法使用该地址")
        case .refused: Phrase("Connection refused", "连接被拒绝")
        case .timedOut: Phrase("Connection timed out", "连接超时")
        default: Phrase("{1}", "系统错误：{1}")
        }
    }

    private static let known: [Int32: SystemPhrase] = [
        ENOENT: .noFile, EPERM: .notPermitted, EACCES: .denied, ENOSPC: .noSpace, EDQUOT: .overQuota,
        EROFS: .readOnly, EISDIR: .isFolder, ENOTDIR: .noFolder, EEXIST: .exists, ENAMETOOLONG: .nameTooLong,
        ELOOP: .tooManyLinks, EMFILE: .tooManyFiles, ENFILE: .tooManyFilesInAll, EFBIG: .tooLarge, EBUSY: .busy,
        EIO: .device, ENXIO: .noDevice, EPIPE: .brokenPipe, ENOMEM: .noMemory, EADDRINUSE: .addressTaken,
        EADDRNOTAVAIL: .noAddress, ECONNREFUSED: .refused, ETIMEDOUT: .timedOut,
    ]

    /// What an `errno` says; the system's own words, marked as such, where nothing else is known.
    package static func saying(_ errno: Int32) -> Phrase {
        known[errno]?.phrase ?? SystemPhrase.other.filled(String(cString: strerror(errno)))
    }
}
