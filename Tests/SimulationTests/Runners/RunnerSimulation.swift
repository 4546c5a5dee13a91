import DialEngine
import DialModel
import Ledger
import PlainLedger

/// Several runners of one campaign on one ledger, each with an agent for each call, and everything that goes wrong between
/// them: the ledger is out of reach, answers are lost after a commit, processes stall for longer than their leases last, die
/// and come back, and no two clocks agree.
///
/// What a call is in itself is the affair of `Simulation`. Here it has a beginning, an agent and an end, and the question is
/// who may begin it. One thread and one agenda; the seed decides everything.
struct RunnerSimulation {
    /// Something that is going to happen.
    enum Happening {
        case starts(slot: Int)
        case renews(Int)
        case observes(Int)
        case dials(Int)
        /// A question reaches the ledger, which was asked at an instant of the asker's clock.
        case asks(Int, Question, sentAt: Timestamp)
        case hears(Int, Answer, sentAt: Timestamp)
        /// A request to place a call is about to leave.
        case departs(Int, Claim, AgentID, notAfter: Timestamp)
        case arrives(Claim, AgentID, by: Int)
        case ends(AttemptID)
        /// The news of a call's end reaches whoever placed it.
        case told(Int, AttemptID)
        /// The vendor's records are searched.
        case searches(Int, OpenAttempt)
    }

    /// What a process asks of the ledger.
    enum Question {
        case join(RunnerReport)
        case renew(RunnerReport)
        case takeOver
        case publish(SharePublication)
        case commit([AttemptChange], Int, CommitStamp)
    }

    /// What the ledger answers.
    enum Answer {
        case lease(LeaseAnswer)
        case taken([OpenAttempt])
        case committed(ClaimResult)
        case done
        case fenced
    }

    /// A call at the vendor.
    struct Call {
        var number: PhoneNumber
        var agent: AgentID
        var process: Int
        var isOver = false
    }

    static let campaign = CampaignID(1)
    static let start = Timestamp(milliseconds: 1_767_319_384_000)
    /// How long a request may wait before it leaves, and how long it may then be under way.
    static let (placeLimit, longestWay) = (Duration.seconds(10), 1_500)
    /// More happenings than any simulation has that comes to rest.
    static let happeningLimit = 200_000

