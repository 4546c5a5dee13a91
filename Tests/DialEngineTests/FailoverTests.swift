import DialEngine
import DialModel
import Testing

@Suite("A campaign with an account that is out of order for ten minutes")
struct FailoverTests {
    private static let troubleFrom = Bench.start + .seconds(300)
    private static let troubleTo = troubleFrom + .seconds(600)

    private func world(_ kind: AccountWorld.Trouble, _ rule: RoutingRule) -> AccountWorld {
        AccountWorld(leads: 600, agents: [10, 10], by: rule) {
            $0[0].trouble = (kind, Self.troubleFrom, Self.troubleTo)
        }
    }

    /// Calls that an account placed in a span.
    private func calls(_ account: AccountWorld.Account, from: Timestamp, to: Timestamp) -> Int {
        account.placed.count { $0 >= from && $0 < to }
    }

    @Test(
        "The other carries on as before, and the first is back within minutes",
        arguments: [AccountWorld.Trouble.away, .refusesRequests], [RoutingRule.order, .shares([50, 50])])
    func tenMinutes(kind: AccountWorld.Trouble, rule: RoutingRule) {
        var world = world(kind, rule)
        world.run(until: Bench.start + .seconds(86_400))
        let (first, second) = (world.accounts[0], world.accounts[1])
        #expect(world.finished.count == 600 && world.doubles == 0)

        #expect(calls(first, from: Self.troubleFrom, to: Self.troubleTo) == 0)
        // Ten agents with a call of 65 seconds each, seen idle every two seconds: about ninety in ten minutes.
        let during = calls(second, from: Self.troubleFrom, to: Self.troubleTo)
        #expect(during >= 75, "\(during) calls, and never more than ten at a time")

        // Single calls are tried, and soon it is used as before.
        let back = Self.troubleTo + AccountBreaker.pauseLimit
        #expect(calls(first, from: Self.troubleTo, to: back) > 0)
        #expect(calls(first, from: back, to: back + .seconds(300)) >= 30)
        if kind == .refusesRequests {
            #expect(world.router.breaker(of: 0).state == .closed)
            // Some before it is noticed, and then single ones.
            #expect(first.failedRequests.count <= 30, "\(first.failedRequests.count)")
        }
        for account in world.accounts { #expect(account.ending == .nothingDue(next: nil)) }
    }

    @Test("Before and after, shares are kept within two points")
    func shares() {
        var world = AccountWorld(leads: 2_000, agents: [20, 20], by: .shares([70, 30]))
        world.run(until: Bench.start + .seconds(3_600))
        let carried = world.router.carried
        let sum = carried.reduce(0, +)
        #expect(sum > 700, "\(carried)")
        #expect(abs(carried[0] * 100 / sum - 70) <= 2, "\(carried)")
    }

    @Test("With everything out of order the run ends as one whose vendor is away")
    func bothAway() {
        var world = AccountWorld(leads: 600, agents: [5, 5], by: .order) {
            for index in 0..<2 { $0[index].trouble = (.away, Self.troubleFrom, Self.troubleTo) }
        }
        world.run(until: Bench.start + .seconds(86_400))
        #expect(world.accounts.map(\.ending) == [.vendorUnavailable, .vendorUnavailable])
        #expect(world.now < Self.troubleTo)
    }
}
