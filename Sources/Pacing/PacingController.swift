package import DialModel

/// How many calls to place now so that agents are busy and callees are not abandoned (`pacing.md`, section 3).
///
/// A value that is told what happens and asked how many calls to place, about twice a second of the run's time. It learns
/// how often, how soon and for how long from what it is told; nothing but the limits is configured. A decision costs the same
/// however many calls are in flight, because calls are counted by age and segment and agents by the age of their state.
package struct PacingController: Hashable, Sendable {
    /// What it was told before it began.
    package let settings: PacingSettings

    var liveShape: TimingShape
    /// Live answers that are yet to go into their shape.
    var youngAnswers: YoungAnswers
    var machineShape: TimingShape
    var failureShape: TimingShape
    var analysisShape: TimingShape
    var talkHazard = HazardCurve(edges: HazardCurve.talkEdges, mean: 240)
    var wrapUpHazard = HazardCurve(edges: HazardCurve.wrapUpEdges, mean: 25)
    var rates: AnswerRates
    var failures = FailureShares()
    var lateness = LateShare()
    var tables: PacingTables
    var budgets: [AbandonmentBudget]

    /// Calls that ring, by the step of their dial: a ring for each segment, one after another.
    var ringing: [Int32] = []
    let ring: Int
    /// How many calls ring in each segment.
    var ringingCounts: [Int] = []
    /// How many calls of each segment are to be placed and have not been yet.
    var requestedCounts: [Int] = []
    /// Calls under analysis and the sum of their chances to be live, by the step of their answer.
    var analysing = [Int32](repeating: 0, count: 32)
    var analysingChances = [Double](repeating: 0, count: 32)
    var analysingCount = 0
    var talking = AgeTally(edges: HazardCurve.talkEdges)
    var wrappingUp = AgeTally(edges: HazardCurve.wrapUpEdges)

    /// How many ages of ringing there are, in steps.
    let ages: Int
    var now = 0
    var beganAt: Int?
    var tablesMadeAt = 0
    var agents = 0
    /// Until when calls go out one at a time, because the vendor failed.
    var troubledUntil = 0
    /// The part of a broadcast's rate that is this runner's, from 0 to 1.
    private var portion = 1.0
    /// The calls that a broadcast's rate has earned and not placed.
    var earnedCalls = 0.0
    var exact = ExactOutlook()
    var normal = NormalOutlook()
    var question = PacingQuestion()

    /// A controller that knows nothing but its settings.
    package init(settings: PacingSettings) {
        self.settings = settings
        ages = max(4, Int(settings.ringTimeout.seconds / PacingGrid.step)) + 2
        ring = Ring.size(atLeast: ages + 8)
        liveShape = TimingShape(steps: ages, mean: 10, cv: 0.8, shift: 1)
        machineShape = TimingShape(steps: ages, mean: 15, cv: 0.5, shift: 1)
        failureShape = TimingShape(steps: ages, mean: 2.5, cv: 1, shift: 0.3)
        analysisShape = TimingShape(
            steps: PacingGrid.analysisSteps, mean: settings.waitsForAnalysis ? 3 : 0.1, cv: 0.5, shift: 0)
        let ripeAge = ages + PacingGrid.analysisSteps
        youngAnswers = YoungAnswers(ages: ages, ripeAge: ripeAge)
        rates = AnswerRates(ripeAge: ripeAge)
        tables = PacingTables(
            ages: ages, talkBins: HazardCurve.talkEdges.count, wrapUpBins: HazardCurve.wrapUpEdges.count,
            rhythm: settings.rhythm)
        budgets = settings.limits.map { AbandonmentBudget(limit: $0) }
        grow(to: 1)
    }

    // MARK: Calls

    /// A call is to be placed as soon as the vendor takes it; until then it counts, and grows no older.
    package mutating func requested(segment: Int) {
        grow(to: segment + 1)
        requestedCounts[segment] += 1
    }

    /// It was not placed after all, or nobody knows whether it was.
    package mutating func withdrewRequest(segment: Int) { requestedCounts[segment] -= 1 }

    /// The vendor has taken it; the answer is what to name it by from now on.
    package mutating func tookRequest(segment: Int, at now: Timestamp) -> PacedCall {
        requestedCounts[segment] -= 1
        return placed(segment: segment, at: now)
    }

    /// A call was placed; the answer is what to name it by from now on.
    package mutating func placed(segment: Int, at now: Timestamp) -> PacedCall {
        advance(to: now)
        grow(to: segment + 1)
        let call = PacedCall(segment: segment, step: PacingGrid.step(of: now))
        rates.dialled(segment, at: call.step)
        ringingCounts[segment] += 1
        ringing[slot(of: call)] += 1
        return call
    }

    /// It turned out never to have been placed.
    package mutating func withdrew(_ call: PacedCall) {
        rates.forget(call.segment, dialledAt: call.step)
        stopRinging(call)
    }

    /// It was answered, by whom is not known yet; `judged` follows.
    package mutating func answered(_ call: PacedCall, at now: Timestamp) {
        advance(to: now)
        stopRinging(call)
        let age = min(max(0, self.now - call.step), ages - 1)
        let share = rates.belief(of: call.segment).share
        let live = share * tables.liveAt[age]
        let machine = (1 - share) * failures.machineShare * tables.machineAt[age]
        analysing[self.now & 31] += 1
        analysingChances[self.now & 31] += live / max(1e-12, live + machine)
        analysingCount += 1
    }

    /// It was answered at `answeredAt`, and by whom has become known only now, with the answer.
    package mutating func reached(_ call: PacedCall, answeredAt: Timestamp, isLive: Bool, at now: Timestamp) {
        advance(to: now)
        stopRinging(call)
        // What passes between answer and news is no time in which the callee does not wait.
        learn(from: call, answeredAt: answeredAt, isLive: isLive, at: answeredAt)
    }

    /// Call progress analysis of a call answered at `answeredAt` is over: it is to be given to an agent, or it is not.
    package mutating func judged(_ call: PacedCall, answeredAt: Timestamp, isLive: Bool, at now: Timestamp) {
        advance(to: now)
        let answered = PacingGrid.step(of: answeredAt)
        let slot = answered & 31
        if analysing[slot] > 0 {
            analysingChances[slot] -= analysingChances[slot] / Double(analysing[slot])
            analysing[slot] -= 1
            analysingCount -= 1
        }
        learn(from: call, answeredAt: answeredAt, isLive: isLive, at: now)
    }

    private mutating func learn(from call: PacedCall, answeredAt: Timestamp, isLive: Bool, at now: Timestamp) {
        let ring = Double(PacingGrid.step(of: answeredAt) - call.step) * PacingGrid.step
        if isLive {
            youngAnswers.add(ring, dialledAt: call.step, to: &liveShape)
            analysisShape.observe((now - answeredAt).seconds)
            rates.answered(call.segment, dialledAt: call.step)
            countLive()
        } else {
            machineShape.observe(ring)
            failures.count(.machine)
        }
    }

    /// A call that it does not know of any more, or never did, was answered by a person.
    package mutating func answeredUnseen() { countLive() }

    private mutating func countLive() {
        for index in budgets.indices { budgets[index].countLive(agents: agents) }
    }

    /// It ended before anybody answered: the network refused it, or it rang in vain.
    package mutating func endedUnanswered(_ call: PacedCall, hasFailed: Bool, at now: Timestamp) {
        advance(to: now)
        stopRinging(call)
        if hasFailed { failureShape.observe(Double(self.now - call.step) * PacingGrid.step) }
        failures.count(hasFailed ? .failed : .unanswered)
    }

    /// A live answer found no agent in time.
    package mutating func abandoned() {
        for index in budgets.indices { budgets[index].countAbandoned() }
    }

    /// An agent who was idle took a call up, too late to count as in time or not.
    package mutating func tookUp(isLate: Bool) { lateness.count(isLate: isLate) }

    /// A new window of the limit at `index` begins, or an earlier run's figures of it are made known.
    package mutating func openWindow(_ index: Int, live: Int, abandoned: Int) {
        budgets[index].reopen(live: live, abandoned: abandoned)
    }

    /// The vendor failed to take a call: for two seconds calls go out one at a time (`pacing.md`, 3.10).
    package mutating func vendorFailed(at now: Timestamp) {
        advance(to: now)
        troubledUntil = self.now + 4
    }

    // MARK: Agents

    /// An agent began to talk, or one who talks stays on after all, at an instant that is not later than now.
    package mutating func talkBegan(at instant: Timestamp) { talking.add(at: PacingGrid.step(of: instant)) }

    /// An agent has been at work after a call since an instant and no talk of theirs was known, or they stay on after all.
    package mutating func wrapUpBegan(at instant: Timestamp) { wrappingUp.add(at: PacingGrid.step(of: instant)) }

    /// An agent who talks, or did, ceased to count on for further calls: they leave, or have left.
    package mutating func talkerLeft(since: Timestamp) { talking.remove(at: PacingGrid.step(of: since)) }

    /// An agent finished talking and has work to do.
    package mutating func talkEnded(since: Timestamp, at now: Timestamp) {
        advance(to: now)
        talking.remove(at: PacingGrid.step(of: since))
        talkHazard.observeEnd(after: (now - since).seconds)
        wrappingUp.add(at: PacingGrid.step(of: now))
    }

    /// An agent in work after a call ceased to count on for further calls.
    package mutating func wrapperLeft(since: Timestamp) { wrappingUp.remove(at: PacingGrid.step(of: since)) }

    /// An agent is done with the work after a call.
    package mutating func wrapUpEnded(since: Timestamp, at now: Timestamp) {
        advance(to: now)
        wrappingUp.remove(at: PacingGrid.step(of: since))
        wrapUpHazard.observeEnd(after: (now - since).seconds)
    }

    // MARK: Time

    /// Calls that are to be placed, that ring, or that are under analysis.
    package var inFlight: Int {
        requestedCounts.reduce(0, +) + ringingCounts.reduce(0, +) + analysingCount
    }

    /// From now on a broadcast goes on at this part of its rate, from 0 to 1.
    package mutating func share(_ portion: Double, at now: Timestamp) {
        advance(to: now)
        self.portion = portion
    }

    /// Lets time go on; nothing ever goes back.
    mutating func advance(to instant: Timestamp) {
        let step = PacingGrid.step(of: instant)
        guard step > now else { return }
        if beganAt == nil {
            beganAt = step
        } else {
            let passed = Double(min(step - now, 20)) * PacingGrid.step
            talkHazard.expose(talking.counts, for: passed)
            wrapUpHazard.expose(wrappingUp.counts, for: passed)
            if case .broadcast(let rate) = settings.mode {
                earnedCalls = min(earnedCalls + portion * rate / 60 * passed, max(1, rate / 60))
            }
        }
        now = step
        talking.advance(to: step)
        wrappingUp.advance(to: step)
        youngAnswers.advance(to: step, into: &liveShape)
        rates.advance(to: step, memory: max(600, 12 * Double(agents)))
    }

    /// Makes up what is believed of rates and times anew, the costlier part now and then, and oftener at the beginning.
    mutating func takeStock() {
        let isEarly = now - (beganAt ?? now) < 600
        if now - tablesMadeAt >= (isEarly ? 10 : 36) { remakeTables() }
        rates.judge(ripeness: tables.ripeness, from: firstTellingAge)
    }

    private mutating func remakeTables() {
        tablesMadeAt = now
        tables.rebuild(live: liveShape, machine: machineShape, failure: failureShape, analysis: analysisShape)
        tables.rebuild(talk: talkHazard, wrapUp: wrapUpHazard)
    }

    /// Younger dials say nothing of the rates: when answers come is hardly known of them.
    private var firstTellingAge: Int {
        if liveShape.observations >= 60 { return AnswerRates.firstAge }
        return tables.ripeness.firstIndex { $0 > 0.8 } ?? ages
    }

    private mutating func grow(to segments: Int) {
        while ringingCounts.count < segments {
            ringingCounts.append(0)
            requestedCounts.append(0)
            ringing.append(contentsOf: repeatElement(0, count: ring))
        }
        rates.grow(to: segments)
    }

    private func slot(of call: PacedCall) -> Int { call.segment * ring + call.step & (ring - 1) }

    private mutating func stopRinging(_ call: PacedCall) {
        ringingCounts[call.segment] -= 1
        ringing[slot(of: call)] -= 1
    }
}

