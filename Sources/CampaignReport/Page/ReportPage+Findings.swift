import DialModel
import Ledger
import Wording

/// Something that stands out in the data.
struct Finding {
    /// How pressing it is.
    enum Weight: Int, CaseIterable {
        /// Something has to be done.
        case act
        /// Somebody should look at it.
        case look
        /// It is good to know.
        case note
    }

    let weight: Weight
    /// What it is.
    let words: String
    /// What to do about it.
    let advice: AdvicePhrase
}

/// What stands out in the data, and what to do about it.
extension ReportPage {
    /// Shares, in whole per cent, from which on something stands out.
    private enum Threshold {
        /// Machines among answered calls (`features-and-rules.md`, 7.1).
        static let machines = 25
        static let invalidNumbers = 5
        static let congestion = 3
        static let noRegion = 5
        static let shortCalls = 30
    }

    /// At most so many lists are told of one by one, the latest.
    private static let listLimit = 10

    var findings: Markup {
        let all = allFindings.sorted { $0.weight.rawValue < $1.weight.rawValue }
        guard !all.isEmpty else {
            return section("findings", say(FindingSectionPhrase.title), says: say(FindingSectionPhrase.none), [])
        }
        let counts = Finding.Weight.allCases.map { weight in text.count(all.count { $0.weight == weight }) }
        let items = all.map { finding in
            Markup.element(
                "li", [.classes("finding", style(finding.weight))],
                [
                    .element("p", [.classes("weight")], text: say(phrase(finding.weight))),
                    .element(
                        "div",
                        [
                            .element("p", [.classes("what")], text: finding.words),
                            .element("p", [.classes("remark")], text: say(finding.advice)),
                        ]),
                ])
        }
        return section(
            "findings", say(FindingSectionPhrase.title),
            says: say(FindingSectionPhrase.count, counts[0], counts[1], counts[2]), [.element("ul", items)])
    }

    private func phrase(_ weight: Finding.Weight) -> FindingSectionPhrase {
        switch weight {
        case .act: .act
        case .look: .look
        case .note: .note
        }
    }

    private func style(_ weight: Finding.Weight) -> String {
        switch weight {
        case .act: "act"
        case .look: "look"
        case .note: "note"
        }
    }

    private var allFindings: [Finding] {
        [callFindings, numberFindings, listFindings].flatMap(\.self)
    }

    private var callFindings: [Finding] {
        var found: [Finding] = []
        let (outcomes, totals, abandonment) = (figures.outcomes, figures.totals, figures.abandonment)
        if abandonment.isExceeded, let limit = abandonment.limit {
            let rate = text.share(abandonment.count.abandoned, of: abandonment.count.live)
            found.append(finding(.act, .aboveLimit, .aboveLimit, rate, text.limit(limit)))
        }
        if let open = tally.figures?.openAttempts, open > 0 {
            found.append(finding(.act, .openAttempts, .openAttempts, text.count(open)))
        }
        if outcomes[.unknown] > 0 {
            found.append(finding(.look, .unknownAttempts, .unknownAttempts, text.count(outcomes[.unknown])))
        }
        let missed = tally.agents.reduce(0) { $0 + $1.missed }
        if missed > 0 { found.append(finding(.look, .agentsMissed, .agentsMissed, text.count(missed), missers)) }
        let machines = outcomes[.machine]
        if isShare(machines, of: machines + totals.live, above: Threshold.machines) {
            found.append(finding(.look, .machines, .machines, text.share(machines, of: machines + totals.live)))
        }
        let failed = outcomes[.congestion] + outcomes[.refused] + outcomes[.notPlaced]
        if isShare(failed, of: totals.attempts, above: Threshold.congestion) {
            found.append(
                finding(.look, .congestion, .congestion, text.count(failed), text.share(failed, of: totals.attempts)))
        }
        if !tally.troubles.isEmpty {
            found.append(finding(.note, .troubles, .troubles, list(tally.troubles.map { ($0.word, $0.count) })))
        }
        let short = tally.agents.reduce(0) { $0 + $1.short }
        if isShare(short, of: totals.connected, above: Threshold.shortCalls) {
            found.append(finding(.look, .shortCalls, .shortCalls, text.share(short, of: totals.connected)))
        }
        return found
    }

    /// The three agents who missed most calls.
    private var missers: String {
        let most = tally.agents.filter { $0.missed > 0 }.sorted {
            ($1.missed, $0.agent.value) < ($0.missed, $1.agent.value)
        }
        return list(most.prefix(3).map { ($0.agent.value, $0.missed) })
    }

    private var numberFindings: [Finding] {
        var found: [Finding] = []
        let (outcomes, totals) = (figures.outcomes, figures.totals)
        if !tally.restingCallerIDs.isEmpty {
            let names = tally.restingCallerIDs.map { number in
                number.quarantinedUntil.map { "\(number.callerID) (→ \(text.minute($0)))" } ?? number.callerID
            }
            found.append(finding(.act, .quarantine, .quarantine, names.joined(separator: ", ")))
        }
        if tally.mismatches > 0 {
            found.append(finding(.act, .mismatches, .mismatches, text.count(tally.mismatches)))
        }
        let invalid = outcomes[.invalidNumber]
        if invalid > 0 {
            let weight: Finding.Weight =
                isShare(invalid, of: totals.attempts, above: Threshold.invalidNumbers) ? .look : .note
            found.append(
                finding(
                    weight, .invalidNumbers, .invalidNumbers, text.count(invalid),
                    text.share(invalid, of: totals.attempts)))
        }
        let unplaced = figures.dialsWithoutRegion
        if unplaced > 0 {
            let weight: Finding.Weight = isShare(unplaced, of: totals.dials, above: Threshold.noRegion) ? .look : .note
            found.append(
                finding(weight, .noRegion, .noRegion, text.count(unplaced), text.share(unplaced, of: totals.dials)))
        }
        if figures.dialsOfSeveralZones > 0 {
            found.append(
                finding(.note, .severalZones, .severalZones, text.count(figures.dialsOfSeveralZones)))
        }
        return found
    }

    private var listFindings: [Finding] {
        var found: [Finding] = []
        for list in tally.imports.suffix(Self.listLimit) {
            let rows = list.added + list.duplicates + list.rejected + list.renewed
            if list.rejected > 0 {
                found.append(
                    finding(
                        .look, .rejectedRows, .rejectedRows, list.file.title, text.count(list.rejected),
                        text.count(rows)))
            }
            if list.duplicates > 0 {
                found.append(
                    finding(.note, .duplicates, .duplicates, list.file.title, text.count(list.duplicates)))
            }
        }
        if !tally.held.isEmpty {
            let gates = tally.held.map { (say(word: $0.word, of: GatePhrase.self), $0.count) }
            found.append(finding(.note, .held, .held, self.list(gates)))
        }
        return found
    }

    private func finding(
        _ weight: Finding.Weight, _ phrase: FindingPhrase, _ advice: AdvicePhrase, _ values: String...
    ) -> Finding {
        Finding(weight: weight, words: phrase.phrase.text(in: language, values), advice: advice)
    }

    private func list(_ words: [(String, Int)]) -> String {
        words.map { "\($0.0) × \(text.count($0.1))" }.joined(separator: language == .english ? ", " : "，")
    }

    private func isShare(_ part: Int, of whole: Int, above percent: Int) -> Bool { part * 100 > whole * percent }
}
