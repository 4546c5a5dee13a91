import Testing

@Suite("The manual tells of every variable that the program reads")
struct EnvironmentTests {
    /// Variables that Swift sources ask the environment for.
    private func asked(_ source: String) -> Set<String> {
        let single = source.matches(#"(?<=\bgetenv\("|\bEnvironment\.text\("|\benvironment\[")[A-Za-z_]+"#).map(\.text)
        let lists = source.matches(
            #"\bfirst\(("[A-Za-z_]+"(, )?)+\)|\[("[A-Z_]+"(, )?)+\](?=(\.lazy)?\.(compactM|m)ap \{ Environment\.text)"#
        )
        .flatMap { $0.text.matches(#"(?<=")[A-Za-z_]+(?=")"#) }
        return Set(single + lists.map(\.text))
    }

    /// Variables that the manual lists.
    private func told(_ facts: String) -> Set<String> {
        let table = facts.matches(#"let environment: \[Entry\] = \[[\s\S]*?^    \]"#).first?.text ?? ""
        let words = table.matches(#"(?<=\()\s*"[^"]+"(?=,)"#).map(\.text)
        return Set(words.flatMap { $0.matches(#"[A-Za-z_]+"#).map(\.text) })
    }

    /// What libraries ask for by themselves: the C library, and libpq, of whose variables the manual names those that matter
    /// most.
    private static let ofLibraries: Set = ["TZ", "PGPASSFILE", "PGSERVICEFILE", "PGSSLMODE", "PGSSLROOTCERT"]

    @Test("The sources ask for those that the manual lists, and for no others, but for what libraries ask for")
    func variables() throws {
        let sources = Repository.swiftFiles(under: "Sources")
        let asked = sources.reduce(into: Set<String>()) { $0.formUnion(self.asked($1.text)) }
        let told = told(try #require(Repository.text("Sources/autodialer/Manual/ManualFacts.swift")))
        #expect(asked.isSuperset(of: ["AUTODIALER_DATABASE", "NO_COLOR", "https_proxy", "SSL_CERT_DIR"]))
        #expect(asked.union(Self.ofLibraries).sorted() == told.sorted())
    }

    @Test("The rule sees the ways in which sources ask")
    func samples() {
        let source = #"""
            getenv("ONE"); Environment.text("TWO") != ""; environment["THREE"]; first("four", "FIVE"); first("six")
            first { $0 }; getenv(name); ["SEVEN", "EIGHT"].map { Environment.text($0) }; ["NINE"].map { $0 }
            """#
        #expect(asked(source) == ["ONE", "TWO", "THREE", "four", "FIVE", "six", "SEVEN", "EIGHT"])
        #expect(
            told("let environment: [Entry] = [\n(\"ONE, two\", \"a\"),\n(\n \"TZ\",\n \"b\"),\n    ]") == [
                "ONE", "two", "TZ",
            ])
    }
}
