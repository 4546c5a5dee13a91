import Foundation
import Testing

@Suite("README.md and README.zh-CN.md say the same")
struct TranslationTests {
    /// What two languages of one document have to share.
    private struct Skeleton: Equatable {
        /// The number of signs before each heading.
        var headings: [Int]
        /// Blocks of code without comments, which are translated.
        var blocks: [[String]]
        /// The first cell of each row of each table, without the header.
        var rows: [String]
        /// Where links lead, but for those from one language to the other.
        var links: Set<String>

        init(_ document: String) {
            let parts = document.components(separatedBy: "```")
            let prose = parts.indices.filter { $0 % 2 == 0 }.map { parts[$0] }.joined()
            blocks = parts.indices.filter { $0 % 2 == 1 }.map { index in
                parts[index].split(separator: "\n", omittingEmptySubsequences: false).map { line in
                    let comment = line.range(of: #"\s+# .*$"#, options: .regularExpression)
                    return String(line[..<(comment?.lowerBound ?? line.endIndex)])
                }
            }
            headings = prose.matches("^#+(?= )").map(\.text.count)
            let lines = prose.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + [""]
            rows = zip(lines, lines.dropFirst()).filter { $0.hasPrefix("| ") && !$1.hasPrefix("|-") }.map { row, _ in
                row.components(separatedBy: " | ")[0]
            }
            links = Set(prose.matches(#"(?<=\]\()[^)]+(?=\))"#).map(\.text)).filter { !$0.hasPrefix("README") }
        }
    }

    private func text(_ path: String) throws -> String { try #require(Repository.text(path)) }

    @Test("They have the same sections, commands, rows of tables and links, and lead to each other")
    func sameSkeleton() throws {
        let (english, chinese) = (Skeleton(try text("README.md")), Skeleton(try text("README.zh-CN.md")))
        #expect(english.headings == chinese.headings)
        #expect(english.blocks == chinese.blocks)
        #expect(english.rows == chinese.rows)
        #expect(english.links == chinese.links)
        #expect(english.headings.count > 6 && english.blocks.count > 5 && english.rows.count > 20)
        #expect(try text("README.md").contains("](README.zh-CN.md)"))
        #expect(try text("README.zh-CN.md").contains("](README.md)"))
    }

    @Test(
        "The rule catches",
        arguments: [
            "# A\n\n## B\n", "# A\n\n```sh\nmake tests   # one\n```\n",
            "# A\n\n```sh\nmake test   # one\n```\n\n| C | D |\n|---|---|\n| `run` | does |\n| `why` | does |\n\n",
            "# A\n\n```sh\nmake test   # one\n```\n\n| C | D |\n|---|---|\n| `runs` | does |\n\n",
            "# A\n\n```sh\nmake test   # one\n```\n\n| C | D |\n|---|---|\n| `run` | does |\n\n[x](y.md)\n",
        ])
    func offending(other: String) {
        let document = "# A\n\n```sh\nmake test   # one\n```\n\n| C | D |\n|---|---|\n| `run` | does |\n\n"
        #expect(Skeleton(document) != Skeleton(other))
    }

    @Test("The rule lets comments, words and headers of tables be translated")
    func passing() {
        let document = "# A\n\n```sh\nmake test   # one\n```\n\n| C | D |\n|---|---|\n| `a\\|b` | does |\n\nWords.\n"
        let other = "# 甲\n\n```sh\nmake test   # 一\n```\n\n| 丙 | 丁 |\n|---|---|\n| `a\\|b` | 做 |\n\n字。\n"
        #expect(Skeleton(document) == Skeleton(other))
        #expect(Skeleton(document).rows.count == 1)
    }
}
