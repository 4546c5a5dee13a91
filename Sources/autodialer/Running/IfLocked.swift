import ArgumentParser
import DialModel
import Ledger
import SQLiteLedger

/// What a run does that finds its campaign taken by another.
enum IfLocked: Hashable, Sendable {
    /// Leaves with exit code 75, and says who has it.
    case fail
    /// Leaves in silence with exit code 0: the other one does the work.
    case skip
    /// Waits so long for its end, and then does as `fail` does.
    case wait(Duration)

    /// How often a run that waits looks again, in real time.
    private static let rhythm = Duration.milliseconds(250)

    /// Takes the locks of all campaigns, or none; nil where the run is to leave in silence.
    func acquire(_ campaigns: [String], of database: String) async throws -> [RunLock]? {
        let clock = ContinuousClock()
        let began = clock.now
        while true {
            do {
                return try Self.locks(campaigns, of: database)
            } catch let error as LedgerError where error.code == .locked {
                switch self {
                case .skip: return nil
                case .wait(let limit) where clock.now - began < limit: try await clock.sleep(for: Self.rhythm)
                case .fail, .wait: throw error
                }
            }
        }
    }

    /// All or none, so that two runs that wait for each other's campaigns do not wait for ever.
    private static func locks(_ campaigns: [String], of database: String) throws -> [RunLock] {
        var locks: [RunLock] = []
        do {
            for campaign in campaigns { locks.append(try RunLock.acquire(database: database, campaign: campaign)) }
        } catch {
            for lock in locks { lock.close() }
            throw error
        }
        return locks
    }
}

extension IfLocked: ExpressibleByArgument {
    init?(argument: String) {
        switch argument {
        case "fail": self = .fail
        case "skip": self = .skip
        default:
            let words = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard words.count == 2, words[0] == "wait", let limit = DurationArgument(argument: String(words[1])) else {
                return nil
            }
            self = .wait(limit.duration)
        }
    }

    var defaultValueDescription: String { "fail" }
}

/// Where metrics go.
struct MetricsWishes: Sendable {
    /// A file for a textfile collector.
    var file: String?
    /// A port of this machine.
    var port: Int?
}
