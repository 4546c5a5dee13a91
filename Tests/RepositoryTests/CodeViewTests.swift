import Testing

@Suite("The view of code that the rules look at")
struct CodeViewTests {
    @Test(
        "Comments turn to blanks, nested ones too",
        arguments: [
            ("a // b\nc", "a     \nc"),
            ("a /* b /* c */ d */ e", "a                   e"),
            ("a /* never closed", "a                "),
        ])
    func comments(source: String, code: String) {
        #expect(CodeView.of(source) == code)
    }

    @Test(
        "String literals turn to blanks, and what they interpolate stays",
        arguments: [
            (#"f("a // b") // c"#, #"f(        )     "#),
            (#"f("\"" + g)"#, #"f(     + g)"#),
            (#"f("a\(g("b") + 1)c")"#, #"f(    g(   ) + 1)  )"#),
            ("f(#\"a\"b\\(c)\"#)", "f(           )"),
            ("f(#\"\\#(g)\"#)", "f(     g)  )"),
            ("f(\"\"\"\n  a \" b\n  \"\"\")", "f(   \n       \n     )"),
            ("f(#/a\"b/#)", "f(       )"),
        ])
    func strings(source: String, code: String) {
        #expect(CodeView.of(source) == code)
    }

    @Test("Strings can be kept")
    func keptStrings() {
        #expect(CodeView.of(#"f("a") // "b""#, keepingStrings: true) == #"f("a")       "#)
    }

    @Test("Offsets count bytes and characters alike")
    func offsets() {
        let source = "let name = \"城市\" // 城市\nlet next = 1\n"
        #expect(CodeView.of(source).count == source.utf8.count)
        #expect(CodeView.of(source).utf8.count == source.utf8.count)
    }
}

@Suite("The declarations that the rules look at")
struct DeclarationsTests {
    private func declarations(_ text: String) -> [Declaration] {
        SourceFile(path: "Sample.swift", text: text).declarations
    }

    @Test("Types, members and operators are found with their lines; local variables are not")
    func kinds() {
        let found = declarations(
            """
            package struct Line: Comparable, Sendable {
                private(set) package var count = 0
                nonisolated(unsafe) static let limit = 3
                package static func < (lhs: Self, rhs: Self) -> Bool {
                    let local = lhs.count
                    return local < rhs.count
                }
                init?(_ text: String) { self.init(text: text) }
            }
            extension Outer.Inner: Sized { subscript(index: Int) -> Int { index } }
            """)
        #expect(found.map(\.name) == ["Line", "count", "limit", "<", "init", "Inner", "subscript"])
        #expect(found.map(\.isPackage) == [true, true, false, true, false, false, false])
        #expect(found.map(\.line) == [1, 2, 3, 4, 8, 10, 10])
        #expect(found.map(\.lastLine) == [9, 2, 3, 7, 8, 10, 10])
        #expect(found.map(\.enclosingType) == [nil, "Line", "Line", "Line", "Line", nil, "Inner"])
        #expect(found[0].inherits == ["Comparable", "Sendable"])
        #expect(found[5].inherits == ["Sized"])
    }

    @Test("A requirement has no body, and does not take its neighbour's")
    func requirements() {
        let found = declarations(
            """
            package protocol Port {
                var now: Int { get }
                func send(_ text: String) async throws(Failure) -> Int
                func stop()
            }
            struct Other {
                func long() {

                }
            }
            """)
        #expect(found.map(\.name) == ["Port", "now", "send", "stop", "Other", "long"])
        #expect(found.map(\.isRequirement) == [false, true, true, true, false, false])
        #expect(found.map(\.length) == [5, 1, 1, 1, 5, 3])
    }
}
