import Foundation
import Testing

/// A folder of a test's own, where commands run and leave their files; removed when the test has ended.
final class Workplace: Sendable {
    let path: String
    private let labels = Labels()

    /// Waits for a turn, which lasts as long as the folder.
    init() async throws {
        await Turns.shared.begin()
        path = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/e2e-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        Turns.shared.end()
    }

    /// The path of a file in the folder.
    func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file, and the folders above it if they are missing.
    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        let url = URL(fileURLWithPath: file(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    func write(_ name: String, _ text: String) throws {
        try write(name, text.utf8)
    }

    /// The text of a file; nil when there is none.
    func text(_ name: String) -> String? {
        FileManager.default.contents(atPath: file(name)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The files of a folder.
    func names(in folder: String = ".") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: file(folder))) ?? []).sorted()
    }

    /// Starts the tool with arguments as a shell would split them.
    func start(_ command: String, environment: [String: String] = [:]) throws -> RunningTool {
        let arguments = command.split(separator: " ").map(String.init)
        return try start(program: RunningTool.autodialer, arguments, environment: environment)
    }

    /// Starts any program.
    func start(
        program: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> RunningTool {
        // Nothing of the test runner's own environment may decide how the tool behaves.
        var all = ["PATH": "/usr/bin:/bin", "HOME": path, "TZ": "Asia/Shanghai", "LANG": "C.UTF-8"]
        all["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
        all.merge(environment) { $1 }
        return try RunningTool(program, arguments, in: path, environment: all, label: labels.next())
    }

    /// Starts a run against a simulator of another process, and returns once it has placed so many calls.
    func startDialling(
        _ command: String, at simulator: SimulatorProcess, calls: Int = 4, environment: [String: String] = [:]
    ) async throws -> RunningTool {
        let watch = try FolderWatch(path)
        let log = simulator.log
        let before = try CallLog(log).placedLines
        let runner = try start(command, environment: environment)
        let isDialling = try await watch.wait(for: "calls", while: runner) { _ in
            try CallLog(log).placedLines >= before + calls
        }
        try #require(isDialling, "\(runner.errors)")
        return runner
    }

    /// Runs the tool to its end.
    func run(_ command: String, environment: [String: String] = [:]) async throws -> Transcript {
        try await start(command, environment: environment).ended()
    }

    /// Runs the tool to its end, which must be a good one.
    @discardableResult
    func succeed(
        _ command: String, environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Transcript {
        let transcript = try await run(command, environment: environment)
        #expect(transcript.code == 0, "\(command): \(transcript)", sourceLocation: sourceLocation)
        return transcript
    }

    /// Runs the tool, which must end with `code`, print no data, and say each of `words` on stderr.
    @discardableResult
    func fail(
        _ command: String, _ code: Int32, saying words: [String], environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Transcript {
        let transcript = try await run(command, environment: environment)
        #expect(transcript.code == code, "\(command): \(transcript)", sourceLocation: sourceLocation)
        #expect(transcript.output == "", "\(command)", sourceLocation: sourceLocation)
        for word in words {
            #expect(transcript.errors.contains(word), "\(command): \(transcript)", sourceLocation: sourceLocation)
        }
        return transcript
    }
}

/// Names for the output of the programs that run in one folder.
///
/// `@unchecked Sendable`: the count is only touched under `lock`.
private final class Labels: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0

    func next() -> String {
        lock.withLock {
            count += 1
            return "transcript-\(count)"
        }
    }
}
