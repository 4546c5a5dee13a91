import Foundation
import Testing

@Suite("The manual page and the completions tell what the command takes", .timeLimit(.minutes(15)))
struct ManualTests {
    private static let day = ["SOURCE_DATE_EPOCH": "1795737600"]

    /// The page as `man` shows it, without bold and underlined letters.
    private func rendered(_ place: Workplace, _ page: String) async throws -> String {
        try place.write("autodialer.1", page)
        let groff = try place.start(
            program: "/usr/bin/groff",
            ["-K", "utf8", "-T", "utf8", "-P", "-cbou", "-rLL=100n", "-man", "-ww", place.file("autodialer.1")])
        let transcript = try await groff.ended()
        #expect(transcript.code == 0 && transcript.errors == "", "\(transcript.errors)")
        return transcript.output
    }

    /// The lines below a heading of the page, until the next one.
    private func section(_ title: String, of page: String) -> [String] {
        let lines = page.split(separator: "\n").drop { $0 != title[...] }.dropFirst()
        return lines.prefix { $0.hasPrefix(" ") }.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test("Every command that --help lists is in the page, with each option of its own help, and groff finds no fault")
    func complete() async throws {
        let place = try await Workplace()
        let page = try await rendered(place, place.succeed("manual", environment: Self.day).output)
        let folder = Bundle.module.bundleURL.appendingPathComponent("Snapshots")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            !["autodialer.txt", "autodialer-manual.txt"].contains($0)
        }
        #expect(names.count > 50)
        for name in names {
            let help = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            let usage = try #require(help.firstMatch(of: /USAGE: (autodialer(?: [a-z][a-z-]*)+)/)?.output.1)
            let parts = page.components(separatedBy: "\n   \(usage)\n")
            #expect(parts.count == 2, "\(usage)")
            let text = parts.last?.components(separatedBy: "\n   autodialer ").first ?? ""
            let options =
                help.components(separatedBy: "OPTIONS:").last?.matches(of: /(?m)^ +(?:-\w, )?(--[a-z-]+)/) ?? []
            for option in options.map(\.output.1) where !["--version", "--help"].contains(option) {
                #expect(text.contains(option), "\(usage) \(option)")
            }
        }
        #expect(place.names() == ["autodialer.1"] + place.names().filter { $0.hasPrefix("transcript") })
    }

    @Test("The page has the sections that people look for, and is the same for the same day")
    func sections() async throws {
        let place = try await Workplace()
        let text = try await place.succeed("manual", environment: Self.day).output
        #expect(try await place.succeed("manual", environment: Self.day).output == text)
        #expect(text.hasPrefix(".TH AUTODIALER 1 \"2026-11-27\" \"autodialer "))
        let page = try await rendered(place, text)
        for title in ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"] {
            #expect(!section(title, of: page).isEmpty, "\(title)")
        }
        #expect(page.contains("autodialer run campaigns/demo --speed 60 --max-duration 8h"))
        #expect(!page.contains("EXIT CODES"))
        try await place.fail(
            "manual", 64, saying: ["SOURCE_DATE_EPOCH is not a number"], environment: ["SOURCE_DATE_EPOCH": "today"])
    }

    /// The words of a section of the page's source, each with its meaning.
    private func entries(_ title: String, of source: String) throws -> [[String]] {
        let section = try #require(source.components(separatedBy: ".SH \(title)\n").dropFirst().first)
        let text = section.components(separatedBy: "\n.SH ")[0].replacing("\\-", with: "-").replacing(
            "\\(aq", with: "'")
        return text.matches(of: /\.TP\n\\fB(.+)\\fR\n(.+)/).map { [String($0.output.1), String($0.output.2)] }
    }

    /// The cells of the table below a heading of the guide's page, without marks of code.
    private func table(_ heading: String) throws -> [[String]] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/autodialer/autodialer.docc/ExitCodes.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let part = try #require(text.components(separatedBy: "## \(heading)\n").dropFirst().first)
        let rows = part.components(separatedBy: "\n## ")[0].split(separator: "\n").filter { $0.hasPrefix("| ") }
            .dropFirst()
        return rows.map { row in
            row.dropFirst(2).dropLast(2).components(separatedBy: " | ").prefix(2).map { $0.replacing("`", with: "") }
        }
    }

    @Test(
        "The guide has the exit codes, variables and files of the page, in the same words and order",
        arguments: [
            ("EXIT STATUS", "Exit codes", 14), ("ENVIRONMENT", "Environment", 7), ("FILES", "Files", 8),
        ])
    func guide(title: String, heading: String, least: Int) async throws {
        let source = try await Workplace().succeed("manual", environment: Self.day).output
        let entries = try entries(title, of: source)
        #expect(entries.count >= least)
        #expect(try table(heading) == entries)
    }
}
