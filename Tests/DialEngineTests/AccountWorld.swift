import DialEngine
import DialModel
import Pacing

/// A campaign with several accounts in virtual time: an engine for each, a router, leads, and vendors that may be away.
struct AccountWorld {
    /// How an account is out of order.
    enum Trouble: Hashable {
        /// Nothing answers, neither requests nor questions.
        case away
        /// Agents can be seen, and every request to place a call fails.
        case refusesRequests
    }

    struct Account {
        var engine: DialEngine
        let agents: Int
        var talk = Duration.seconds(60)
        /// Out of order from the first instant up to the second.
        var trouble: (kind: Trouble, from: Timestamp, to: Timestamp)?
        var timers: [DialTimer: Timestamp] = [:]
        var busy: Set<AgentID> = []
        var isTold = false
        var isToldOfOthers = false
        /// When calls were placed at the vendor.
        var placed: [Timestamp] = []
        /// Requests while it was out of order.
        var failedRequests: [Timestamp] = []
        var ending: RunEnding?

        func isTroubled(at now: Timestamp) -> Bool { trouble.map { $0.from <= now && now < $0.to } ?? false }
    }

    private enum Happening {
        case timer(DialTimer)
        case event(DialEvent)
        case look
    }

    private struct Planned {
        var at: Timestamp
        var sequence: Int
        var account: Int
        var happening: Happening
    }

    private(set) var now = Bench.start
    private(set) var router: AccountRouter
    private(set) var accounts: [Account]
    private var waiting: [(lead: LeadID, at: Timestamp)]
    private var open: [AttemptID: (lead: LeadID, account: Int, agent: AgentID?)] = [:]
    private var planned: [Planned] = []
    private var sequence = 0
    private var nextAttempt: Int64 = 1
    /// Leads that were called while a call to them was open, or after they were finished.
    private(set) var doubles = 0
    private(set) var finished: Set<LeadID> = []

    init(leads: Int, agents: [Int], by rule: RoutingRule, adjusting adjust: (inout [Account]) -> Void = { _ in }) {
        var settings = EngineSettings(style: .agentFirst)
        settings.retry = .standard
        accounts = agents.map { Account(engine: DialEngine(settings: settings), agents: $0) }
        router = AccountRouter((0..<agents.count).map { RoutedAccount("account-\($0)") }, by: rule)
        waiting = (0..<leads).map { (LeadID(Int64($0 + 1)), Bench.start) }
        adjust(&accounts)
        for index in accounts.indices {
            plan(.event(.started(leftOpen: [])), of: index, at: now)
            plan(.look, of: index, at: now + .milliseconds(10))
        }
    }

    /// Runs until every engine has ended, or until an instant.
    mutating func run(until end: Timestamp) {
        while let next = planned.first, next.at <= end, accounts.contains(where: { $0.ending == nil }) {
            planned.removeFirst()
            now = max(now, next.at)
            let index = next.account
            guard accounts[index].ending == nil else { continue }
            switch next.happening {
            case .timer(let timer):
                guard accounts[index].timers[timer] == next.at else { continue }
                accounts[index].timers[timer] = nil
                tell(.timerFired(timer), to: index)
            case .event(let event): tell(event, to: index)
            case .look: look(at: index)
            }
        }
    }

    // MARK: Private

    private mutating func plan(_ happening: Happening, of account: Int, at instant: Timestamp) {
        sequence += 1
        let entry = Planned(at: instant, sequence: sequence, account: account, happening: happening)
        let place = planned.firstIndex { $0.at > instant } ?? planned.endIndex
        planned.insert(entry, at: place)
    }

    private mutating func look(at index: Int) {
        plan(.look, of: index, at: now + .seconds(2))
        if accounts[index].isTroubled(at: now), accounts[index].trouble?.kind == .away {
            tell(.vendorTroubled, to: index)
            accounts[index].isTold = true
            return
        }
        if accounts[index].isTold { tell(.vendorRecovered, to: index) }
        accounts[index].isTold = false
        let observations = (0..<accounts[index].agents).map { number in
            let agent = Bench.agent(number)
            let isBusy = accounts[index].busy.contains(agent)
            return AgentObservation(id: agent, name: "", activity: isBusy ? .busy : .idle, since: nil)
        }
        tell(.agentsObserved(observations, asOf: now), to: index)
    }

