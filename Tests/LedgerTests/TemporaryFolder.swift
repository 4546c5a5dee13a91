import Foundation

/// A folder of a test's own, removed when the test has ended.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let template = FileManager.default.temporaryDirectory.path + "/ledger-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: template, withIntermediateDirectories: true)
        path = template
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { path + "/" + name }
}
