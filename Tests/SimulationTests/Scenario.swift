import CallModel
import CallerID
import CampaignRunner
import Compliance
import DialEngine
import DialModel
import Ledger
import Telephony

/// Everything about a simulation that its seed decides beforehand.
struct Scenario: Sendable {
    /// When simulations begin, by true clocks: a Friday morning in Shanghai.
    static let start = Timestamp(milliseconds: 1_767_319_384_000)
    /// The vendor account that carries the calls.
    static let account = "simulated"

    let seed: UInt64
    var leads: [NewLead]
    /// The numbers that a vendor who dials by itself has in its table, strangers among them.
    var table: [PhoneNumber]
    var settings: EngineSettings
    /// How long a run places calls; nil for as long as there is something to do.
    var runLength: Duration?
    var staff: Staff
    var vendor: VendorTraits
    var faults: FaultPlan
    var rules: CalleeRules
    var numbers: NumberPlan
    var limits: AccountLimits
    /// How many attempts the accounts of a run may make together; nil where there is but one account, or no such limit.
    var jointLimit: Int?
    /// Whether other accounts carry the campaign's calls too.
    var isOneOfSeveral: Bool
    var orders: [Order]
    /// How long the process waits for the disk at each commit, in milliseconds.
    var commitDelay: ClosedRange<Int>
    /// How callees and agents behave.
    var model: CallModel

    /// When things stop going wrong, by true clocks.
    var quietFrom: Timestamp { Self.start + faults.length }
}

/// Who is there to talk.
struct Staff: Sendable {
    /// When an agent is signed in, by the time since the start of the simulation; afterwards everybody is.
    var shifts: [[Range<Duration>]]
    /// How often an agent goes on a break after a call.
    var breakShare: Double
}

/// What the vendor can do, and how it tells.
struct VendorTraits: Sendable {
    /// How long a request is under way to the vendor, and its answer back, in milliseconds.
    var latency: ClosedRange<Int>
    /// How long the news of something is under way, in milliseconds.
    var newsDelay: ClosedRange<Int>
    /// How often agents are asked for; nil where the vendor tells by itself.
    var observation: Duration?
    /// Whether it tells of one agent at a time.
    var tellsAgentsSingly: Bool
    /// How long a request waits in the client for its turn, in milliseconds.
    var queueing: ClosedRange<Int>
    /// From when on its records show a call.
    var recordLag: Duration
    /// Whether it can prove that it never placed a call.
    var provesAbsence: Bool
    /// Whether the end of a call comes with the times of what was before.
    var tellsTimes: Bool
    /// How far its clock is ahead of true clocks.
    var clockError: Duration
    /// How often a machine is taken for a person and a person for a machine.
    var wrongAnalyses: Double
    /// Whether it finds out who answers.
    var classifies: Bool
    /// Whether it ends calls whose phones ring for long by itself.
    var endsRinging: Bool
    /// Whether an agent who does not pick up ends the call that the vendor gave them.
    var hangsUpOnMiss: Bool
    /// Whether it keeps records of calls that are over; otherwise only those are found that go on.
    var keepsRecords: Bool
    /// Whether it is in the process that runs the campaign, with which it goes, and its calls with it.
    var isBuiltIn: Bool
}

/// What goes wrong, how often, and for how long.
struct FaultPlan: Sendable {
    /// How long things go wrong.
    var length: Duration
    /// Chances of a single request, news or commit.
    var shares: [Fault: Double]
    /// Times in which requests fail, and how.
    var bursts: [(during: Range<Timestamp>, fault: Fault)]
    /// Times in which the vendor cannot be observed, and whether an operator has to mend it.
    var outages: [(during: Range<Timestamp>, isRefusal: Bool)]
    /// The process dies after so many directives, each time counted from the last death.
    var kills: [Int]
    /// By how much the wall clock leaps, and when.
    var leaps: [(at: Timestamp, by: Duration)]
    /// When the machine is suspended, and for how long.
    var suspensions: [(at: Timestamp, length: Duration)]
}

/// What can go wrong.
enum Fault: String, CaseIterable, Hashable, Sendable {
    case requestLost, answerLost, refused, barred, throttled, unavailable, misconfigured, tokenExpired, tooLate
    case newsLost, newsDoubled, newsLate, observationLost, outage, refusedObservation
    case offerFailed, hangUpFailed, messageFailed, searchFailed, recordForgotten
    case diskFull, diskFailed, killed, clockLeapt, suspended, agentVanished, agentMissedCall, rivalCall,
        unreadableCallee
}

