import DialEngine
import DialModel
import Ledger
import PlainLedger

/// Something that checkers look at.
enum Moment {
    /// A process has begun.
    case began
    /// The engine was told something, and this is what it wants; the agents are those of before.
    case told(DialEvent, [Directive], before: AgentPool)
    /// These changes are about to be committed.
    case committing([AttemptChange])
    /// They are committed, and leads are claimed if some were asked for.
    case committed([AttemptChange], ClaimRequest?, ClaimResult?)
    /// The ledger gave a call of the vendor's own an attempt, or did not.
    case adopted(UnclaimedCall, Adoption)
    /// Something happened outside.
    case happened(WorldFact)
    /// The process is gone: it died, or its run ended like this.
    case gone(RunEnding?)
    /// Nothing is left to happen.
    case over
}

/// All that there is, at a moment.
struct Scene {
    let scenario: Scenario
    let world: SimulatedWorld
    let ledger: LedgerModel
    /// The engine of the process that runs; nil while none does.
    let engine: DialEngine?
    let campaign: CampaignID

    /// The time that the process's clock shows.
    var now: Timestamp { world.processNow }
}

/// Looks on and keeps books of its own, and says what is against the rules.
protocol Checker {
    init()
    /// What is against the rules, in words; nil for nothing.
    mutating func check(_ moment: Moment, _ scene: Scene) -> String?
}

extension Checker {
    /// The name by which failures are told apart.
    var name: String { "\(Self.self)" }
}

/// What a checker found.
struct Violation: Hashable, Sendable {
    var checker: String
    var words: String
}