/// What becomes of calls that are no live answers, in discounted counts.
struct FailureShares: Hashable, Sendable {
    enum Kind { case machine, failed, unanswered }

    private var machine = 2.5
    private var failed = 1.0
    private var total = 10.0

    /// The share that machines answer.
    var machineShare: Double { machine / total }
    /// The share that the network refuses.
    var failedShare: Double { failed / total }

    /// Counts one; a thousand later ones make it fade.
    mutating func count(_ kind: Kind) {
        let fading = 0.999
        machine = machine * fading + (kind == .machine ? 1 : 0)
        failed = failed * fading + (kind == .failed ? 1 : 0)
        total = total * fading + 1
    }
}

/// How often an agent who is idle takes a call up too late, in discounted counts: no pace of dialling helps against it, and
/// it is spent from what may be abandoned all the same.
struct LateShare: Hashable, Sendable {
    private var late = 0.0
    private var total = 100.0

    /// The share of calls that idle agents take up too late.
    var share: Double { late / total }

    /// Counts one; a thousand later ones make it fade.
    mutating func count(isLate: Bool) {
        let fading = 0.999
        late = late * fading + (isLate ? 1 : 0)
        total = total * fading + 1
    }

    /// More of so many live answers than will be taken up too late, but for one time in a few hundred.
    func most(of answers: Double) -> Int {
        let mean = share * answers
        return Int((mean + 3 * mean.squareRoot()).rounded(.up))
    }
}
