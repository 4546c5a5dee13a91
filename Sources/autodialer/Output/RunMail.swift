import DialEngine
import DialModel
import Ledger
import Monitoring
import Wording

/// What cron sends when a run has ended: the first line says all that most want to know, and a run that did nothing and
/// missed nothing sends nothing.
///
/// Leads on hold wait for a change that somebody has to make, so the run that finds them says so, and no later one again.
struct RunMail {
    let campaign: String
    /// What the run did.
    let work: RunTally.Work
    let figures: CampaignFigures
    /// When the next lead is due; nil while one is.
    let nextDue: NextDue?
    let onHold: LeadsOnHold
    /// Whether this run found leads on hold that the one before did not.
    let isNewlyOnHold: Bool
    let ending: RunEnding
    /// What each of several accounts did; empty for one account.
    let accounts: [Summary.AccountRow]
    let startedAt: Timestamp
    let endedAt: Timestamp
    /// What went wrong, oldest first.
    let remarks: [String]
    /// Whether nobody has to see to anything.
    let isFine: Bool

    /// Whether there is anything to tell.
    var isWorthSending: Bool {
        work.claims > 0 || work.outcomes.total > 0 || !remarks.isEmpty || !isFine || isNewlyOnHold
    }

    /// The mail.
    func text(in language: Language) -> String {
        let span = (endedAt - startedAt).forPeople(in: language)
        var lines = [
            headline(in: language), "",
            language.say(MailPhrase.run, startedAt.dayAndTime, endedAt.dayAndTime, span),
        ]
        let outcomes = CallOutcome.allCases.filter { work.outcomes[$0] > 0 }
        if !outcomes.isEmpty {
            let words = outcomes.map { Summary.count(work.outcomes[$0], $0, in: language) }
                .joined(separator: language == .chinese ? "，" : ", ")
            lines.append(language.say(MailPhrase.attempts, words))
        }
        let leads = language.say(
            MailPhrase.leadFigures, figures.leads, figures.finishedCount, figures.due, figures.waiting)
        lines.append(language.say(MailPhrase.leads, leads))
        lines += accounts.map { language.say(MailPhrase.through, language.say($0.phrase)) }
        if !onHold.isEmpty { lines.append(language.say(MailPhrase.onHold, onHold.text(in: language))) }
        if let nextDue { lines.append(language.say(MailPhrase.nextDue, language.say(nextDue.phrase))) }
        if !remarks.isEmpty {
            lines += ["", language.say(MailPhrase.remarks)] + remarks.map { "  " + Console.plain($0) }
        }
        return lines.joined(separator: "\n")
    }

    private func headline(in language: Language) -> String {
        let end = language.say(ending.sentence(leaving: onHold, inCalls: figures.dialing))
        return work.outcomes.total == 0
            ? language.say(MailPhrase.nothingPlaced, campaign, end)
            : language.say(MailPhrase.placed, campaign, work.outcomes.total, work.outcomes[.connected], end)
    }
}
