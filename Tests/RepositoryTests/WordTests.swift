import Testing

@Suite("What is said in Chinese is complete, and in one vocabulary")
struct WordTests {
    /// Names in Chinese that stand beside those of CONTRIBUTING.md's table, and would be a second word for the same thing.
    private static let others = ["任务", "厂商", "免打扰名单", "勿扰名单", "条名单"]

    /// Second words in a text.
    private func others(_ text: String, _ path: String = "sample") -> [Finding] {
        text.matches(Self.others.joined(separator: "|")).map {
            Finding(path: path, line: $0.line, message: "\($0.text) has another name, which CONTRIBUTING.md tells")
        }
    }

    /// The tables of phrases that a source declares.
    private func tables(_ code: String) -> [String] {
        code.matches(#"(?<=\benum |\bextension )[\w.]+(?=\s*:[^{]*\bPhraseTable\b)"#).map(\.text)
    }

    @Test("Nothing has a second name in phrases and documents")
    func vocabulary() throws {
        let paths = Repository.paths.filter { $0.hasPrefix("Sources/") || $0.hasSuffix(".md") }
        #expect(paths.contains("README.zh-CN.md") && paths.count > 100)
        #expect(paths.flatMap { path in Repository.text(path).map { others($0, path) } ?? [] } == [])
        let glossary = try #require(Repository.text("CONTRIBUTING.md"))
        for word in ["活动", "线索", "供应商", "禁呼名单", "坐席", "主叫号码"] {
            #expect(glossary.contains("| \(word) |"), "\(word)")
        }
    }

    @Test("Each table of phrases is looked through in a test of its own, or of a target that stands on its target")
    func findings() throws {
        let manifest = try #require(Repository.text("Package.swift"))
        let tests = manifest.matches(#"(?<=\btests\()\s*"\w+",\s*\[[^\]]*"#).map { declaration in
            let names = declaration.text.split(separator: "\"").map(String.init).filter { $0.allSatisfy(\.isLetter) }
            let looked = Repository.swiftFiles(under: "Tests/\(names[0])").flatMap {
                $0.code.matches(#"\b[A-Z][\w.]*(?=\.findings\()"#).map(\.text)
            }
            return (targets: names.dropFirst(), looked: looked)
        }
        for target in Repository.folders(in: "Sources") {
            let looked = tests.filter { $0.targets.contains(target) }.flatMap(\.looked)
            let declared = Repository.swiftFiles(under: "Sources/\(target)").flatMap { tables($0.code) }
            #expect(declared.filter { !looked.contains($0) } == [], "\(target)")
        }
    }

    @Test("The rules see what they are to see")
    func samples() {
        #expect(others("一个任务，由厂商").count == 2 && others("名单、禁呼名单与 3 条线索") == [])
        let code = "enum One: String, PhraseTable {}\nextension Two.Three: PhraseTable {}\nenum Four: String {}"
        #expect(tables(code) == ["One", "Two.Three"])
    }
}
