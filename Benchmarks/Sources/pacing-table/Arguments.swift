import Foundation

/// What the command line asks for.
struct Arguments {
    static let usage = """
        usage: pacing [SCENARIOS.json] [--seeds N] [--only PREFIX,…] [--json FILE] [--limit PERCENT]
                      [--holdout] [--bounds] [--tune] [--unguarded]
        """

    /// The file of scenarios; nil for the one that comes along.
    var file: URL?
    /// How many seeds to simulate.
    var seeds = 20
    /// What the name of a scenario has to begin with, one of these; none for all scenarios.
    var prefixes: [String] = []
    /// Where to write the figures.
    var output: URL?
    /// The share of live answers that may be abandoned.
    var limit = 0.03
    /// Variations that nothing was tuned to, instead of the scenarios.
    var isHoldOut = false
    /// What somebody who knows every outcome reaches, too.
    var withBounds = false
    /// The field's best settings found anew for each scenario, instead of the published figures.
    var tunes = false

    /// Without the guard of the limit, to see what it costs: only the average is minded, and seeds exceed the limit.
    var isUnguarded = false

    /// Nil for anything but the known options.
    init?(_ arguments: some Sequence<String>) {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--holdout": isHoldOut = true
            case "--bounds": withBounds = true
            case "--tune": tunes = true
            case "--unguarded": isUnguarded = true
            case "--seeds":
                guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else { return nil }
                seeds = value
            case "--limit":
                guard let value = rest.popFirst().flatMap({ Double($0) }), value > 0 else { return nil }
                limit = value / 100
            case "--only":
                guard let value = rest.popFirst() else { return nil }
                prefixes = value.split(separator: ",").map(String.init)
            case "--json":
                guard let value = rest.popFirst() else { return nil }
                output = URL(filePath: value)
            default:
                guard !argument.hasPrefix("-"), file == nil else { return nil }
                file = URL(filePath: argument)
            }
        }
    }

    /// Whether a scenario is to be simulated.
    func includes(_ name: String) -> Bool {
        prefixes.isEmpty || prefixes.contains { name.hasPrefix($0) }
    }
}
