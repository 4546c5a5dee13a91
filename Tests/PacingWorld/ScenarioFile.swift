package import Foundation

/// Scenarios in a file.
package struct ScenarioFile: Decodable {
    /// All of them.
    package var scenarios: [Scenario]

    /// Reads the file at `url`, or the one that comes with this package.
    package static func read(_ url: URL? = nil) throws -> [Scenario] {
        let own = Bundle.module.url(forResource: "scenarios", withExtension: "json")
        guard let url = url ?? own else { throw CocoaError(.fileNoSuchFile) }
        return try JSONDecoder().decode(ScenarioFile.self, from: Data(contentsOf: url)).scenarios
    }
}
