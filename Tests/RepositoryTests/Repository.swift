import Foundation

/// One file of the repository.
struct SourceFile: Sendable {
    /// Its path below the root.
    var path: String
    /// What it says.
    var text: String
    /// Its code alone, see `CodeView`.
    var code: String
    /// What it declares.
    var declarations: [Declaration]

    /// Reads Swift source; used for samples as well.
    init(path: String, text: String) {
        self.path = path
        self.text = text
        code = CodeView.of(text)
        declarations = Declarations.of(code: code)
    }

    /// The file's name without folders.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// A breach of a rule, printed as a compiler prints its errors.
struct Finding: Equatable, CustomStringConvertible {
    var path: String
    var line: Int?
    var message: String

    var description: String { "\(path):\(line.map { "\($0):" } ?? "") \(message)" }
}

/// The files that git tracks, or would with the next `git add`.
enum Repository {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Paths below the root, sorted.
    static let paths: [String] = (try? trackedPaths()) ?? []

    /// All Swift files, read once.
    static let swiftFiles: [SourceFile] = paths.filter { $0.hasSuffix(".swift") }.compactMap { path in
        text(path).map { SourceFile(path: path, text: $0) }
    }

    /// The Swift files below a folder of the root.
    static func swiftFiles(under folder: String) -> [SourceFile] {
        swiftFiles.filter { $0.path.hasPrefix(folder + "/") }
    }

    /// The names of the folders in a folder of the root that hold at least one file, sorted.
    static func folders(in folder: String) -> [String] {
        let inside = paths.filter { $0.hasPrefix(folder + "/") }.map { $0.dropFirst(folder.count + 1) }
        return Set(inside.filter { $0.contains("/") }.map { String($0.prefix { $0 != "/" }) }).sorted()
    }

    /// The text of a file; nil if there is none, or if it is no UTF-8.
    static func text(_ path: String) -> String? {
        guard let bytes = try? Data(contentsOf: root.appending(path: path)), !bytes.contains(0) else { return nil }
        return String(bytes: bytes, encoding: .utf8)
    }

    private static func trackedPaths() throws -> [String] {
        let git = Process()
        git.executableURL = URL(filePath: "/usr/bin/env")
        // In a container the folder often belongs to somebody else than who runs the tests.
        git.arguments = [
            "git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard",
        ]
        git.currentDirectoryURL = root
        let output = Pipe()
        git.standardOutput = output
        try git.run()
        let listing = output.fileHandleForReading.readDataToEndOfFile()
        git.waitUntilExit()
        return String(decoding: listing, as: UTF8.self).split(separator: "\0").map(String.init).sorted()
    }
}

extension String {
    /// Where a pattern matches, as line numbers from one, with what it matched.
    func matches(_ pattern: String) -> [(line: Int, text: String)] {
        guard let expression = try? NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines]) else {
            return [(0, "the pattern \(pattern) does not compile")]
        }
        let whole = self as NSString
        return expression.matches(in: self, range: NSRange(location: 0, length: whole.length)).map { match in
            let before = whole.substring(to: match.range.location)
            return (before.utf8.count { $0 == UInt8(ascii: "\n") } + 1, whole.substring(with: match.range))
        }
    }
}
