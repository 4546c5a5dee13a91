import DialModel
import Foundation
import Glibc
import Monitoring
import SQLiteLedger

/// Modes and owners of the files that hold telephone numbers and secrets.
struct FileExamination {
    let database: String
    /// Files that hold secrets, as `vendors.yaml` names them.
    let secrets: [String]

    /// A finding for each file that is there.
    func findings() -> [Finding] {
        var findings = look(at: SQLiteLedger.folder(of: database), isFolder: true)
        for path in [database] + Self.companions(of: database) + secrets { findings += look(at: path, isFolder: false) }
        return findings
    }

    /// What stands beside a database: SQLite's files, locks, sockets and recordings.
    static func companions(of database: String) -> [String] {
        let folder = SQLiteLedger.folder(of: database)
        let name = database.fileName
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0 != name && ($0.hasPrefix(name + "-") || $0.hasPrefix(name + ".")) }.sorted().map {
            database.contains("/") ? "\(folder)/\($0)" : $0
        }
    }

    private func look(at path: String, isFolder: Bool) -> [Finding] {
        var status = stat()
        guard stat(path, &status) == 0 else { return [] }
        var findings = [Judgement.mode(UInt32(status.st_mode), of: path, isFolder: isFolder)]
        // A folder that everybody may write to, such as /tmp, belongs to somebody else by its nature.
        if !isFolder, let finding = Judgement.owner(Self.user(status.st_uid), of: path, me: Self.user(geteuid())) {
            findings.append(finding)
        }
        return findings
    }

    private static func user(_ id: uid_t) -> String {
        var entry = passwd()
        var buffer = [CChar](repeating: 0, count: 4_096)
        var found: UnsafeMutablePointer<passwd>?
        guard getpwuid_r(id, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name else {
            return "user \(id)"
        }
        return String(cString: name)
    }
}
