import DialEngine
import DialModel
import Ledger
import Wording

/// The words at the end of a run, and of `status`.
struct Summary {
    let campaign: String
    let figures: CampaignFigures
    let onHold: LeadsOnHold
    let ending: RunEnding?
    /// What each of several accounts did; empty for one account.
    var accounts: [AccountRow] = []

    /// What one of several accounts did.
    struct AccountRow {
        let name: String
        let carried: Int
        /// How its part of the run ended; nil where no run is told of.
        var ending: RunEnding?
    }

    /// The words for a person.
    func text(in language: Language) -> String {
        let separator = language == .chinese ? "：" : ": "
        var lines = [ending.map { campaign + separator + $0.sentence(in: language, leaving: onHold) } ?? campaign]
        var leads = [
            language.say(SummaryPhrase.finished, figures.finishedCount), language.say(SummaryPhrase.due, figures.due),
            language.say(SummaryPhrase.waiting, figures.waiting), language.say(SummaryPhrase.inCall, figures.dialing),
        ]
        if figures.standby > 0 { leads.append(language.say(SummaryPhrase.inReserve, figures.standby)) }
        lines.append(row(.leads, figures.leads, leads, in: language))
        let endings = figures.finished.filter { $0.count > 0 }.map { Self.count($0.count, $0.ending, in: language) }
        if !endings.isEmpty { lines.append(row(.finishedLabel, figures.finishedCount, endings, in: language)) }
        var outcomes = CallOutcome.allCases.filter { figures.outcomes[$0] > 0 }.map { outcome in
            Self.count(figures.outcomes[outcome], outcome, in: language)
        }
        if figures.openAttempts > 0 { outcomes.append(language.say(SummaryPhrase.open, figures.openAttempts)) }
        lines.append(row(.attempts, figures.attempts, outcomes, in: language))
        for account in accounts {
            let words = account.ending.map { "; \($0.sentence(in: language, leaving: onHold))" } ?? ""
            lines.append(
                label(.through, in: language) + language.say(SummaryPhrase.carried, account.name, account.carried)
                    + words)
        }
        if !onHold.isEmpty { lines.append(label(.onHold, in: language) + onHold.text(in: language)) }
        if let next = figures.nextDueAt, figures.due == 0 {
            lines.append(label(.nextDue, in: language) + next.dayAndTime)
        }
        return lines.joined(separator: "\n")
    }

    private static func count(_ count: Int, _ word: some PhraseTable, in language: Language) -> String {
        language == .chinese ? "\(language.say(word)) \(count)" : "\(count) \(language.say(word))"
    }

    private func label(_ label: SummaryPhrase, in language: Language) -> String {
        "  " + language.say(label).padded(to: 10) + " "
    }

    private func row(_ name: SummaryPhrase, _ total: Int, _ parts: [String], in language: Language) -> String {
        let details = parts.joined(separator: language == .chinese ? "，" : ", ")
        let separator = language == .chinese ? "：" : ": "
        return label(name, in: language) + String(total) + (details.isEmpty ? "" : separator + details)
    }
}
