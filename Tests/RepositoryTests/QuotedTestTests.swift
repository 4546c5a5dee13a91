import Foundation
import Testing

@Suite("The tests that the guide quotes are there")
struct QuotedTestTests {
    private static let pages = ["WhenThingsGoWrong", "Security"].map { "Sources/autodialer/autodialer.docc/\($0).md" }

    /// A file of tests in code, without `Tests/` and its ending.
    private static let file = #"`[A-Za-z]+Tests/[A-Za-z/+]+`"#
    /// Such a file, and after a colon what is quoted from it.
    private static let quotation = file + #":( "[^"\n]+"[,;]?)+"#

    private struct Quote {
        var line: Int
        var path: String
        var title: String
    }

    /// What a page quotes.
    private func quotes(of page: String) -> [Quote] {
        page.matches(Self.quotation).flatMap { quotation in
            let name = quotation.text.matches(#"(?<=`)[^`]+(?=`)"#).first?.text ?? ""
            return quotation.text.matches(#"(?<= ")[^"\n]+(?=")"#).map {
                Quote(line: quotation.line, path: "Tests/\(name).swift", title: $0.text)
            }
        }
    }

    /// The titles of tests and suites in Swift source, and the names of functions, which tests may have instead.
    private func titles(of source: String) -> Set<String> {
        let titles = source.matches(#"@(Test|Suite)\(\s*"[^"\n]+""#).compactMap { $0.text.split(separator: "\"").last }
        let names = source.matches(#"(?<=\bfunc )(`[^`\n]+`|\w+)"#).map { $0.text.filter { $0 != "`" } }
        return Set(titles.map(String.init) + names)
    }

    /// Quotes of what is not there, and files of which nothing is quoted.
    private func findings(_ page: String, _ path: String, read: (String) -> String?) -> [Finding] {
        let files = page.matches(Self.file).count
        let bare = files - page.matches(Self.quotation).count
        let unquoted = bare == 0 ? [] : [Finding(path: path, message: "of \(bare) files of tests nothing is quoted")]
        let missing = quotes(of: page).filter { quote in
            guard let source = read(quote.path) else { return true }
            return !titles(of: source).contains(quote.title)
        }
        return unquoted
            + missing.map {
                Finding(path: path, line: $0.line, message: "\($0.path) has no test or suite \"\($0.title)\"")
            }
    }

    @Test("Each test that a page of the guide quotes is in the file that the page names", arguments: pages)
    func quotedTests(path: String) throws {
        let page = try #require(Repository.text(path))
        #expect(quotes(of: page).count > 20)
        #expect(findings(page, path, read: Repository.text) == [])
    }

    /// The numbers in the first cells of a table's rows, such as `M1`.
    private func numbers(in rows: Substring) -> [String] {
        rows.split(separator: "\n").filter { $0.hasPrefix("| ") }.flatMap { row in
            String(row.dropFirst(2).prefix { $0 != "|" }).matches(#"\b[A-Z][0-9]+\b"#).map(\.text)
        }
    }

    @Test("Each fault that the guide tells of has a number of its own, and under it the tests that bring it about")
    func faults() throws {
        let page = try #require(Repository.text(Self.pages[0]))
        let place = try #require(page.range(of: "\n## What shows it\n"))
        let told = numbers(in: page[..<place.lowerBound])
        #expect(told.count > 40 && Set(told).count == told.count)
        let rows = page[..<place.lowerBound].split(separator: "\n").filter { $0.hasPrefix("| ") }
        #expect(rows.filter { !$0.hasPrefix("| No. |") }.count == told.count, "a fault has no number")
        #expect(numbers(in: page[place.upperBound...]).sorted() == told.sorted())
    }

    @Test(
        "The rule lets pass what is there, and catches what is not",
        arguments: [
            (#"| a | `LedgerTests/Disk/A`: "A disk fails", "It works again"; `LedgerTests/Disk/A`: "spoilt" |"#, 0),
            (#"`LedgerTests/Disk/A`: "by name", "By a name in words""#, 0),
            (#"`LedgerTests/Disk/A`: "A disk fails", "A disk failed""#, 1),
            (#"`LedgerTests/B`: "A disk fails""#, 1), ("see `LedgerTests/Disk/A`", 1), ("see `LedgerTests`", 0),
        ])
    func samples(page: String, count: Int) {
        let source = """
            @Suite("spoilt") struct A {
                @Test(
                    "A disk fails", arguments: [1])
                func fails() {}
                @Test("It works again") func works() {}
                @Test(arguments: 1...8)
                func `By a name in words`() {}
                @Test func `by name`() {}
            }
            """
        #expect(findings(page, "Sample.md") { $0 == "Tests/LedgerTests/Disk/A.swift" ? source : nil }.count == count)
    }
}
