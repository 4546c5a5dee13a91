import DialEngine
import DialModel
import Ledger
import PlainLedger
import Telephony

/// A campaign from its first call to the end of its last one, with everything that goes wrong meanwhile.
///
/// One thread and one agenda. Processes come and go; what remains is the ledger and the world.
struct Simulation {
    /// What is told of a failure: the last so many things that the engine was told.
    static let traceLength = 30
    /// More happenings than any simulation has that comes to rest.
    static let happeningLimit = 100_000
    /// More processes than any campaign needs that comes to its end.
    static let processLimit = 400
    static let campaign = CampaignID(1)
    static let rivals = CampaignID(2)

    let scenario: Scenario
    var world: SimulatedWorld
    var ledger = LedgerModel()
    var process: SimulatedProcess?
    var checkers: [any Checker] = Checkers.all
    /// Everything of which a kind has occurred.
    var kinds = Kinds()
    /// What the engine was told last, and what it wanted.
    var trace: [String] = []
    var violation: Violation?
    /// How many things have happened.
    private(set) var index = 0
    var processCount = 0
    /// How many commits there were, those that failed included.
    var commitCount = 0
    /// How far the wall clock is from true clocks.
    var wallOffset = Duration.zero
    var isOver = false
    /// Whether a trace is kept, which takes most of the time.
    let isTraced: Bool

    init(seed: UInt64, isTraced: Bool = false) {
        self.init(Scenario(seed: seed), isTraced: isTraced)
    }

    init(_ scenario: Scenario, isTraced: Bool = false) {
        self.scenario = scenario
        world = SimulatedWorld(scenario)
        self.isTraced = isTraced
        fillLedger()
    }

    /// Lets everything happen until the campaign is through or a rule is broken.
    mutating func run() {
        while !isOver, violation == nil, let happening = world.agenda.takeNext() {
            guard world.now >= world.suspendedUntil || !happening.needsMachine else {
                world.agenda.plan(happening, at: world.suspendedUntil)
                continue
            }
            index += 1
            guard index < Self.happeningLimit else { return fail("Liveness", "things never come to rest") }
            if !world.happen(happening) { happen(happening) }
            for fact in world.facts { look(.happened(fact)) }
            world.facts.removeAll(keepingCapacity: true)
        }
    }

    private mutating func happen(_ happening: Happening) {
        switch happening {
        case .starts: start()
        case .wakes(let number): if number == process?.number { takeIn() }
        case .commits(let number): if number == process?.number { endCommit() }
        case .answered(let answer, let request):
            if request.process == process?.number, let event = event(for: answer) { receive(event) }
        case .told(let news, let number):
            if number == process?.number, let event = event(for: news) { receive(event) }
        case .ordered(let order): carryOut(order)
        case .leaps(let length):
            wallOffset += length
            world.injected.insert(.clockLeapt)
        case .isSuspended(let length):
            // Of two at a time the first one counts, after which things happen in their order.
            guard world.now >= world.suspendedUntil else { break }
            world.suspendedUntil = world.now + length
            world.injected.insert(.suspended)
        case .listed(let number): ledger.house.insert(number)
        case .rivalCalls(let number): rivalCalls(number)
        case .rivalEnds(let attempt): rivalEnds(attempt)
        case .departs, .arrives, .call, .agent, .observes, .outage, .dialsByItself:
            preconditionFailure("the world's affair: \(happening)")
        }
    }

    // MARK: Looking

    /// Shows a moment to every checker.
    mutating func look(_ moment: Moment) {
        guard violation == nil else { return }
        let scene = Scene(
            scenario: scenario, world: world, ledger: ledger, engine: process?.engine, campaign: Self.campaign)
        for index in checkers.indices {
            guard let words = checkers[index].check(moment, scene) else { continue }
            return fail(checkers[index].name, words)
        }
    }

    mutating func fail(_ checker: String, _ words: String) {
        violation = violation ?? Violation(checker: checker, words: words)
    }

    // MARK: Processes

    private mutating func start() {
        processCount += 1
        guard processCount < Self.processLimit else {
            let left = ledger.leads.count { $0.campaign == Self.campaign && $0.record.state != .finished }
            return fail("Liveness", "\(left) leads are left after \(processCount) processes")
        }
        world.begin(processCount, clockOffset: wallOffset)
        ledger.runs.append(
            (
                Self.campaign,
                RunRecord(
                    id: RunID(Int64(processCount + 1)), account: Scenario.account, startedAt: world.processNow,
                    endedAt: nil, ending: nil)
            ))
        ledger.clocks[RunID(Int64(processCount + 1))] = world.clock
        let kills = scenario.faults.kills
        process = SimulatedProcess(
            number: processCount, run: RunID(Int64(processCount + 1)), policy: scenario.policy(),
            engine: DialEngine(settings: scenario.settings(startingAt: world.processNow, by: world.clock)),
            directivesLeft: world.isFaulty && processCount <= kills.count ? kills[processCount - 1] : nil)
        look(.began)
        receive(.started(leftOpen: ledger.openAttempts(of: Self.campaign)))
    }

    /// The run is over.
    mutating func finish(_ ending: RunEnding) {
        kinds.note(ending)
        leave(ending, wasKilled: false)
        guard isSettled else { return world.planNextStart(after: ending, wallOffset: wallOffset, processCount) }
        isOver = true
        look(.over)
    }

    /// The process is gone without having ended its run.
    mutating func die(of fault: Fault) {
        world.injected.insert(fault)
        leave(nil, wasKilled: true)
        world.planNextStart(after: nil, wallOffset: wallOffset, processCount)
    }

    private mutating func leave(_ ending: RunEnding?, wasKilled: Bool) {
        process = nil
        look(.gone(ending))
        world.leave(wasKilled: wasKilled)
    }

    /// Whether nobody is left who could be called: things go well again, every attempt has its outcome, and whoever still
    /// waits may not be called.
    private var isSettled: Bool {
        let mine = ledger.leads.lazy.filter { $0.campaign == Self.campaign }.map(\.record)
        return ledger.openAttempts(of: Self.campaign).isEmpty && world.isSettled(leads: mine, house: ledger.house)
    }
}

extension SimulatedWorld {
    /// Whether everybody has been called who can be, given that no attempt is open.
    func isSettled(leads: some Sequence<LeadRecord>, house: Set<PhoneNumber>) -> Bool {
        if isFaulty { return false }
        if scenario.settings.style == .vendorPaced { return ownCallCount == scenario.table.count }
        return leads.allSatisfy { $0.state == .finished || house.contains($0.number) }
    }

    /// Plans when the next process begins: when there is something to do again, and after a while; nil for one that died.
    mutating func planNextStart(after ending: RunEnding?, wallOffset: Duration, _ processCount: Int) {
        var random = generator(processCount, salt: 7)
        let pause = random.seconds(1...(ending == nil ? 300 : 90))
        let due = ending?.next.map { $0 - wallOffset } ?? now
        agenda.plan(.starts, at: max(due, now + pause))
    }
}

extension RunEnding {
    /// When there is something to do again, by the clock of the run; nil where nobody knows.
    fileprivate var next: Timestamp? {
        switch self {
        case .nothingDue(let next): next
        case .noCallerID(let hold), .accountFull(let hold): hold.until
        case .numbersBusy, .deadline, .attemptLimit, .stopped, .vendorUnavailable, .vendorRefused, .fenced: nil
        }
    }
}
