import Testing

@Suite("What other targets see is documented")
struct DocumentationTests {
    /// What types of the standard library and of ArgumentParser ask for: its meaning is documented there.
    private static let standardRequirements: [String: Set<String>] = [
        "AsyncIteratorProtocol": ["next"], "AsyncSequence": ["makeAsyncIterator"], "Comparable": ["<"],
        "CustomDebugStringConvertible": ["debugDescription"], "CustomReflectable": ["customMirror"],
        "CustomStringConvertible": ["description"], "Decodable": ["init"], "Encodable": ["encode"], "Equatable": ["=="],
        "Executor": ["enqueue"], "Hashable": ["==", "hash"], "Identifiable": ["id"], "IteratorProtocol": ["next"],
        "LocalizedError": ["errorDescription"], "RandomNumberGenerator": ["next"],
        "RawRepresentable": ["init", "rawValue"],
        "Sequence": ["makeIterator"], "SerialExecutor": ["asUnownedSerialExecutor", "enqueue"],
    ]

    /// The `package` declarations without a `///` comment.
    ///
    /// What carries out a documented requirement needs none of its own.
    private func undocumented(_ files: [SourceFile]) -> [Finding] {
        let declarations = files.flatMap(\.declarations)
        var requirements = Self.standardRequirements
        for declaration in declarations where declaration.isRequirement {
            requirements[declaration.enclosingType ?? "", default: []].insert(declaration.name)
        }
        var inherited: [String: Set<String>] = [:]
        for declaration in declarations { inherited[declaration.name, default: []].formUnion(declaration.inherits) }
        func asks(_ type: String, for name: String, depth: Int = 0) -> Bool {
            guard depth < 5 else { return false }
            return (inherited[type] ?? []).contains {
                requirements[$0]?.contains(name) ?? false || asks($0, for: name, depth: depth + 1)
            }
        }
        return files.flatMap { file in
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
            return file.declarations.filter { declaration in
                guard declaration.isPackage || declaration.isRequirement, declaration.keyword != "extension" else {
                    return false
                }
                if let type = declaration.enclosingType, asks(type, for: declaration.name) { return false }
                return !isDocumented(declaration, in: lines)
            }.map { Finding(path: file.path, line: $0.line, message: "\($0.name) has no documentation comment") }
        }
    }

    private func isDocumented(_ declaration: Declaration, in lines: [Substring]) -> Bool {
        var line = declaration.line - 2
        func start(_ line: Int) -> Substring { lines[line].drop { $0 == " " } }
        while line >= 0, start(line).hasPrefix("@") { line -= 1 }
        return line >= 0 && start(line).hasPrefix("///")
    }

    @Test("Every package declaration has a documentation comment")
    func packageDeclarations() {
        let files = Repository.swiftFiles(under: "Sources")
        #expect(files.flatMap(\.declarations).contains { $0.isPackage })
        #expect(undocumented(files) == [])
    }

    @Test(
        "The rule catches a bare declaration",
        arguments: [
            "package struct Bare {}",
            "// Not a documentation comment.\npackage func bare() {}",
            "/// Said.\npackage enum Said {\n    package static let bare = 1\n}",
            "/// Said.\npackage protocol Port {\n    func bare()\n}",
            "/// Said.\npackage struct Said {\n    package var description: String { \"\" }\n}",
            "/// Said, but far above.\n\npackage actor Bare {}",
        ])
    func offending(text: String) {
        #expect(undocumented([SourceFile(path: "Sample.swift", text: text)]).count == 1)
    }

    @Test(
        "The rule lets documented declarations and those that carry out a requirement pass",
        arguments: [
            "/// Said.\n@frozen\npackage struct Said {}",
            "struct Inner { var bare = 1 }",
            "package import DialModel",
            "/// Said.\npackage struct Said: CustomStringConvertible {\n    package var description: String { \"\" }\n}",
            """
            /// Said.
            package protocol Port {
                /// Said.
                func send()
            }
            /// Said.
            package struct Carrier {}
            extension Carrier: Port { package func send() {} }
            """,
        ])
    func passing(text: String) {
        #expect(undocumented([SourceFile(path: "Sample.swift", text: text)]) == [])
    }
}
