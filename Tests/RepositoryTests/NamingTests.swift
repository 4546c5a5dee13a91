import Foundation
import Testing

@Suite("Names say what a thing is")
struct NamingTests {
    private static let banned: Set = [
        "Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Core", "Base",
        "Impl",
        "Data", "Info",
    ]

    /// The words of a CamelCase name: `CSVRow` is `CSV` and `Row`.
    private func words(_ name: String) -> [String] {
        name.matches("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+").map(\.text)
    }

    private func emptyNames(_ file: SourceFile) -> [Finding] {
        let types = file.declarations.filter(\.isType).map { ($0.name, Optional($0.line)) }
        return ([(file.name, nil)] + types).flatMap { name, line in
            words(name).filter(Self.banned.contains).map {
                Finding(path: file.path, line: line, message: "\(name): `\($0)` says nothing")
            }
        }
    }

    @Test("No type and no file has a name that says nothing")
    func sources() {
        #expect(Repository.swiftFiles.flatMap(emptyNames) == [])
    }

    @Test(
        "The rule catches",
        arguments: [
            ("Sample.swift", "struct CallManager {}"), ("Sample.swift", "enum Utils {}"),
            ("Sample.swift", "package actor LedgerImpl: Ledger {}"), ("Sample.swift", "typealias CSVData = [UInt8]"),
            ("Sample.swift", "struct Outer { class BaseVendor {} }"), ("Sources/X/CallInfo.swift", ""),
            ("Sources/X/Ledger+Helpers.swift", ""),
        ])
    func offending(path: String, text: String) {
        #expect(emptyNames(SourceFile(path: path, text: text)).count == 1)
    }

    @Test(
        "The rule lets pass",
        arguments: [
            ("Database.swift", "struct Database {}"), ("Metadata.swift", "struct Score {}"),
            ("Sample.swift", "let bytes: Data"), ("Sample.swift", "func coreOf(data: Data) {}"),
            ("Sample.swift", "// struct CallManager {}"), ("Sample.swift", "enum Information {}"),
        ])
    func passing(path: String, text: String) {
        #expect(emptyNames(SourceFile(path: path, text: text)) == [])
    }
}
