import Testing

@Suite("Files and functions stay short")
struct SizeTests {
    private static let longestFile = 500
    private static let longestFunction = 70

    private func longFile(_ file: SourceFile) -> [Finding] {
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count
        guard lines > Self.longestFile + 1 else { return [] }
        return [Finding(path: file.path, message: "\(lines - 1) lines, at most \(Self.longestFile): split it")]
    }

    private func longFunctions(_ file: SourceFile) -> [Finding] {
        file.declarations.filter { !$0.isType && $0.keyword != "extension" && $0.length > Self.longestFunction }.map {
            Finding(path: file.path, line: $0.line, message: "\($0.name) takes \($0.length) lines")
        }
    }

    @Test("No Swift file is longer than 500 lines")
    func files() {
        #expect(Repository.swiftFiles.flatMap(longFile) == [])
    }

    @Test("No function is longer than 70 lines")
    func functions() {
        #expect(Repository.swiftFiles.flatMap(longFunctions) == [])
    }

    @Test("The rule for files catches the 501st line", arguments: [(500, 0), (501, 1)])
    func fileSample(lines: Int, findings: Int) {
        let sample = SourceFile(path: "Sample.swift", text: String(repeating: "\n", count: lines))
        #expect(longFile(sample).count == findings)
    }

    @Test(
        "The rule for functions catches the 71st line of functions, initialisers and computed properties",
        arguments: ["func long()", "init(a: () -> Void = {})", "var long: Int", "subscript(i: Int) -> Int"],
        [(70, 0), (71, 1)])
    func functionSample(head: String, expected: (lines: Int, findings: Int)) {
        let body = String(repeating: "\n", count: expected.lines - 1)
        let sample = SourceFile(path: "Sample.swift", text: "struct Sample {\n    \(head) {\(body)}\n}\n")
        #expect(longFunctions(sample).count == expected.findings)
    }

    @Test("The repository's own files are looked at")
    func notVacuous() {
        #expect(Repository.swiftFiles.contains { $0.path == "Sources/DialModel/RetryPolicy.swift" })
        #expect(Repository.swiftFiles.flatMap(\.declarations).contains { $0.name == "decision" && $0.length > 5 })
    }
}
