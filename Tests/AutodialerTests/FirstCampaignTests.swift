import Foundation
import Testing

@Suite("The guide's first page is what happens", .timeLimit(.minutes(15)))
struct FirstCampaignTests {
    /// A block of code of the page.
    private struct Block {
        var language: String
        var lines: [String]
    }

    private static let blocks: [Block] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/autodialer/autodialer.docc/FirstCampaign.md")
        let parts = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").components(separatedBy: "```")
        // What stands between an odd and an even fence is code, and begins with its language.
        return parts.indices.filter { $0 % 2 == 1 }.map { index in
            let lines = parts[index].split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            return Block(language: lines[0], lines: Array(lines.dropFirst().dropLast()))
        }
    }()

    /// Words as a shell takes them, with double quotes.
    private func words(_ line: String) -> [String] {
        line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
            index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
    }

    /// A line without the time at which the page was written.
    private func timeless(_ line: String) -> String {
        line.replacing(/(\d{4}-)?\d\d-\d\d[ T]\d\d:\d\d/, with: "…")
    }

    private func matches(_ line: String, _ shown: String) -> Bool {
        let parts = timeless(shown).split(separator: "…", omittingEmptySubsequences: false).map {
            NSRegularExpression.escapedPattern(for: String($0))
        }
        return timeless(line).matches(parts.joined(separator: ".*"))
    }

    /// Whether lines that follow one another are those that the page shows; a line of `…` stands for all the rest.
    private func isShown(_ shown: [String], in lines: [String]) -> Bool {
        let wanted = shown.prefix { $0 != "…" }
        guard lines.count >= wanted.count else { return false }
        return (0...(lines.count - wanted.count)).contains { start in
            zip(lines[start...], wanted).allSatisfy(matches)
        }
    }

    @Test("Every command of the page runs, and prints what the page shows")
    func replay() async throws {
        let place = try await Workplace()
        var printed: [String] = []
        var commands = 0
        for block in Self.blocks {
            switch block.language {
            case "yaml": try place.write("campaigns/spring/campaign.yaml", block.lines.joined(separator: "\n") + "\n")
            case "csv": try place.write("campaigns/spring/leads.csv", block.lines.joined(separator: "\n") + "\n")
            case "sh":
                for line in block.lines {
                    let words = words(line)
                    let program = words[0] == "autodialer" ? RunningTool.autodialer : "/usr/bin/\(words[0])"
                    // Time may pass faster than a reader would want it to.
                    let arguments = words.dropFirst().map { $0 == "60" ? "600" : $0 }
                    let transcript = try await place.start(program: program, arguments).ended()
                    #expect(transcript.code == 0, "\(line): \(transcript)")
                    printed = (transcript.errors + transcript.output).split(
                        separator: "\n", omittingEmptySubsequences: false
                    ).map(String.init)
                    commands += 1
                }
            case "text": #expect(isShown(block.lines, in: printed), "\(block.lines) is not in \(printed)")
            default: Issue.record("the page has code in \(block.language)")
            }
        }
        #expect(commands >= 13)
        #expect(try CSVTable(try #require(place.text("attempts.csv"))).rows.count == 10)
    }
}

extension String {
    fileprivate func matches(_ pattern: String) -> Bool {
        range(of: "^\(pattern)$", options: .regularExpression) != nil
    }
}
