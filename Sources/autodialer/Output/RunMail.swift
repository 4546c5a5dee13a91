import DialEngine
import DialModel
import Ledger
import Monitoring
import Wording

/// What cron sends when a run has ended: the first line says all that most want to know, and a run that did nothing and
/// missed nothing sends nothing.
struct RunMail {
    let campaign: String
    /// What the run did.
    let work: RunTally.Work
    let figures: CampaignFigures
    let ending: RunEnding
    let startedAt: Timestamp
    let endedAt: Timestamp
    /// What went wrong, oldest first.
    let remarks: [String]
    /// Whether nobody has to see to anything.
    let isFine: Bool

    /// Whether there is anything to tell.
    var isWorthSending: Bool { work.claims > 0 || work.outcomes.total > 0 || !remarks.isEmpty || !isFine }

    /// The mail.
    func text(in language: Language) -> String {
        var lines = [headline(in: language), ""]
        let span = (endedAt - startedAt).forPeople(in: language)
        lines.append(Words(MailPhrase.run, startedAt.dayAndTime, endedAt.dayAndTime, span).text(in: language))
        let outcomes = CallOutcome.allCases.filter { work.outcomes[$0] > 0 }
        if !outcomes.isEmpty {
            let words = outcomes.map { "\(work.outcomes[$0]) \(language.say($0))" }.joined(separator: ", ")
            lines.append(Words(MailPhrase.attempts, words).text(in: language))
        }
        let leads = Words(
            MailPhrase.leadFigures, "\(figures.leads)", "\(figures.finishedCount)", "\(figures.due)",
            "\(figures.waiting)")
        lines.append(Words(MailPhrase.leads, leads.text(in: language)).text(in: language))
        if let next = figures.nextDueAt, figures.due == 0 {
            lines.append(Words(MailPhrase.nextDue, next.dayAndTime).text(in: language))
        }
        if !remarks.isEmpty {
            lines += ["", Words(MailPhrase.remarks).text(in: language)] + remarks.map { "  " + Console.plain($0) }
        }
        return lines.joined(separator: "\n")
    }

    private func headline(in language: Language) -> String {
        let end = ending.words.text(in: language)
        let words: Words<MailPhrase> =
            work.outcomes.total == 0
            ? Words(.nothingPlaced, campaign, end)
            : Words(.placed, campaign, "\(work.outcomes.total)", "\(work.outcomes[.connected])", end)
        return words.text(in: language)
    }
}

extension RunEnding {
    /// How the run ended.
    fileprivate var words: Words<MailPhrase> {
        switch self {
        case .nothingDue(next: nil): Words(.everyLeadFinished)
        case .nothingDue(let next?): Words(.nothingDue, next.dayAndTime)
        case .numbersBusy: Words(.numbersBusy)
        case .noCallerID(let hold): Words(.noCallerID, hold.until.dayAndTime, hold.reason)
        case .accountFull(let hold): Words(.accountFull, hold.until.dayAndTime, hold.reason)
        case .deadline: Words(.deadline)
        case .attemptLimit: Words(.attemptLimit)
        case .stopped: Words(.stopped)
        case .vendorUnavailable: Words(.vendorUnavailable)
        case .vendorRefused(let reason): Words(.vendorRefused, reason)
        }
    }
}