    let plan: RunnerPlan
    var random: SplitMix64
    var ledger = LedgerModel()
    var processes: [Int: RunnerProcess] = [:]
    var calls: [AttemptID: Call] = [:]
    var agenda = BinaryHeap<RunnerEntry>()
    var planned: UInt64 = 0
    var now = Self.start
    var processCount = 0
    /// What was seen of everything that can go wrong.
    var seen: Set<RunnerPlan.Fault> = []
    var violation: String?
    var isOver = false
    /// Who published in which epoch; looked up only.
    var publishers: [Int64: RunID] = [:]
    /// The attempts whose calls have been asked for; looked up only.
    var departed: Set<AttemptID> = []

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        plan = RunnerPlan(&random)
        let leads = (0..<plan.leads).map { index in
            let number = Scenario.number(index)
            return NewLead(line: index + 2, number: number, originalNumber: number.e164, name: nil, fields: [])
        }
        ledger.add(
            leads, to: Self.campaign, file: ImportedFile(name: "list.csv", digest: "1"),
            ids: leads.indices.map { LeadID(Int64($0 + 1)) }, at: Self.start)
        for slot in 0..<plan.runners { add(.starts(slot: slot), in: random.milliseconds(0...4_000)) }
    }

    /// Lets everything happen until every lead is done with or a rule is broken.
    mutating func run() {
        var count = 0
        while violation == nil, !isOver, let entry = agenda.popFirst() {
            now = entry.at
            count += 1
            if count > Self.happeningLimit { return fail("things never come to rest") }
            if let number = entry.what.process, let process = processes[number] {
                if let until = plan.stallEnd(of: process.slot, at: now) {
                    seen.insert(.stall)
                    add(entry.what, at: until)
                    continue
                }
                if dies(process) { continue }
            }
            happen(entry.what)
            checkAll()
        }
        if violation == nil, !isOver { fail("\(unfinished) leads are stuck") }
    }

    var unfinished: Int { ledger.leads.count { $0.record.state != .finished } }
    var isFaulty: Bool { now < Self.start + plan.length }

    mutating func fail(_ words: String) {
        violation = violation ?? "\(words), at \((now - Self.start).milliseconds) ms of \(plan)"
    }

    mutating func add(_ what: Happening, in wait: Duration) { add(what, at: now + wait) }

    mutating func add(_ what: Happening, at instant: Timestamp) {
        planned += 1
        agenda.add(RunnerEntry(at: instant, order: planned, what: what))
    }

    // MARK: Rules

    /// What has to be true whatever has happened.
    private mutating func checkAll() {
        let open = ledger.open.count
        if open > plan.lines { fail("\(open) calls on \(plan.lines) lines") }
        var users: [AgentID: Int] = [:]
        for (number, process) in processes.sorted(by: { $0.key < $1.key })
        where process.keeper.stage(at: time(of: process)) != .spent {
            for agent in Set(process.keeper.allowance(at: time(of: process)).agents + process.busy.values) {
                if let other = users.updateValue(number, forKey: agent) {
                    fail("\(agent) is used by processes \(other) and \(number)")
                }
            }
        }
        if unfinished == 0, ledger.open.isEmpty { isOver = true }
    }

    /// A call is placed: nobody else calls that number, and nobody else uses that agent.
    mutating func checkPlacing(_ claim: Claim, _ agent: AgentID, by process: Int) {
        if !departed.insert(claim.attempt).inserted { fail("\(claim.attempt) is asked for again") }
        for (attempt, call) in calls.sorted(by: { $0.key < $1.key }) where !call.isOver {
            if call.number == claim.number { fail("\(attempt) and \(claim.attempt) are to one number") }
            if call.agent == agent, call.process != process {
                fail("\(agent) has \(attempt) and gets \(claim.attempt)")
            }
        }
        guard let record = ledger.attempt(claim.attempt), record.outcome == nil, record.state == .placing else {
            return fail("\(claim.attempt) is placed and not in the ledger like this")
        }
        let dials = ledger.attempts.count { $0.record.number == claim.number && $0.record.outcome?.mayHaveRung ?? true }
        if dials > 1 { fail("\(claim.attempt) is dial \(dials) of its number") }
    }

    func time(of process: RunnerProcess) -> Timestamp { now + process.skew }
}

/// Something that is going to happen, and when.
struct RunnerEntry: Comparable {
    var at: Timestamp
    var order: UInt64
    var what: RunnerSimulation.Happening

    static func < (lhs: Self, rhs: Self) -> Bool { (lhs.at, lhs.order) < (rhs.at, rhs.order) }
    static func == (lhs: Self, rhs: Self) -> Bool { lhs.order == rhs.order }
}

extension RunnerSimulation.Happening {
    /// Whose affair it is; nil for the world's and the ledger's.
    var process: Int? {
        switch self {
        case .renews(let number), .observes(let number), .dials(let number), .hears(let number, _, _),
            .departs(let number, _, _, _), .told(let number, _), .searches(let number, _):
            number
        case .starts, .asks, .arrives, .ends: nil
        }
    }
}

/// A process that runs the campaign.
struct RunnerProcess {
    let slot: Int
    let run: RunID
    /// How far its clock is ahead of true clocks.
    let skew: Duration
    var keeper = LeaseKeeper()
    var agents = AgentPool()
    var told = RunnerAllowance.nothing
    /// The number of the share by which every claim was made that is under way.
    var applied: Int64 = 0
    /// The agents of its calls; looked up only.
    var busy: [AttemptID: AgentID] = [:]
    /// Its open attempts.
    var open: Set<AttemptID> = []
    /// Those that it took over, whatever became of them.
    var taken: Set<AttemptID> = []
    var changes: [AttemptChange] = []
    var committed: Int64 = 0
    /// The commit that has not been answered.
    var committing: [AttemptChange]?
    var hasJoined = false
    var isTakingOver = false
    var isPublishing = false
}
