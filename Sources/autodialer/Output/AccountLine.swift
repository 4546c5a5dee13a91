import CampaignRunner
import DialEngine
import DialModel

/// What one of several accounts is doing, for the board.
struct AccountLine {
    let name: String
    /// Calls that it has carried in this run.
    let carried: Int
    let snapshot: EngineSnapshot
    let health: AccountBreaker.State

    /// A line for each account of a run; none for a run through one account.
    static func lines(of run: CampaignRun) async -> [AccountLine] {
        guard let desk = run.desk else { return [] }
        var lines: [AccountLine] = []
        for (index, part) in run.parts.enumerated() {
            lines.append(
                AccountLine(
                    name: part.account, carried: desk.carried[index], snapshot: await part.runner.snapshot(),
                    health: desk.breaker(of: index).state))
        }
        return lines
    }

    /// The line.
    var text: String {
        "\(name): \(carried) carried   \(snapshot.dialing + snapshot.ringing) dialling   \(snapshot.talking) talking   "
            + state
    }

    private var state: String {
        switch health {
        case .closed: snapshot.pause.words
        case .open(let until): "left alone until \(until.clockTime)"
        case .halfOpen: "being tried again"
        }
    }
}
