import Foundation
import Pacing
import PacingWorld

/// What is known of one scenario.
struct Row: Encodable {
    var scenario: String
    var progressive: Series
    var ours: Series
    /// The best that the field reaches with settings found in hindsight, and the first research controller; percent.
    var ratio, vicidial, research: Double?
    /// Whether the field's figures are published ones rather than measured.
    var isPublished: Bool
    /// The settings with which the field did best.
    var ratioSetting, vicidialSetting: String?
    var knowsOutcomes: Series?

    /// Simulates one scenario.
    init(_ holdOut: HoldOut, _ arguments: Arguments) async {
        let (world, limit, seeds) = (holdOut.scenario, holdOut.limit, arguments.seeds)
        scenario = world.name
        progressive = await Series(world, limit, seeds) { _ in ProgressivePolicy() }
        let hazard = arguments.isUnguarded ? LimitHazard.unguarded : .strict
        ours = await Series(world, limit, seeds) { ControlledPolicy($0, limit: limit, hazard: hazard) }
        let published = arguments.isHoldOut ? nil : Published.figures[world.name]
        research = published?.research
        isPublished = !arguments.tunes
        if arguments.tunes {
            let best = await Tuning.best(Tuning.ratios, world, limit, seeds)
            let adaptive = await Tuning.best(Tuning.adaptive, world, limit, seeds)
            (ratio, ratioSetting) = (best?.series.utilisation, best?.setting)
            (vicidial, vicidialSetting) = (adaptive?.series.utilisation, adaptive?.setting)
        } else {
            (ratio, vicidial) = (published?.ratio, published?.vicidial)
        }
        if arguments.withBounds { knowsOutcomes = await Series(world, limit, seeds) { _ in OutcomePolicy() } }
    }

    // MARK: The table

    static func explanation(_ arguments: Arguments) -> String {
        let field = arguments.tunes ? "found here, in hindsight" : "published"
        return """
            Utilisation in percent, mean of \(arguments.seeds) seeds; no controller can pass the ceiling, \
            talk / (talk + wrap-up).
            Best ratio and best VICIdial rule: \(field), the best settings for that very scenario. research: published.
            abandoned: percent of live answers over all seeds; worst: of the worst seed, by live answers and by people.
            over: seeds above the limit at the end, by live answers and by people; ever: at any moment.
            early: abandoned among the first 34 live answers; late: in the last minute before closing.

            """
    }

    static func heading(_ arguments: Arguments) -> String {
        var names = ["ceiling", "progr.", "ratio", "VICIdial", "research", "ours", "±", "diff."]
        if arguments.withBounds { names.append("knows") }
        names += ["abandoned", "worst", "people", "over", "people", "ever", "early", "late"]
        return Self.line("scenario", names)
    }

    func text(_ arguments: Arguments) -> String {
        var cells = [
            Self.number(ours.ceiling), Self.number(progressive.utilisation), Self.number(ratio),
            Self.number(vicidial), Self.number(research), Self.number(ours.utilisation), Self.number(ours.error, 2),
            research.map { String(format: "%+.1f", ours.utilisation - $0) } ?? "-",
        ]
        if arguments.withBounds { cells.append(Self.number(knowsOutcomes?.utilisation)) }
        cells += [
            Self.number(ours.abandoned, 2), Self.number(ours.worst, 2), Self.number(ours.worstOfPeople, 2),
            String(ours.seedsOver), String(ours.seedsOverByPeople), String(ours.seedsEverOver), String(ours.early),
            String(ours.late),
        ]
        var text = Self.line(scenario, cells)
        if let ratioSetting { text += "\n    ratio: \(ratioSetting)" }
        if let vicidialSetting { text += "\n    VICIdial: \(vicidialSetting)" }
        return text
    }

    static func summary(_ rows: [Row]) -> String {
        let differences = rows.compactMap { row in row.research.map { row.ours.utilisation - $0 } }
        let totals = rows.reduce(into: (over: 0, early: 0, late: 0)) { sum, row in
            sum.over += row.ours.seedsOver
            sum.early += row.ours.early
            sum.late += row.ours.late
        }
        let least = differences.min().map { String(format: "; least difference to research %+.2f", $0) } ?? ""
        return
            "\n\(totals.over) seeds above the limit at the end, \(totals.early) abandoned early, \(totals.late) late\(least)"
    }

    private static func number(_ value: Double?, _ decimals: Int = 1) -> String {
        value.map { String(format: "%.\(decimals)f", $0) } ?? "-"
    }

    private static func line(_ name: String, _ cells: [String]) -> String {
        name.padding(toLength: 22, withPad: " ", startingAt: 0)
            + cells.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }.joined()
    }
}
