import DialEngine
import DialModel
import Pacing
import Testing

@Suite("An engine that shares its campaign with others")
struct SharingTests {
    private func allowance(_ agents: [Int], lines: Int = 10, ahead: Bool = true) -> RunnerAllowance {
        RunnerAllowance(agents: agents.map(Bench.agent), lines: lines, portion: 0.5, dialsAhead: ahead)
    }

    /// Leads are due and four agents idle, of whom the run may use these.
    private func bench(_ style: DialingStyle = .agentFirst, _ allowed: RunnerAllowance) -> Bench {
        var bench = Bench(style, runsFor: .seconds(3_600))
        bench.tell(.allowanceChanged(allowed))
        bench.begin(idle: 4)
        bench.tell(.agentsObserved(Bench.agents(4), asOf: bench.now + .milliseconds(1)), after: 1)
        return bench
    }

    @Test("It claims for the agents whom it was given, and on as many lines")
    func claims() {
        var two = bench(.agentFirst, allowance([1, 3]))
        #expect(two.log.contains(.claimLeads(2)) && !two.log.contains(.claimLeads(4)))
        let orders = two.claim(2).compactMap { directive -> AgentID? in
            if case .placeCall(let order) = directive { order.agent } else { nil }
        }
        #expect(orders == [Bench.agent(1), Bench.agent(3)])
        #expect(bench(.agentFirst, allowance([0, 1, 2], lines: 1)).log.contains(.claimLeads(1)))
        let none = bench(.agentFirst, .nothing)
        #expect(!none.log.contains { if case .claimLeads(let count) = $0 { count > 0 } else { false } })
    }

    @Test("An agent who is new to it has to be observed first: what was seen before may be over with another's call")
    func newAgents() {
        var bench = bench(.agentFirst, .nothing)
        #expect(!bench.tell(.allowanceChanged(allowance([0])), after: 1).contains(.claimLeads(1)))
        let seen = bench.tell(.agentsObserved(Bench.agents(4), asOf: bench.now + .milliseconds(1)), after: 1)
        #expect(seen.contains(.claimLeads(1)))
    }

    @Test("What it claimed and may not place any more is handed back, and its calls go on")
    func withdrawal() {
        var bench = bench(.agentFirst, allowance([0, 1]))
        bench.tell(.allowanceChanged(.nothing))
        let directives = bench.claim(2)
        #expect(!directives.contains { if case .placeCall = $0 { true } else { false } })
        let handedBack = directives.count { directive in
            if case .record(.closed(_, let end)) = directive { end.outcome == .notPlaced } else { false }
        }
        #expect(handedBack == 2)

        var placed = self.bench(.agentFirst, allowance([0, 1]))
        placed.claim(2)
        placed.tell(.allowanceChanged(.nothing))
        #expect(placed.engine.snapshot(at: placed.now).openCalls == 2)
        // They are held until their calls are over.
        #expect(placed.engine.agents.held == [Bench.agent(0), Bench.agent(1)])
        placed.tell(.callTurnedAway(AttemptID(1), .refused(.refused, reason: "")))
        #expect(placed.engine.agents.held == [Bench.agent(1)])
    }

    @Test("Out of date, it places one call for each idle agent and none ahead")
    func outOfDate() {
        let ahead = DialingStyle.customerFirst(.power(ratio: 3))
        #expect(bench(ahead, allowance([0, 1])).log.contains(.claimLeads(6)))
        let careful = bench(ahead, allowance([0, 1], ahead: false))
        #expect(careful.log.contains(.claimLeads(2)) && !careful.log.contains(.claimLeads(6)))
    }

