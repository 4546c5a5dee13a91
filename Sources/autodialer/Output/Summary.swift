import DialModel
import Ledger
import Wording

/// The words at the end of a run, and of `status`.
struct Summary {
    let campaign: String
    let figures: CampaignFigures
    let onHold: LeadsOnHold
    /// How the run ended, if one is told of.
    let ending: Phrase?
    /// What each of several accounts did; empty for one account.
    var accounts: [AccountRow] = []
    /// When the next lead is due; nil while one is.
    var nextDue: NextDue?
    /// The latest run; empty where it is not told of, or there was none.
    var lastRun: [RunRecord] = []

    /// What one of several accounts did.
    struct AccountRow {
        let name: String
        let carried: Int
        /// How its part of the run ended; nil where no run is told of.
        var ending: Phrase?

        /// Both for people.
        var phrase: Phrase {
            let carried = SummaryPhrase.carried.filled(name, carried)
            return ending.map { SummaryPhrase.carriedAndEnded.filled(carried, $0) } ?? carried
        }
    }

    /// The words for a person, with lists of counts broken where a line has no room for more.
    func text(in language: Language, columns: Int = .max) -> String {
        let separator = language == .chinese ? "：" : ": "
        var lines = [ending.map { campaign + separator + language.say($0) } ?? campaign]
        var leads = [
            language.say(SummaryPhrase.finished, figures.finishedCount), language.say(SummaryPhrase.due, figures.due),
            language.say(SummaryPhrase.waiting, figures.waiting), language.say(SummaryPhrase.inCall, figures.dialing),
        ]
        if figures.standby > 0 { leads.append(language.say(SummaryPhrase.inReserve, figures.standby)) }
        lines.append(row(.leads, figures.leads, leads, columns, in: language))
        let endings = figures.finished.filter { $0.count > 0 }.map { Self.count($0.count, $0.ending, in: language) }
        if !endings.isEmpty { lines.append(row(.finishedLabel, figures.finishedCount, endings, columns, in: language)) }
        var outcomes = CallOutcome.allCases.filter { figures.outcomes[$0] > 0 }.map { outcome in
            Self.count(figures.outcomes[outcome], outcome, in: language)
        }
        if figures.openAttempts > 0 { outcomes.append(language.say(SummaryPhrase.open, figures.openAttempts)) }
        lines.append(row(.attempts, figures.attempts, outcomes, columns, in: language))
        for account in accounts {
            lines.append(label(.through, in: language) + language.say(account.phrase))
        }
        if let run = lastRun.last {
            let ended = lastRun.joined?.endedAt.flatMap { at in
                lastRun.endingPhrase.map { SummaryPhrase.lastEnded.filled(at.dayAndTime, $0) }
            }
            let words = ended ?? SummaryPhrase.goesOn.filled(run.startedAt.dayAndTime)
            lines.append(label(.lastRun, in: language) + language.say(words))
        }
        if !onHold.isEmpty { lines.append(label(.onHold, in: language) + onHold.text(in: language)) }
        if let nextDue { lines.append(label(.nextDue, in: language) + language.say(nextDue.phrase)) }
        return lines.joined(separator: "\n")
    }

    /// A number of what a word says, as each language puts them.
    static func count(_ count: Int, _ word: some PhraseTable, in language: Language) -> String {
        language == .chinese ? "\(language.say(word)) \(count)" : "\(count) \(language.say(word))"
    }

    private func label(_ label: SummaryPhrase, in language: Language) -> String {
        "  " + language.say(label).padded(to: 10) + " "
    }

    private func row(
        _ name: SummaryPhrase, _ total: Int, _ parts: [String], _ columns: Int, in language: Language
    ) -> String {
        let (separator, comma) = language == .chinese ? ("：", "，") : (": ", ", ")
        var lines = [label(name, in: language) + String(total) + (parts.isEmpty ? "" : separator)]
        for (index, part) in parts.enumerated() {
            let part = part + (index < parts.count - 1 ? comma : "")
            if index > 0, (lines[lines.count - 1] + part).displayWidth > columns {
                lines.append(String(repeating: " ", count: 13))
            }
            lines[lines.count - 1] += part
        }
        return lines.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }.joined(separator: "\n")
    }
}
