import DialModel
import Forecast
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

@Suite("A virtual ledger does what one on disk does")
struct VirtualLedgerTests {
    /// Dials most, holds some for a while, finishes a few, and now and then holds everyone; by lead and time alone.
    private struct FickleALot: ClaimPolicy {
        let seed: UInt64
        let lookBack = Duration.seconds(3_600)

        func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
            var draw = SplitMix64(
                seed: seed ^ UInt64(bitPattern: candidate.lead.value &* 1_000_003 &+ now.milliseconds / 1_000))
            // What the callee has been through is part of the question, so it is part of the answer.
            let dials = candidate.recentDials.count + candidate.otherDials.count + candidate.history.total
            switch draw.below(20) {
            case 0: return .finish(.expired)
            case 1...3: return .hold(until: now + .seconds(Int64(draw.below(900))), because: "calling_hours: test")
            case 4 where draw.below(3) == 0: return .holdEveryone(ClaimHold(until: now + .seconds(60), reason: "test"))
            default: return .dial(callerID: "057\(dials)")
            }
        }
    }

    private static let outcomes: [(CallOutcome, @Sendable (Timestamp) -> LeadDecision)] = [
        (.connected, { _ in .finish(.reached) }), (.busy, { .wait(until: $0 + .seconds(300)) }),
        (.noAnswer, { .wait(until: $0 + .seconds(700)) }), (.invalidNumber, { _ in .finish(.invalidNumber) }),
        (.noAnswer, { _ in .finish(.attemptsUsed) }), (.notPlaced, { .wait(until: $0 + .seconds(30)) }),
        (.rejected, { _ in .finish(.doNotCall) }),
    ]

    @Test("The same claims and closings lead to the same claims", arguments: 1...12 as ClosedRange<UInt64>)
    func differential(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let orders = [
            LeadOrder(), LeadOrder(sequence: .newest, retries: .last),
            LeadOrder(sequence: .drawn(seed: 3), retries: .mixed, shares: [.init(list: "list.csv", percent: 100)]),
        ]
        let order = orders[Int(random.below(3))]
        let policy = FickleALot(seed: seed)
        let stage = try await Stage(leads: 60, priorities: [0, 5, -1], alternates: 2)
        try await stage.ledger.arrange(stage.campaign, order)
        var now = RehearsedCampaign.start
        var virtual = VirtualLedger(try await stage.campaignLeads(policy, order: order, at: now), policy: policy)
        var open: [AttemptID] = []
        for step in 0..<250 {
            now = now + .milliseconds(Int64(random.below(90_000)))
            var changes: [AttemptChange] = []
            while !open.isEmpty, random.below(3) > 0 {
                let attempt = open.remove(at: Int(random.below(UInt64(open.count))))
                let (outcome, lead) = Self.outcomes[Int(random.below(UInt64(Self.outcomes.count)))]
                let closing = AttemptClosing(
                    outcome: outcome, endedAt: now, answeredAt: nil, connectedAt: nil, talk: nil, agent: nil,
                    vendorReason: "", shownCallerID: nil, lead: lead(now))
                changes.append(.closed(attempt, closing))
                virtual.close(attempt, closing)
            }
            let count = Int(random.below(6))
            let real = try await stage.claim(count, at: now, policy: policy, order: order, after: changes)
            let rehearsed = virtual.claim(count, idleAgents: nil, at: now)
            try #require(real == rehearsed, "seed \(seed), step \(step)")
            open += real.claims.map(\.attempt)
        }
        let figures = try await stage.ledger.figures(of: stage.campaign, at: now)
        let states = Dictionary(uniqueKeysWithValues: zip(LeadState.allCases, virtual.stateCounts))
        #expect(states[.finished] == figures.finishedCount && states[.standby] == figures.standby)
        #expect(states[.dialing] == figures.dialing && states[.waiting] == figures.due + figures.waiting)
        #expect(figures.finishedCount > 20 && figures.attempts > 60, "\(figures)")
        await stage.cleanUp()
    }

    @Test("A ledger read half-way goes on as the one on disk does")
    func halfWay() async throws {
        let stage = try await Stage(leads: 40, alternates: 1)
        let policy = FickleALot(seed: 9)
        var now = RehearsedCampaign.start
        for _ in 0..<6 {
            now = now + .seconds(200)
            let claims = try await stage.claim(5, at: now, policy: policy).claims
            let changes = claims.enumerated().map { index, claim in
                let lead: LeadDecision = index % 2 == 0 ? .finish(.attemptsUsed) : .wait(until: now + .seconds(400))
                return AttemptChange.closed(
                    claim.attempt,
                    AttemptClosing(
                        outcome: .noAnswer, endedAt: now, answeredAt: nil, connectedAt: nil, talk: nil, agent: nil,
                        vendorReason: "", shownCallerID: nil, lead: lead))
            }
            _ = try await stage.ledger.commit(changes, claiming: nil)
        }
        var virtual = VirtualLedger(try await stage.campaignLeads(policy, at: now), policy: policy)
        for _ in 0..<10 {
            now = now + .seconds(150)
            let real = try await stage.claim(3, at: now, policy: policy)
            #expect(virtual.claim(3, idleAgents: nil, at: now) == real)
        }
        await stage.cleanUp()
    }
}