    @Test("Attempts of a runner that is gone are looked up, and their agents kept")
    func takingOver() {
        var bench = bench(.agentFirst, allowance([0, 1]))
        bench.tell(.leadsClaimed(requested: 2, claims: [], nextDueAt: bench.now + .seconds(600)))
        let open = OpenAttempt(
            claim: Bench.claim(7), vendor: "v", state: .dialing, claimedAt: bench.now - .seconds(30), vendorCall: nil,
            agent: Bench.agent(3))
        let directives = bench.tell(.tookOver([open]), after: 1)
        #expect(
            directives.contains {
                if case .reconcile(let order) = $0 { order.attempt == AttemptID(7) } else { false }
            })
        #expect(bench.engine.agents.held.contains(Bench.agent(3)))
        let ended = CallProgress.ended(CallEnding(outcome: .connected, vendorReason: ""))
        let settled = bench.tell(
            .reconciled(
                AttemptID(7), .found(VendorCallID("c"), [DatedProgress(ended, at: bench.now)])), after: 1)
        #expect(settled.contains { if case .record(.closed(AttemptID(7), _)) = $0 { true } else { false } })
        #expect(!bench.engine.agents.held.contains(Bench.agent(3)))
    }

    @Test("It answers for its portion of what the campaign has had, and only in the window at hand")
    func answers() {
        func bench(_ counts: [AbandonmentCount], asOf seconds: Int) -> PacingDecision? {
            var bench = Bench(.customerFirst(.predictive)) { settings in
                settings.abandonment = [
                    AbandonmentAllowance(
                        limit: 0.03, since: Bench.start - .seconds(60), nextWindows: [Bench.start + .seconds(5)])
                ]
            }
            bench.tell(.allowanceChanged(allowance([0, 1, 2, 3])))
            for case .claimLeads(let count) in bench.begin(idle: 4) {
                bench.tell(.leadsClaimed(requested: count, claims: [], nextDueAt: bench.now, isCutShort: true))
            }
            bench.tell(.answersCounted(counts, asOf: Bench.start + .seconds(seconds)), after: 10)
            return bench.engine.decision
        }
        let much = [AbandonmentCount(live: 1_000, abandoned: 400)]
        let fresh = bench([AbandonmentCount()], asOf: 6)
        #expect(bench(much, asOf: 6) != fresh, "they have abandoned far too many")
        #expect(bench(much, asOf: 4) == fresh, "which was before the window began")
        #expect(bench(much + much, asOf: 6) == fresh, "and is not of these windows")
    }

    @Test("The windows at hand are told, and none unless all are known")
    func windows() {
        let allowances = [
            AbandonmentAllowance(limit: 0.03, since: Bench.start, nextWindows: [Bench.start + .seconds(5)]),
            AbandonmentAllowance(limit: 0.03, since: Bench.start - .seconds(9)),
        ]
        let engine = Bench(adjusting: { $0.abandonment = allowances }).engine
        #expect(engine.windowStarts(at: Bench.start) == [Bench.start, Bench.start - .seconds(9)])
        #expect(
            engine.windowStarts(at: Bench.start + .seconds(5)) == [
                Bench.start + .seconds(5), Bench.start - .seconds(9),
            ])
        let unknown = Bench(adjusting: { $0.abandonment = allowances + [AbandonmentAllowance(limit: 0.03)] }).engine
        #expect(unknown.windowStarts(at: Bench.start) == [])
    }

    @Test("Runners that share a broadcast place its calls together, and no more")
    func broadcast() {
        func placed(_ portion: Double?) -> Int {
            var bench = Bench(.customerFirst(.broadcast(callsPerMinute: 60)))
            if let portion {
                let allowed = RunnerAllowance(agents: [], lines: 90, portion: portion, dialsAhead: true)
                bench.tell(.allowanceChanged(allowed))
            }
            bench.tell(.started(leftOpen: []))
            bench.tell(.leadsClaimed(requested: 0, claims: [], nextDueAt: bench.now))
            var attempts: Int64 = 0
            for _ in 0..<80 {
                let claims = bench.tell(.timerFired(.pace), after: .milliseconds(500)).compactMap { directive in
                    if case .claimLeads(let count) = directive { count } else { nil }
                }
                for count in claims {
                    bench.claim(count, first: attempts + 1)
                    attempts += Int64(count)
                }
            }
            return Int(attempts)
        }
        let all = placed(nil)
        #expect(all > 30 && placed(1) == all)
        #expect(abs(placed(0.5) - all / 2) <= 1)
        #expect(placed(0) == 0)
    }

    @Test("What it does not have of lines or agents is told apart from there being none")
    func pauses() {
        #expect(bench(.agentFirst, allowance([0])).engine.snapshot(at: Bench.start).pause == nil)
        #expect(bench(.agentFirst, .nothing).engine.snapshot(at: Bench.start).pause == .withoutShare)
        #expect(bench(.agentFirst, allowance([])).engine.snapshot(at: Bench.start).pause == .withoutShare)
        var empty = Bench(runsFor: .seconds(60))
        empty.tell(.allowanceChanged(allowance([])))
        empty.begin(idle: 0)
        #expect(empty.engine.snapshot(at: empty.now).pause == .noAgents)
        #expect(bench(.agentFirst, allowance([0], lines: 3)).engine.snapshot(at: Bench.start).maxLines == 3)
    }

    @Test("It would dial unless it is told not to, or cannot see the vendor")
    func wouldDial() {
        var bench = bench(.agentFirst, .nothing)
        #expect(bench.engine.wouldDial)
        bench.tell(.pauseRequested(by: "ana"))
        #expect(!bench.engine.wouldDial)
        bench.tell(.resumeRequested)
        #expect(bench.engine.wouldDial)
        bench.tell(.vendorTroubled)
        #expect(!bench.engine.wouldDial)
        bench.tell(.vendorRecovered)
        bench.tell(.stopRequested)
        #expect(!bench.engine.wouldDial)
    }
}