    private mutating func tell(_ event: DialEvent, to index: Int) {
        let others = router.othersAreAtWork(beside: index)
        if others != accounts[index].isToldOfOthers {
            accounts[index].isToldOfOthers = others
            carryOut(accounts[index].engine.handle(.othersAtWork(others), at: now), of: index)
        }
        carryOut(accounts[index].engine.handle(event, at: now), of: index)
    }

    private mutating func carryOut(_ directives: [Directive], of index: Int) {
        router.note(accounts[index].engine.standing(at: now), of: index, at: now)
        for directive in directives {
            switch directive {
            case .claimLeads(let count): claim(count, for: index)
            case .record(let change): record(change, of: index)
            case .placeCall(let order): place(order, at: index)
            case .reconcile(let order):
                plan(.event(.reconciled(order.attempt, .notFound)), of: index, at: now + .seconds(1))
            case .setTimer(let timer, let at):
                accounts[index].timers[timer] = max(at, now)
                plan(.timer(timer), of: index, at: max(at, now))
            case .cancelTimer(let timer): accounts[index].timers[timer] = nil
            case .finish(let ending):
                accounts[index].ending = ending
                router.note(accounts[index].engine.standing(at: now), of: index, at: now)
            case .adopt, .takeOwnCalls, .connect, .playMessage, .hangUp:
                preconditionFailure("not of this style: \(directive)")
            }
        }
    }

    private mutating func claim(_ count: Int, for index: Int) {
        guard count > 0 else { return answer(claims: [], of: 0, allowed: 0, for: index) }
        switch router.answer(count, for: index, at: now) {
        case .wait(let until):
            tell(.turnAwaited(requested: count, until: until), to: index)
        case .over: tell(.attemptLimitReached(requested: count), to: index)
        case .place(let allowed, _):
            var claims: [Claim] = []
            while claims.count < allowed, let place = waiting.firstIndex(where: { $0.at <= now }) {
                let lead = waiting.remove(at: place).lead
                let attempt = AttemptID(nextAttempt)
                nextAttempt += 1
                if finished.contains(lead) || open.values.contains(where: { $0.lead == lead }) { doubles += 1 }
                open[attempt] = (lead, index, nil)
                claims.append(
                    Claim(
                        attempt: attempt, lead: lead, number: Bench.number(lead.value % 9_000), callerID: nil,
                        history: OutcomeCounts()))
            }
            router.claimed(claims.count, of: allowed, by: index, holdUntil: nil, at: now)
            answer(claims: claims, of: count, allowed: allowed, for: index)
        }
    }

    private mutating func answer(claims: [Claim], of count: Int, allowed: Int, for index: Int) {
        tell(
            .leadsClaimed(
                requested: count, claims: claims, nextDueAt: waiting.map { max($0.at, now) }.min(),
                isCutShort: allowed < count && claims.count == allowed), to: index)
    }

    private mutating func record(_ change: AttemptChange, of index: Int) {
        guard case .closed(let attempt, let closing) = change, let entry = open.removeValue(forKey: attempt) else {
            return
        }
        if let agent = entry.agent { accounts[index].busy.remove(agent) }
        if closing.outcome != .notPlaced { router.callEnded(isAnswered: true, of: index, at: now) }
        switch closing.lead {
        case .wait(let until): waiting.append((entry.lead, until))
        case .finish: finished.insert(entry.lead)
        }
    }

    private mutating func place(_ order: CallOrder, at index: Int) {
        _ = router.requestBegan(of: index)
        let attempt = order.attempt
        if accounts[index].isTroubled(at: now) {
            accounts[index].failedRequests.append(now)
            let failure = DialEvent.callTurnedAway(attempt, .unavailable(reason: "nobody answers"))
            plan(.event(failure), of: index, at: now + .seconds(1))
            router.requestEnded(.failed, after: .seconds(1), of: index, at: now)
            return
        }
        router.requestEnded(.given, after: .milliseconds(200), of: index, at: now)
        accounts[index].placed.append(now)
        if let agent = order.agent { accounts[index].busy.insert(agent) }
        open[attempt]?.agent = order.agent
        plan(
            .event(.callAccepted(attempt, VendorCallID("call-\(attempt.value)"))), of: index,
            at: now + .milliseconds(200))
        let answered = now + .seconds(5)
        plan(.event(.callProgressed(attempt, .connected(order.agent), at: answered)), of: index, at: answered)
        let over = answered + accounts[index].talk
        let ending = CallEnding(outcome: .connected, vendorReason: "")
        plan(.event(.callProgressed(attempt, .ended(ending), at: over)), of: index, at: over)
    }
}
