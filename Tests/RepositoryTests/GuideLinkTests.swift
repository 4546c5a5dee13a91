import Testing

@Suite("The guide hangs together")
struct GuideLinkTests {
    private static let folder = "Sources/autodialer/autodialer.docc"
    private static let entry = "\(folder)/autodialer.md"

    private static let pages: [(path: String, text: String)] = Repository.paths
        .filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(".md") }.compactMap { path in
            Repository.text(path).map { (path, $0) }
        }

    private func links(_ text: String) -> [(line: Int, text: String)] { text.matches(#"(?<=<doc:)[A-Za-z]+(?=>)"#) }

    @Test("Every link of a page leads to a page")
    func links() {
        let names = Set(Self.pages.map { String($0.path.dropFirst(Self.folder.count + 1).dropLast(3)) })
        #expect(Self.pages.flatMap { links($0.text) }.count > 50)
        let dead = Self.pages.flatMap { page in
            links(page.text).filter { !names.contains($0.text) }.map {
                Finding(path: page.path, line: $0.line, message: "there is no page \($0.text)")
            }
        }
        #expect(dead == [])
    }

    @Test("The entry page and both READMEs lead to every page", arguments: [entry, "README.md", "README.zh-CN.md"])
    func complete(path: String) throws {
        let text = try #require(Repository.text(path))
        let missing = Self.pages.map(\.path).filter { page in
            let name = page.dropFirst(Self.folder.count + 1).dropLast(3)
            return page != Self.entry && !text.contains("<doc:\(name)>") && !text.contains("\(name).md)")
        }
        #expect(missing == [])
    }

    @Test("The licences of what is linked into the program are among the notices")
    func notices() throws {
        let manifest = try #require(Repository.text("Package.swift"))
        let notices = try #require(Repository.text("Sources/autodialer/Packaging/copyright"))
        let packages = manifest.matches(#"(?<=\.package\(url: ")[^"]+(?=")"#).map(\.text)
        #expect(packages.count >= 5)
        #expect(packages.filter { !notices.contains($0) } == [])
    }
}
