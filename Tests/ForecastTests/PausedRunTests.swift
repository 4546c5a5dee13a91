import CallModel
import DialEngine
import DialModel
import Pacing
import Testing

@testable import Forecast

@Suite("A campaign that is paused now and then")
struct PausedRunTests {
    @Test("It reaches as many as one that is not, nobody is dialled meanwhile, and no more callees are abandoned")
    func pauses() {
        var (shares, pausedShares) = (0.0, 0.0)
        let seeds = 1...4 as ClosedRange<UInt64>
        for seed in seeds {
            var campaign = RehearsedCampaign(count: 200)
            campaign.engine.style = .customerFirst(.predictive)
            // Nobody is called again, so that the hours until then need not be passed.
            campaign.engine.retry = RetryPolicy(rules: [:])
            shares += finish(campaign.world(seed: seed), pausing: false)
            pausedShares += finish(campaign.world(seed: seed), pausing: true)
        }
        let (plain, paused) = (shares / Double(seeds.count), pausedShares / Double(seeds.count))
        // The share of so few runs varies by a point or two; what a burst after each pause would add is far more.
        #expect(paused <= plain + 0.02, "\(paused) abandoned with pauses, \(plain) without")
    }

    /// Runs a world to its end, with a pause of five minutes in every quarter of an hour; the share of the abandoned.
    private func finish(_ start: VirtualWorld, pausing: Bool) -> Double {
        var world = start
        let begin = world.now
        // While nobody is called there is nothing that time could be told by.
        for minute in 0..<720 { world.events.add(.lookAtAgents, at: begin + .seconds(60 * minute)) }
        var placed = 0
        while world.step() {
            let minute = (world.now - begin).milliseconds / 60_000
            let isMeantToPause = pausing && minute % 15 >= 10
            if isMeantToPause, world.engine.pausedBy != nil {
                #expect(world.calls.count == placed, "a call was placed while paused")
            }
            placed = world.calls.count
            if isMeantToPause != (world.engine.pausedBy != nil) {
                world.inbox.append(isMeantToPause ? .pauseRequested(by: "op") : .resumeRequested)
            }
        }
        #expect(world.ending == .nothingDue(next: nil))
        return world.tally.abandonment.rate
    }
}
