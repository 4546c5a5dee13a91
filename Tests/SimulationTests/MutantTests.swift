import Foundation
import Testing

/// A mistake that somebody could make, and the checker that has to notice it.
private struct Mutant: Decodable, CustomTestStringConvertible {
    var file: String
    var old: String
    var new: String
    var checker: String

    var testDescription: String { "\(checker) notices a mistake in \(file)" }
}

/// `Tests/Mutants/mutants.py` makes each of these mistakes in a copy of the sources and has the simulation run, which takes
/// minutes.
@Suite("Mistakes that the checkers have to notice")
struct MutantTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    private static let mutants: [Mutant] = {
        let file = root.appending(path: "Tests/Mutants/mutants.json")
        guard let mutants = try? JSONDecoder().decode([Mutant].self, from: Data(contentsOf: file)) else {
            preconditionFailure("\(file.path) cannot be read")
        }
        return mutants
    }()

    @Test("can still be made: what they change is there once", arguments: mutants)
    fileprivate func isThere(mutant: Mutant) throws {
        let source = try String(contentsOf: Self.root.appending(path: mutant.file), encoding: .utf8)
        #expect(source.components(separatedBy: mutant.old).count == 2)
        #expect(mutant.old != mutant.new)
    }

    @Test("name checkers that there are, most of them")
    func checkers() {
        let named = Set(Self.mutants.map(\.checker))
        let suites = ["\(LiveTests.self)", "\(LoadTests.self)", "\(RunnerSimulationTests.self)"]
        let all = Set(Checkers.all.map(\.name) + ["Liveness"] + suites)
        #expect(named.isSubset(of: all) && named.count >= 10)
    }
}
