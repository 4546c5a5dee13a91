import Foundation
import Testing

@Suite("Targets know only those below them")
struct LayerTests {
    /// The layers by target, as the table in CONTRIBUTING.md draws them: `| 2 | \`Ledger\`, \`Telephony\` |`.
    private func layers(_ document: String) -> [String: Int] {
        var layers: [String: Int] = [:]
        for row in document.matches(#"^\| *[0-9] *\|.*$"#).map(\.text) {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count >= 2, let layer = Int(cells[0]) else { continue }
            for name in cells[1].matches("[A-Za-z]+").map(\.text) { layers[name] = layer }
        }
        return layers
    }

    /// What each target of a manifest depends on, test targets left out.
    private func dependencies(_ manifest: String) -> [String: [String]] {
        let code = Array(CodeView.of(manifest).utf8)
        let text = Array(CodeView.of(manifest, keepingStrings: true).utf8)
        var found: [String: [String]] = [:]
        var start = 0
        for call in String(decoding: code, as: UTF8.self).matches(
            #"(?<!func )\bpart\(|\.(executableTarget|target|systemLibrary)\("#)
        {
            guard let head = firstIndex(of: Array(call.text.utf8), in: code, from: start) else { continue }
            start = head + call.text.utf8.count
            let end = closing(of: start - 1, in: code)
            let arguments = String(decoding: text[start..<end], as: UTF8.self)
            guard let name = strings(arguments).first, !arguments.contains("path: \"Tests/") else { continue }
            found[name] = dependencyList(arguments, isHelper: call.text == "part(").filter { $0 != name }
        }
        return found
    }

    private func dependencyList(_ arguments: String, isHelper: Bool) -> [String] {
        let bytes = Array(arguments.utf8)
        let label = Array((isHelper ? "[" : "dependencies: [").utf8)
        guard let start = firstIndex(of: label, in: bytes, from: 0) else { return [] }
        let open = start + label.count - 1
        return strings(String(decoding: bytes[open..<closing(of: open, in: bytes)], as: UTF8.self))
    }

    private func strings(_ code: String) -> [String] {
        code.matches(#""[^"]*""#).map { String($0.text.dropFirst().dropLast()) }
    }

    private func firstIndex(of part: [UInt8], in whole: [UInt8], from start: Int) -> Int? {
        (start..<max(start, whole.count - part.count + 1)).first { whole[$0...].starts(with: part) }
    }

    private func closing(of opening: Int, in code: [UInt8]) -> Int {
        var depth = 0
        for position in opening..<code.count {
            if "([".utf8.contains(code[position]) { depth += 1 }
            if ")]".utf8.contains(code[position]) { depth -= 1 }
            if depth == 0 { return position }
        }
        return code.count
    }

    private func misdirected(_ dependencies: [String: [String]], _ layers: [String: Int]) -> [String] {
        dependencies.flatMap { target, names in
            names.compactMap { name in
                guard let own = layers[target] else { return "\(target) is in no layer" }
                if name == "TestSupport" { return "\(target) depends on what is for tests" }
                guard let other = layers[name] else { return nil }
                return other < own ? nil : "\(target) (layer \(own)) may not know \(name) (layer \(other))"
            }
        }.sorted()
    }

    @Test("The table in CONTRIBUTING.md, Package.swift and the folders in Sources name the same targets")
    func sameTargets() throws {
        let layers = try layers(#require(Repository.text("CONTRIBUTING.md")))
        let declared = try dependencies(#require(Repository.text("Package.swift")))
        #expect(layers.keys.sorted() == Repository.folders(in: "Sources"))
        #expect(declared.keys.sorted() == Repository.folders(in: "Sources"))
    }

    @Test("Package.swift lets every target depend on lower layers only")
    func downwardsOnly() throws {
        let layers = try layers(#require(Repository.text("CONTRIBUTING.md")))
        let declared = try dependencies(#require(Repository.text("Package.swift")))
        #expect(declared["autodialer"]?.contains("CampaignRunner") == true)
        #expect(misdirected(declared, layers) == [])
    }

    private static let table = """
        | Layer | Targets |
        |---|---|
        | 3 | `Engine`, `Store` |
        | 1 | `Model` |
        """

    @Test(
        "The rule catches a dependency upwards, sideways, on test support, and a target without a layer",
        arguments: [
            #"part("Model", ["Engine"])"#, #"part("Engine", ["Model", "Store"])"#, #"part("Store", ["TestSupport"])"#,
            #"part("Other", ["Model"])"#, #".executableTarget(name: "Model", dependencies: ["Store", yams])"#,
            ".target(\n    name: \"Model\", // in\n    dependencies: [\n        \"Store\"\n    ])",
        ])
    func offending(manifest: String) {
        #expect(misdirected(dependencies(manifest), layers(Self.table)).count == 1)
    }

    @Test(
        "The rule lets downward and foreign dependencies pass",
        arguments: [
            #"part("Engine", ["Model", yams])"#, #"part("Model")"#,
            #".target(name: "Model", linkerSettings: ["Store"])"#,
            #"part("Store", [.product(name: "GRDB", package: "GRDB.swift")])"#, #"// part("Model", ["Engine"])"#,
            #"tests("ModelTests", ["Engine"])"#,
            #".target(name: "TestSupport", dependencies: ["Store"], path: "Tests/TestSupport")"#,
        ])
    func passing(manifest: String) {
        #expect(misdirected(dependencies(manifest), layers(Self.table)) == [])
    }

    @Test("The parts of the manifest are read as they are written")
    func manifestSample() {
        let manifest = """
            func part(_ name: String) -> Target { .target(name: name, dependencies: []) }
            let targets = [
                .systemLibrary(name: "CCurl", providers: [.apt(["libcurl"])]),
                part("Model"), part("Engine", ["Model", yams]),
                .executableTarget(name: "tool", dependencies: ["Engine", "Model"]),
            ]
            """
        #expect(
            dependencies(manifest) == ["CCurl": [], "Model": [], "Engine": ["Model"], "tool": ["Engine", "Model"]])
    }
}
