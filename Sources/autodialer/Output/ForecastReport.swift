import CampaignFile
import Compliance
import DialModel
import Forecast
import Ledger
import Wording

/// What `forecast` says.
struct ForecastReport {
    var campaign: String
    var start: Timestamp
    var leads: Int
    var runs: Int
    var seed: UInt64
    /// The campaign as it is first, then the what-ifs.
    var outcomes: [RehearsalOutcome]
    var basis: [CampaignHistory.Basis]
    var language: Language

    /// How wide a table may be: more breaks every line of a terminal of the usual width.
    private static let widest = 80

    /// The words for a person.
    var text: String {
        let header =
            [""] + outcomes.map { $0.whatIf.text.isEmpty ? language.say(ForecastPhrase.asPlanned) : $0.whatIf.text }
        let rows = ForecastFigure.all.map { figure in
            [figure.name.text(in: language)] + outcomes.map { figure.cell($0, language) }
        }
        let tables = Self.tables([header] + rows + delayRows + leftRows).joined(separator: "\n\n")
        return
            ([title, "", tables] + limitLines + [
                "", language.say(ForecastPhrase.restsOn), CallerIDColumns.table(basisRows),
            ])
            .joined(separator: "\n")
    }

    private var title: String {
        language.say(runs == 1 ? ForecastPhrase.oneRun : .runs, campaign, start.dayAndTime, leads, seed, runs)
    }

    /// As many ways side by side as fit, and the next ones below, each time beside the names of the figures.
    private static func tables(_ rows: [[String]]) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].displayWidth }.max() ?? 0 }
        var parts: [[Int]] = []
        var used = 0
        for column in widths.indices.dropFirst() {
            let width = widths[column] + 2
            if parts.isEmpty || used + width > widest {
                parts.append([])
                used = widths[0]
            }
            parts[parts.count - 1].append(column)
            used += width
        }
        return parts.map { columns in CallerIDColumns.table(rows.map { row in ([0] + columns).map { row[$0] } }) }
    }

    /// The share of the time by what kept more calls from being placed; what never did is left out.
    private var delayRows: [[String]] {
        let rows = Delay.allCases.enumerated().compactMap { index, delay -> [String]? in
            guard outcomes.contains(where: { $0.runs.contains { $0.delays[index] >= 0.0005 } }) else { return nil }
            return ["  " + language.say(delay)]
                + outcomes.map { ForecastFigure.Form.percent.text(of: $0.band { $0.delays[index] }, in: runs) }
        }
        return [[language.say(ForecastPhrase.heldBack)] + outcomes.map { _ in "" }] + rows
    }

    /// The leads that are left waiting, by what holds them back.
    private var leftRows: [[String]] {
        Gate.allCases.compactMap { gate in
            let bands = outcomes.map { $0.band { Double($0.left(at: gate)) } }
            guard bands.contains(where: { $0.high > 0 }) else { return nil }
            return [language.say(ForecastPhrase.left.filled(gate.phrase))]
                + bands.map { ForecastFigure.Form.count.text(of: $0, in: runs) }
        }
    }

    /// The numbers that would make more dials a day than they may.
    private var limitLines: [String] {
        outcomes.compactMap { outcome in
            let over = outcome.overLimit
            guard !over.isEmpty else { return nil }
            let way = outcome.whatIf.text.isEmpty ? language.say(ForecastPhrase.asPlanned) : outcome.whatIf.text
            return language.say(ForecastPhrase.overLimit.filled(way, Phrase(listing: over.map { Phrase(same: $0) })))
        }
    }

    private var basisRows: [[String]] {
        basis.map { basis in
            let source =
                basis.attempts > 0
                ? language.say(ForecastPhrase.learnt, basis.attempts) : language.say(ForecastPhrase.usual)
            return ["  " + language.say(basis.parameter), source]
        }
    }

    /// One object for programs: keys never change, new ones may be added.
    var json: String {
        JSONText.object([
            ("campaign", .string(campaign)), ("from", .string(start.iso8601UTC)), ("leads", .integer(Int64(leads))),
            ("runs", .integer(Int64(runs))), ("seed", .string(String(seed))),
            ("rests_on", .array(basis.map(Self.object))), ("scenarios", .array(outcomes.map(Self.object))),
        ])
    }

    private static func object(_ basis: CampaignHistory.Basis) -> JSONText {
        .object([
            ("parameter", .string(basis.parameter.rawValue)),
            ("source", .string(basis.attempts > 0 ? "attempts" : "default")),
            ("attempts", .integer(Int64(basis.attempts))),
        ])
    }

    private static func object(_ outcome: RehearsalOutcome) -> JSONText {
        let figures = ForecastFigure.all.map { ($0.key, $0.value(outcome)) }
        let delays = Delay.allCases.enumerated().map { index, delay in
            (delay.rawValue, ForecastFigure.Form.percent.json(of: outcome.band { $0.delays[index] }))
        }
        let left = Gate.allCases.compactMap { gate -> (String, JSONText)? in
            let band = outcome.band { Double($0.left(at: gate)) }
            return band.high > 0 ? (gate.rawValue, ForecastFigure.Form.count.json(of: band)) : nil
        }
        return .object([
            ("what_if", outcome.whatIf.text.isEmpty ? .null : .string(outcome.whatIf.text)),
            ("agents", .integer(Int64(outcome.agents))), ("figures", .object(figures)), ("held_back", .object(delays)),
            ("left", .object(left)), ("over_daily_limit", .array(outcome.overLimit.map { .string($0) })),
        ])
    }
}

extension RehearsalOutcome {
    /// The band of a figure over the runs.
    func band(_ figure: (RunFigures) -> Double) -> Band { Band(runs.map(figure)) }

    /// The share of the runs that kept the limit for abandoned calls; nil where nobody sets one.
    var limitKept: Double? {
        limit.map { limit in
            let kept = runs.count { !($0.worstWindow ?? $0.abandonment).exceeds(share: limit) }
            return Double(kept) / Double(max(1, runs.count))
        }
    }

    /// The numbers that in half of the runs make more dials on a day than they may, ascending.
    var overLimit: [String] {
        dailyLimits.keys.sorted().filter { number in
            let busiest = band { run in Double(run.callerIDs.first { $0.callerID == number }?.busiestDay ?? 0) }
            return busiest.median > Double(dailyLimits[number] ?? .max)
        }
    }
}

extension RunFigures {
    /// How many leads a gate holds back at the end.
    func left(at gate: Gate) -> Int { left.first { $0.gate == gate }?.count ?? 0 }
}
