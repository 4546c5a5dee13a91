import DialEngine
import DialModel
import Ledger

/// The words at the end of a run, and of `status`.
struct Summary {
    let campaign: String
    let figures: CampaignFigures
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

    var text: String {
        var lines: [String] = []
        lines.append(ending.map { "\(campaign): \($0.sentence)" } ?? campaign)
        lines.append(
            row(
                "leads", figures.leads,
                [
                    ("finished", figures.finishedCount), ("due now", figures.due), ("waiting", figures.waiting),
                    ("in a call", figures.dialing),
                ] + (figures.standby > 0 ? [("in reserve", figures.standby)] : [])))
        let endings = figures.finished.filter { $0.count > 0 }.map { ($0.ending.rawValue, $0.count) }
        if !endings.isEmpty { lines.append(row("finished", figures.finishedCount, endings)) }
        let outcomes = CallOutcome.allCases.map { ($0.rawValue, figures.outcomes[$0]) }.filter { $0.1 > 0 }
        lines.append(
            row(
                "attempts", figures.attempts,
                outcomes + (figures.openAttempts > 0 ? [("open", figures.openAttempts)] : [])))
        for account in accounts {
            let words = account.ending.map { "; \($0.sentence)" } ?? ""
            lines.append("  through    \(account.name): \(account.carried) attempts\(words)")
        }
        if let next = figures.nextDueAt, figures.due == 0 { lines.append("  next due   \(next.dayAndTime)") }
        return lines.joined(separator: "\n")
    }

    private func row(_ label: String, _ total: Int, _ parts: [(String, Int)]) -> String {
        let details = parts.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
        return "  " + label.padded(to: 10) + " " + String(total) + (details.isEmpty ? "" : ": " + details)
    }
}
