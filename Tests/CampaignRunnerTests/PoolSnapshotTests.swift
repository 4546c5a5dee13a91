import CallerID
import CampaignRunner
import DialModel
import Ledger
import Testing

@Suite("A pool as the ledger tells it")
struct PoolSnapshotTests {
    /// Ten in the morning in Shanghai.
    private static let now = Timestamp(milliseconds: 1_768_356_000_000)

    private func snapshot(
        _ numbers: [OutboundNumber], held: [CallerIDUse] = [], usages: [CallerIDUsage] = []
    ) -> PoolSnapshot {
        let snapshot = CallerIDSnapshot(at: Self.now, numbers: numbers, held: held, usages: usages)
        return PoolSnapshot(snapshot, pool: CallerIDPool(id: "east"), at: Self.now)
    }

    private func member(_ number: String, _ limits: NumberLimits = NumberLimits()) -> OutboundNumber {
        OutboundNumber(number, pools: ["east"], limits: limits)
    }

    @Test("Only the pool's numbers that dial out are in it")
    func candidates() {
        let numbers = [
            member("02588880001"), OutboundNumber("02588880002", pools: ["west"]),
            OutboundNumber("02588880003", usage: .inbound, pools: ["east"]), member("4008880004"),
        ]
        #expect(snapshot(numbers).members.map(\.number.number) == ["02588880001"])
    }

    @Test("Lines that are held count until they lapse, each for its own number")
    func held() {
        let lapsed = Self.now - CallerIDUse.longestHold
        let held = [
            CallerIDUse(attempt: AttemptID(1), callerID: "02588880001", claimedAt: Self.now - .seconds(5)),
            CallerIDUse(attempt: AttemptID(2), callerID: "02588880001", claimedAt: lapsed),
            CallerIDUse(attempt: AttemptID(3), callerID: "02588880009", claimedAt: Self.now),
        ]
        let pool = snapshot([member("02588880001"), member("02588880002")], held: held)
        #expect(pool.members.map { $0.usage.inFlight(at: Self.now) } == [1, 0])
    }

    @Test("Dials of today and the last dial bear on caps and rest")
    func usage() {
        let usages = [
            CallerIDUsage(callerID: "02588880001", dialsToday: 7, lastDialAt: Self.now - .seconds(60)),
            CallerIDUsage(callerID: "02588880002", dialsToday: 1, lastDialAt: Self.now - .seconds(60)),
        ]
        let pool = snapshot(
            [
                member("02588880001", NumberLimits(maxPerDay: 7)),
                member("02588880002", NumberLimits(maxPerDay: 7, minGap: .seconds(61))), member("02588880003"),
            ], usages: usages)
        let request = CallerIDRequest(region: NumberRegion())
        let selection = CallerIDSelection.select(request, from: pool, at: Self.now, seed: 1)
        #expect(selection.verdicts.map(\.reason) == [.atDailyCap, .coolingDown, nil])
    }

    @Test("A number that nobody answers is flagged, but not where nobody answers anyway", arguments: [8, 7])
    func flagged(answered: Int) {
        let others: [CallOutcome] = (0..<50).map { $0 < answered ? .connected : .noAnswer }
        let usages = [
            CallerIDUsage(callerID: "02588880001", outcomes: [CallOutcome](repeating: .noAnswer, count: 50)),
            CallerIDUsage(callerID: "02588880002", outcomes: others),
        ]
        let pool = snapshot([member("02588880001"), member("02588880002")], usages: usages)
        #expect(pool.members.map(\.isFlagged) == [answered == 8, false])
    }

    @Test("A pool of virtual numbers counts the minute of all the numbers that are bound to it")
    func virtualDials() {
        let axb = VirtualPool(id: "axb", size: 2)
        let numbers = [("02588880001", "east"), ("02588880002", "west")].map { number, pool in
            OutboundNumber(number, pools: [pool], virtual: VirtualNumber(pool: axb, region: NumberRegion()))
        }
        let times = [Self.now - .seconds(9), Self.now - .seconds(8)]
        let usages = zip(numbers, times).map { CallerIDUsage(callerID: $0.number, lastMinute: [$1]) }
        #expect(snapshot(numbers, usages: usages).virtualDials == ["axb": times])
    }

    @Test("A callee's day leaves out yesterday, what rang nobody, and what is still to come")
    func callee() {
        let ago: [(Double, CallOutcome?, String)] = [
            (11 * 3_600, .noAnswer, "1"), (3_600, .busy, "2"), (300, .refused, "3"), (300, nil, "4"),
            (301, .connected, "5"), (-1, .connected, "6"),
        ]
        let usage = CalleeUsage(
            ago.map { CalleeDial(lead: LeadID(1), at: Self.now - .seconds($0.0), callerID: $0.2, outcome: $0.1) },
            at: Self.now)
        #expect(usage.callersToday == ["2", "4", "5"])
        #expect(usage.dialsToday == 3)
        #expect(usage.recentDials == [Self.now - .seconds(300)])
    }
}
