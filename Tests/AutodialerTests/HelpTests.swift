import Foundation
import Testing

@Suite("Help and version are as they were shown to users before", .timeLimit(.minutes(15)))
struct HelpTests {
    private static let commands = [
        "", "init", "doctor", "check", "plan", "forecast", "import", "run", "recover", "status", "watch", "agents",
        "agents list", "agents ready",
        "agents break", "agents logout", "calls", "calls list", "calls drop", "calls listen", "calls barge",
        "calls take", "calls hold", "calls retrieve", "calls consult", "calls conference", "calls transfer",
        "calls record", "pause", "resume", "drain", "why", "explain",
        "export", "export attempts", "export leads", "export agents", "export abandonment", "export funnel",
        "export caller-ids", "export audit", "audit", "audit verify", "audit prune", "migrate-database",
        "caller-ids", "caller-ids import",
        "caller-ids list", "caller-ids pick",
        "caller-ids health", "caller-ids pause", "caller-ids resume", "dnc", "dnc add", "dnc remove", "dnc import",
        "dnc check", "dnc list", "dnc drop", "dispositions", "dispositions import", "privacy", "privacy export",
        "privacy erase", "vendor", "vendor test", "simulator", "replay", "manual", "report",
    ]

    /// To accept a change: `AUTODIALER_RECORD=1 make test FLAGS='--filter HelpTests'`, then look at the difference.
    private static let isRecording = ProcessInfo.processInfo.environment["AUTODIALER_RECORD"] == "1"

    private static func name(_ command: String) -> String {
        (["autodialer"] + command.split(separator: " ")).joined(separator: "-") + ".txt"
    }

    @Test("The help of each command", arguments: commands)
    func help(command: String) async throws {
        let place = try await Workplace()
        let transcript = try await place.succeed("\(command) --help")
        #expect(transcript.errors == "")
        let lines = transcript.output.split(separator: "\n").filter { !$0.hasPrefix("USAGE: ") }
        #expect(lines.filter { $0.count > 80 } == [])
        if Self.isRecording {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            let file = folder.appendingPathComponent("Snapshots/" + Self.name(command))
            try transcript.output.write(to: file, atomically: true, encoding: .utf8)
        } else {
            let file = Bundle.module.bundleURL.appendingPathComponent("Snapshots/" + Self.name(command))
            let snapshot = try? String(contentsOf: file, encoding: .utf8)
            #expect(transcript.output == snapshot, "\(Self.name(command)) differs")
        }
    }

    @Test("Every example is a line that can be copied", arguments: commands)
    func examples(command: String) async throws {
        let help = try await Workplace().succeed("\(command) --help").output
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
        let examples = lines.drop { !$0.hasPrefix("EXAMPLE") }.dropFirst().prefix { !$0.isEmpty }
        #expect(examples.allSatisfy { $0.contains(#/^ +autodialer\b/#) || $0.hasSuffix(":") }, "\(examples)")
    }

    @Test("No snapshot is of a command that is gone")
    func snapshots() throws {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Snapshots").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.sorted() == Self.commands.map(Self.name).sorted())
    }

    @Test("Each command and each exit code that the tests know is named in the help")
    func complete() async throws {
        let help = try await Workplace().succeed("--help").output
        for code in [0, 64, 65, 66, 69, 70, 73, 74, 75, 77, 78, 130, 143] {
            #expect(help.contains("\(code)"), "exit code \(code)")
        }
    }

    @Test("The version is one line with three numbers")
    func version() async throws {
        let transcript = try await Workplace().succeed("--version")
        #expect(transcript.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil, "\(transcript)")
        #expect(transcript.errors == "")
    }
}
