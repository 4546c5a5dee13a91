import Compliance
import DialModel
import Foundation
import Testing

@Suite("The guide explains every word that an export may hold")
struct ExportWordsTests {
    /// The words in the first column of the table whose first header is `header`.
    private func words(under header: String) throws -> [(word: String, second: String)] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent("Sources/autodialer/autodialer.docc/ReadingTheExport.md")
        let tables = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n\n")
        let own = tables.filter { $0.hasPrefix("| \(header) |") }
        return own.flatMap { $0.split(separator: "\n").dropFirst(2) }.map { row in
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return (cells[0].filter { $0 != "`" }, cells[1])
        }
    }

    @Test("Outcomes, and whether a phone may have rung")
    func outcomes() throws {
        let rows = try words(under: "Outcome")
        #expect(rows.map(\.word) == CallOutcome.allCases.map(\.rawValue))
        for row in rows {
            let outcome = try #require(CallOutcome(rawValue: row.word))
            #expect(row.second == (outcome.mayHaveRung ? "yes" : "no"), "\(row.word)")
        }
    }

    @Test("States of attempts and leads, endings, gates and what call progress analysis hears")
    func others() throws {
        let states = AttemptState.allCases.map(\.rawValue) + LeadState.allCases.map(\.rawValue)
        #expect(try words(under: "State").map(\.word) == states)
        #expect(try words(under: "Ending").map(\.word) == LeadEnding.allCases.map(\.rawValue))
        #expect(try words(under: "Gate").map(\.word) == Gate.allCases.map(\.rawValue))
        #expect(try words(under: "CPA result").map(\.word) == CPAResult.allCases.map(\.rawValue))
    }
}
