import Testing

@Suite("Tracked files carry no leftovers and no traces of a machine")
struct TextTests {
    // Written in pieces, so that this file does not break its own rules.
    private static let leftovers = #"\b(TO"# + #"DO|FIX"# + #"ME)\b"#
    private static let machinePaths =
        #"(?<![\w.~*-])/(wo"# + #"rk|fa"# + #"rm|ro"# + #"ot|ho"# + #"me|Us"# + #"ers)/[\w.]"#
    private static let registries = [
        #"\b(py"# + #"pi\.org|python"# + #"hosted\.org|crates"# + #"\.io|npm"# + #"js\.(org|com)|docker"#
            + #"\.io|ghcr"# + #"\.io)"#,
        #"\bproxy\.gol"# + #"ang\.org|\bdeb\.deb"# + #"ian\.org|\bsecurity\.deb"# + #"ian\.org"#,
        #"\b(registry|artifactory|nexus|goproxy|mirrors?)\.[a-z0-9-]+\.[a-z]{2,}"#,
        #"://[^/\s"]*\.(internal|corp|lan|local)\b"#,
    ].joined(separator: "|")

    private func findings(_ text: String, _ path: String, _ pattern: String, _ why: String) -> [Finding] {
        text.matches(pattern).map { Finding(path: path, line: $0.line, message: "`\($0.text)` \(why)") }
    }

    private func leftovers(_ text: String, _ path: String = "sample") -> [Finding] {
        findings(text, path, Self.leftovers, "is work left open")
    }

    private func machineTraces(_ text: String, _ path: String = "sample") -> [Finding] {
        findings(text, path, Self.machinePaths, "is a path of one machine")
            + findings(text, path, Self.registries, "is where one machine gets its packages")
    }

    /// All text but the licence, which is quoted as it stands.
    private static let texts: [(path: String, text: String)] = Repository.paths.filter { $0 != "LICENSE" }.compactMap {
        path in
        Repository.text(path).map { (path, $0) }
    }

    @Test("No file has work left open in it")
    func noLeftovers() {
        #expect(Self.texts.count > 20)
        #expect(Self.texts.flatMap { leftovers($0.text, $0.path) } == [])
    }

    @Test("No file names a path of a machine or a package registry")
    func noMachineTraces() {
        #expect(Self.texts.flatMap { machineTraces($0.text, $0.path) } == [])
    }

    @Test(
        "The rules catch",
        arguments: [
            "// TO" + "DO: later", "# FIX" + "ME", "cd /wo" + "rk/main", "\"/ro" + "ot/.config\"",
            "see /Us" + "ers/me/x",
            "https://py" + "pi.org/simple", "url = mirror.example" + ".com", "registry.example" + ".org",
            "http://git" + ".corp/x",
        ])
    func offending(text: String) {
        #expect((leftovers(text) + machineTraces(text)).count == 1)
    }

    @Test(
        "The rules let pass",
        arguments: [
            "todo list", "Sources/work/a", "https://example.com/work/a", "/usr/bin/env", "127.0.0.1",
            "github.com/apple/swift-log",
            "${HOME}/x", "the registry. It is", "/tmp",
        ])
    func passing(text: String) {
        #expect(leftovers(text) + machineTraces(text) == [])
    }
}
