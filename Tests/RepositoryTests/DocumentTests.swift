import Testing

@Suite("The documents keep what they promise")
struct DocumentTests {
    private static let longestReadme = 200

    /// The targets of a Makefile that have a line in its help.
    private func targets(_ makefile: String) -> Set<String> {
        Set(makefile.matches(#"^[a-z][a-z-]*(?=:[^=].*## )"#).map(\.text))
    }

    /// What a document tells its reader to `make`, in blocks of code and in code within a line.
    private func madeTargets(_ document: String) -> [(line: Int, text: String)] {
        document.matches(#"^```[a-z]*$[\s\S]*?^```$|`[^`\n]+`"#).flatMap { code in
            code.text.matches(#"(?<=\bmake )[a-z][a-z-]*"#).map { (code.line + $0.line - 1, $0.text) }
        }
    }

    private func unknownTargets(_ document: String, _ path: String, _ makefile: String) -> [Finding] {
        let known = targets(makefile)
        return madeTargets(document).filter { !known.contains($0.text) }.map {
            Finding(path: path, line: $0.line, message: "the Makefile has no documented target \($0.text)")
        }
    }

    private func readmeFindings(_ readme: String) -> [Finding] {
        let lines = readme.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        let made = madeTargets(readme).map(\.text)
        let tooLong = lines > Self.longestReadme ? ["\(lines) lines, at most \(Self.longestReadme)"] : []
        let missing = ["demo", "test"].filter { !made.contains($0) }.map { "`make \($0)` is missing" }
        return (tooLong + missing).map { Finding(path: "README.md", message: $0) }
    }

    private func changelogFindings(_ changelog: String) -> [Finding] {
        let section = changelog.matches(#"^## \[Unreleased\]$[\s\S]*?(?=^## |\Z)"#).first?.text ?? ""
        guard section.matches(#"^- \S"#).isEmpty else { return [] }
        return [Finding(path: "CHANGELOG.md", message: "there is no line under [Unreleased]")]
    }

    /// Campaigns without a file in `expected/`.
    private func withoutExpectations(_ paths: [String]) -> [String] {
        let files = paths.map { $0.split(separator: "/").map(String.init) }.filter {
            $0.first == "campaigns" && $0.count > 2
        }
        let tested = Set(files.filter { $0[2] == "expected" && $0.count > 3 }.map { $0[1] })
        return Set(files.map { $0[1] }).subtracting(tested).sorted()
    }

    @Test("README.md is short, and starts with the demo and the tests")
    func readme() throws {
        #expect(try readmeFindings(#require(Repository.text("README.md"))) == [])
    }

    @Test("What the documents tell a reader to make, the Makefile has", arguments: ["README.md", "CONTRIBUTING.md"])
    func makeTargets(path: String) throws {
        let makefile = try #require(Repository.text("Makefile"))
        #expect(try unknownTargets(#require(Repository.text(path)), path, makefile) == [])
    }

    @Test(
        "CI runs the format lint, the import check, a release build and the tests, and nothing that is not in the Makefile"
    )
    func ci() throws {
        let script = try #require(Repository.text(".ci/run"))
        #expect(script.matches(#"(?<=^make )[a-z-]+"#).map(\.text) == ["lint", "imports", "build", "test"])
        #expect(script.contains("make build CONFIGURATION=release"))
        let makefile = try #require(Repository.text("Makefile"))
        #expect(targets(makefile).isSuperset(of: ["lint", "imports", "test", "check", "demo"]))
        #expect(makefile.contains("--explicit-target-dependency-import-check error"))
        #expect(makefile.contains("swift format lint --strict --recursive"))
    }

    @Test("CHANGELOG.md has an Unreleased section with something in it")
    func changelog() throws {
        #expect(try changelogFindings(#require(Repository.text("CHANGELOG.md"))) == [])
    }

    @Test("Every shipped campaign says what is expected of it")
    func campaigns() {
        #expect(withoutExpectations(Repository.paths) == [])
    }

    @Test(
        "The rule for commands catches what the Makefile lacks, in blocks and in lines",
        arguments: [
            ("Type `make dmeo`.", 1), ("```sh\nmake demo\nmake tests\n```\n", 1), ("`make demo` and `make test`", 0),
            ("So make sure of it.", 0), ("```\n$ make demo && make nothing\n```", 1),
        ])
    func commandSample(document: String, findings: Int) {
        let makefile = "demo: build ## Run the demo\nhidden:\n\ttrue\ntest: ## Run all tests\nname := value ## none\n"
        #expect(targets(makefile) == ["demo", "test"])
        #expect(unknownTargets(document, "Sample.md", makefile).count == findings)
    }

    @Test(
        "The rule for README.md catches length and missing commands",
        arguments: [
            ("`make demo` `make test`\n", 199, 0), ("`make demo` `make test`\n", 200, 1), ("`make demo`\n", 0, 1),
            ("", 0, 2),
        ])
    func readmeSample(head: String, more: Int, findings: Int) {
        #expect(readmeFindings(head + String(repeating: "\n", count: more)).count == findings)
    }

    @Test(
        "The rule for CHANGELOG.md catches a missing and an empty section",
        arguments: [
            ("# Changes\n\n## [Unreleased]\n\n### Added\n- A thing.\n\n## [1.0.0]\n- Old.\n", 0),
            ("# Changes\n\n## [Unreleased]\n\n## [1.0.0]\n- Old.\n", 1), ("# Changes\n\n- A thing.\n", 1),
        ])
    func changelogSample(text: String, findings: Int) {
        #expect(changelogFindings(text).count == findings)
    }

    @Test("The rule for campaigns catches one without expectations")
    func campaignSample() {
        let paths = ["campaigns/vendors.yaml", "campaigns/a/campaign.yaml", "campaigns/b/campaign.yaml"]
        #expect(withoutExpectations(paths + ["campaigns/b/expected/attempts.csv"]) == ["a"])
        #expect(withoutExpectations(["Sources/a/b.swift", "campaigns/b/expected/attempts.csv"]) == [])
    }
}
