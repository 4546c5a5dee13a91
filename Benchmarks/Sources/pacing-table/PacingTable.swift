import Foundation
import PacingWorld

/// Simulates shifts with our pacing controller and with what else there is, and prints a table.
@main
struct PacingTable {
    static func main() async throws {
        guard let arguments = Arguments(CommandLine.arguments.dropFirst()) else {
            FileHandle.standardError.write(Data((Arguments.usage + "\n").utf8))
            exit(64)
        }
        let scenarios = try ScenarioFile.read(arguments.file)
        let cases = arguments.isHoldOut ? HoldOut.cases(of: scenarios) : scenarios.map { HoldOut($0, arguments.limit) }
        let chosen = cases.filter { arguments.includes($0.scenario.name) }
        say(Row.explanation(arguments))
        say(Row.heading(arguments))
        var rows: [Row] = []
        for one in chosen {
            let row = await Row(one, arguments)
            say(row.text(arguments))
            rows.append(row)
        }
        say(Row.summary(rows))
        if let output = arguments.output {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(rows).write(to: output)
        }
    }

    /// Prints at once, even into a pipe: a row takes seconds.
    private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