/// What rules and callees ask for.
struct CalleeRules: Sendable {
    /// The hours, by the clocks of the place.
    var hours: HourSpan
    /// The clocks; they change while the simulation lasts.
    var clocks: ZoneRules
    var caps: [AttemptCap]
    var lockout: Duration?
    /// The time to leave before the hours end.
    var guardTime: Duration
    /// The numbers that are on the do-not-call list from the beginning.
    var listed: [PhoneNumber]
    /// Those that come onto it later, and when.
    var listedLater: [(at: Timestamp, number: PhoneNumber)]
}

/// Which number callees are shown.
enum NumberPlan: Sendable {
    /// The vendor chooses.
    case vendors
    /// These in turn.
    case inTurn([String])
    /// One of the pool of the account, by its rules.
    case pool([OutboundNumber], CallerIDRules)
}

/// Something that an operator or a supervisor does.
struct Order: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case pause, resume, stop
        /// Has the call that is in this place, of those that there are, ended.
        case drop(Int)
        /// Other accounts begin to work, or do not any more.
        case others(Bool)
    }

    var at: Timestamp
    var kind: Kind
}

extension Scenario {
    /// One word for each choice, so that a failure says what was simulated.
    var description: String {
        let mode =
            switch settings.style {
            case .agentFirst: "agent first"
            case .customerFirst(let mode): "\(mode)"
            case .vendorPaced: "vendor paced"
            }
        let numbers =
            switch numbers {
            case .vendors: "the vendor's numbers"
            case .inTurn(let numbers): "\(numbers.count) numbers in turn"
            case .pool(let numbers, let rules): "a pool of \(numbers.count), \(rules.strategy.rawValue)"
            }
        return "\(leads.count) leads, \(staff.shifts.count) agents, \(settings.maxLines) lines, \(mode), hand-off "
            + "\(settings.handOff), \(numbers), \(faults.kills.count) kills, \(faults.leaps.count) leaps, "
            + "\(faults.bursts.count) bursts, \(faults.outages.count) outages, \(orders.count) orders"
    }

    /// The scenario as far as a real runner and ledger on one thread can follow it step by step.
    ///
    /// They die when a commit fails, and not between two directives; there is one account; and vendors' clients tell of all
    /// agents at once.
    var live: Scenario {
        var scenario = self
        scenario.faults.kills = []
        scenario.faults.suspensions = []
        scenario.isOneOfSeveral = false
        scenario.jointLimit = nil
        scenario.orders.removeAll { if case .others = $0.kind { true } else { false } }
        scenario.vendor.tellsAgentsSingly = false
        scenario.vendor.isBuiltIn = false
        return scenario
    }

    /// The engine's settings for a run that begins at an instant of its own clock.
    func settings(startingAt now: Timestamp, by clock: ClockOrigin) -> EngineSettings {
        var settings = settings
        settings.clock = clock
        settings.stopDialingAt = runLength.map { now + $0 }
        return settings
    }

    /// The last word on each lead, for one run.
    func policy() -> any ClaimPolicy {
        let numbers: any ClaimPolicy =
            switch numbers {
            case .vendors: CallerIDRotation([])
            case .inTurn(let numbers): CallerIDRotation(numbers)
            case .pool(_, let rules):
                CallerIDChoice(
                    account: Self.account, pool: CallerIDPool(id: "main", rules: rules), explains: false
                ) { _ in NumberRegion(province: "浙江", city: "杭州") }
            }
        let place = PlacedHours(
            clocks: rules.clocks, hours: CallingHours(daily: [rules.hours]), sources: [.named("simulated")])
        let gate = GateRules(
            caps: rules.caps, abandonmentLockout: rules.lockout, isAgentReserved: settings.style == .agentFirst,
            guardTime: rules.guardTime)
        let policy = GatePolicy(lookBack: lookBack, numbers: numbers) { _ in
            GatePolicy.CalleeRules(places: [place], rules: gate)
        }
        return isOneOfSeveral ? SharedLeads(policy) : policy
    }

    private var lookBack: Duration {
        let spans = rules.caps.map(\.period.span) + [rules.lockout ?? .zero]
        return spans.max() ?? .zero
    }
}

/// A policy that leaves some leads to the campaign's other accounts for a while, and in the end none.
private struct SharedLeads: ClaimPolicy {
    private let policy: any ClaimPolicy

    init(_ policy: any ClaimPolicy) { self.policy = policy }

    var lookBack: Duration { policy.lookBack }
    var chooser: (any CallerIDPolicy)? { policy.chooser }

    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        let isOthers = (candidate.lead.value + now.milliseconds / 20_000) % 4 == 0
        return isOthers ? .pass : policy.decide(on: candidate, at: now)
    }
}
