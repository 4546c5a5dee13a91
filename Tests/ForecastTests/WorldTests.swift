import CallModel
import CampaignRunner
import Compliance
import DialEngine
import DialModel
import Forecast
import Ledger
import Pacing
import Telephony
import Testing

@Suite("A virtual world keeps its rules")
struct WorldTests {
    private static let styles: [DialingStyle] = [
        .agentFirst, .customerFirst(.power(ratio: 2)), .customerFirst(.predictive),
        .customerFirst(.broadcast(callsPerMinute: 60)),
    ]

    /// What an export would show, to the last figure.
    private func text(_ figures: RunFigures) -> String {
        "\(figures.end.milliseconds) \(figures.outcomes) \(figures.talk) \(figures.wrapUp) \(figures.signedIn) "
            + "\(figures.abandonment) \(figures.peakLines) \(figures.delays) \(figures.callerIDs) \(figures.endings) "
            + "\(figures.events)"
    }

    @Test("The same seed makes the same run, and another seed another", arguments: styles)
    func seeds(_ style: DialingStyle) {
        var campaign = RehearsedCampaign(count: 300)
        campaign.engine.style = style
        #expect(text(campaign.run(seed: 7)) == text(campaign.run(seed: 7)))
        #expect(text(campaign.run(seed: 7)) != text(campaign.run(seed: 8)))
    }

    @Test("No agent is in two calls, no line is used twice, and lines stay within their limit", arguments: styles)
    func invariants(_ style: DialingStyle) {
        for seed in 1...5 as ClosedRange<UInt64> {
            var campaign = RehearsedCampaign(count: 200)
            campaign.engine.style = style
            campaign.engine.maxLines = 12
            campaign.model.noShow = 0.05
            campaign.model.patience = .exponential(mean: .seconds(4))
            campaign.centre.detection = seed.isMultiple(of: 2) ? CentreSettings.AnswerDetection() : nil
            campaign.centre.rhythm = ObservationRhythm(
                agents: .seconds(2), firstLook: .seconds(1), firstLooks: 2, laterLook: .seconds(5))
            var world = campaign.world(seed: seed)
            while world.step() {
                check(world, "seed \(seed)")
                #expect(world.lineCount <= 12)
            }
            #expect(world.ending == .nothingDue(next: nil), "seed \(seed): \(String(describing: world.ending))")
        }
    }

    @Test("Where the vendor is asked now and then, calls that may have been answered meanwhile are reckoned with")
    func polledVendor() {
        let polled = ObservationRhythm(
            agents: .seconds(2), firstLook: .seconds(1), firstLooks: 2, laterLook: .seconds(5))
        var shares: [Double] = []
        for rhythm in [polled, .prompt] {
            var count = AbandonmentCount(live: 0, abandoned: 0)
            for seed in 1...5 as ClosedRange<UInt64> {
                var campaign = RehearsedCampaign(count: 1_500)
                campaign.engine.style = .customerFirst(.predictive)
                campaign.engine.abandonment = [AbandonmentAllowance(limit: 0.03)]
                campaign.engine.rhythm = rhythm
                campaign.centre.agents = 200
                campaign.centre.rhythm = polled
                let abandonment = campaign.run(seed: seed).abandonment
                count.live += abandonment.live
                count.abandoned += abandonment.abandoned
            }
            shares.append(Double(count.abandoned) / Double(count.live))
        }
        // Whoever does not know of the rhythm takes them for calls that nobody picks up.
        #expect(shares[0] < 0.02 && shares[1] > shares[0] * 1.2, "\(shares)")
    }

    private func check(_ world: VirtualWorld, _ comment: Comment) {
        let open = world.calls.filter { ![.settingUp, .ended].contains($0.stage) }
        #expect(open.count <= world.lineCount, comment)
        let inCall = world.calls.filter { [.offered, .talking].contains($0.stage) }.compactMap(\.agent)
        #expect(Set(inCall).count == inCall.count, comment)
        for (index, agent) in world.agents.enumerated() {
            let talks = agent.state == .ringing || agent.state == .talking
            #expect(talks == inCall.contains(index), comment)
        }
    }

    @Test(
        "The engine gives calls to agents, plays messages and ends calls where the vendor lets it",
        arguments: [false, true])
    func handOff(_ playsMessage: Bool) {
        for seed in 1...3 as ClosedRange<UInt64> {
            var campaign = RehearsedCampaign(count: 200)
            campaign.engine.style = .customerFirst(.power(ratio: 4))
            campaign.engine.handOff = .byEngine
            campaign.engine.control = CallControl(hangsUp: true, playsMessage: playsMessage)
            campaign.model.noShow = 0.1
            campaign.model.patience = .constant(.seconds(20))
            campaign.centre.detection = CentreSettings.AnswerDetection()
            var world = campaign.world(seed: seed)
            var isMessageHeard = false
            while world.step() {
                check(world, "seed \(seed)")
                isMessageHeard = isMessageHeard || world.calls.contains { $0.stage == .hearing }
            }
            let figures = RunFigures(world)
            #expect(isMessageHeard == playsMessage && world.ending == .nothingDue(next: nil))
            #expect(figures.outcomes.total == world.ledger.attemptCount && world.lineCount == 0)
            #expect(figures.outcomes[.machine] > 0 && figures.outcomes[.abandoned] > 0)
            #expect(figures.outcomes[.connected] > 50)
        }
    }

    @Test("Every lead is somewhere, and every attempt has an outcome", arguments: styles)
    func balance(_ style: DialingStyle) {
        var campaign = RehearsedCampaign(count: 400)
        campaign.engine.style = style
        var world = campaign.world(seed: 3)
        while world.step() { #expect(world.ledger.stateCounts.reduce(0, +) == 400) }
        let figures = RunFigures(world)
        #expect(figures.finished == 400 && figures.endings.reduce(0, +) == 400 && figures.left.isEmpty)
        #expect(figures.outcomes.total == world.ledger.attemptCount && world.lineCount == 0)
        let reached = zip(LeadEnding.allCases, figures.endings).first { $0.0 == .reached }?.1
        #expect(reached == figures.outcomes[.connected])
        #expect(figures.outcomes[.connected] > 100 && figures.outcomes[.busy] > 0 && figures.outcomes[.noAnswer] > 0)
        #expect(figures.callerIDs.map(\.dials) == [figures.outcomes.mayHaveRung])
    }

    @Test("With agents first nobody waits; with more calls than agents people are abandoned")
    func abandonment() {
        var campaign = RehearsedCampaign(count: 500)
        campaign.model.patience = .constant(.seconds(30))
        #expect(campaign.run().outcomes[.abandoned] == 0)
        campaign.engine.style = .customerFirst(.power(ratio: 5))
        campaign.model.patience = .constant(.seconds(2))
        let figures = campaign.run()
        // Whom an agent reached too late was abandoned too.
        #expect(figures.abandonment.abandoned >= figures.outcomes[.abandoned])
        #expect(figures.abandonment.rate > 0.1 && figures.abandonment.live > figures.outcomes[.connected])
    }

    @Test("Dialling ahead keeps twelve agents busier than a call for each, and the limit in every run")
    func pacing() {
        var campaign = RehearsedCampaign(count: 500)
        campaign.centre.agents = 12
        campaign.engine.retry = RetryPolicy(rules: [:])
        // Whoever picks up late has the callee count as abandoned too, however carefully calls are placed.
        campaign.model.pickUp = .constant(.zero)
        for seed in 1...3 as ClosedRange<UInt64> {
            campaign.engine.style = .agentFirst
            campaign.engine.abandonment = []
            let alone = campaign.run(seed: seed)
            campaign.engine.style = .customerFirst(.predictive)
            campaign.engine.abandonment = [AbandonmentAllowance(limit: 0.03)]
            let ahead = campaign.run(seed: seed)
            #expect(ahead.utilisation > alone.utilisation, "\(ahead.utilisation) \(alone.utilisation)")
            #expect(!ahead.abandonment.exceeds(perMille: 30), "\(ahead.abandonment)")
        }
    }

    @Test("Many agents who begin a short list at once keep the limit, though the quick answers come first")
    func burst() {
        var campaign = RehearsedCampaign(count: 500)
        campaign.centre.agents = 200
        campaign.engine.style = .customerFirst(.predictive)
        campaign.engine.abandonment = [AbandonmentAllowance(limit: 0.03)]
        campaign.engine.retry = RetryPolicy(rules: [:])
        campaign.model.pickUp = .constant(.zero)
        for seed in 1...10 as ClosedRange<UInt64> {
            let abandonment = campaign.run(seed: seed).abandonment
            #expect(abandonment.live > 200 && !abandonment.exceeds(perMille: 30), "\(seed): \(abandonment)")
        }
    }

    @Test("More agents end earlier, and wait more")
    func agents() {
        var campaign = RehearsedCampaign(count: 600)
        campaign.engine.retry = RetryPolicy(rules: [:])
        let few = campaign.run()
        campaign.centre.agents = 30
        let many = campaign.run()
        #expect(many.end < few.end && many.utilisation < few.utilisation && many.peakLines > few.peakLines)
        #expect(few.outcomes.total == many.outcomes.total)
    }

    @Test("What the vendor detects as machines reaches no agent, but for its errors")
    func detection() {
        var campaign = RehearsedCampaign(count: 1_000)
        campaign.engine.retry = RetryPolicy(rules: [:])
        campaign.centre.detection = CentreSettings.AnswerDetection(falseMachines: 0, missedMachines: 0)
        let exact = campaign.run()
        campaign.centre.detection = CentreSettings.AnswerDetection(falseMachines: 0, missedMachines: 1)
        let blind = campaign.run()
        #expect(exact.outcomes[.machine] > 100 && blind.outcomes[.machine] == 0)
        #expect(blind.outcomes[.connected] > exact.outcomes[.connected])
    }

    @Test("What keeps calls from being placed is told: agents, lines, the vendor's rate, retries")
    func delays() {
        func share(_ delay: Delay, _ figures: RunFigures) -> Double {
            zip(Delay.allCases, figures.delays).first { $0.0 == delay }?.1 ?? 0
        }
        var campaign = RehearsedCampaign(count: 300)
        let plain = campaign.run()
        #expect(abs(plain.delays.reduce(0, +) - 1) < 1e-9)
        #expect(share(.retryWait, plain) > 0.5 && share(.agents, plain) > 0)
        // The hours between two attempts are nobody's working time.
        #expect(plain.agentHours < 10 * (plain.end - plain.start).seconds / 3_600 * 0.6)
        campaign.engine.retry = RetryPolicy(rules: [:])
        #expect(share(.agents, campaign.run()) > 0.5)
        campaign.engine.maxLines = 3
        #expect(share(.lines, campaign.run()) > 0.8)
        campaign.engine.maxLines = 1_000
        campaign.centre.requestsPerSecond = 0.05
        #expect(share(.requestRate, campaign.run()) > 0.5)
    }

    @Test("Attempts that an earlier run left open are settled, and their leads dialled")
    func leftOpen() async throws {
        let stage = try await Stage(leads: 5)
        let claim = try #require(try await stage.claim(1, at: RehearsedCampaign.start).claims.first)
        let leads = try await stage.campaignLeads(CallerIDRotation([]), at: RehearsedCampaign.start + .seconds(60))
        #expect(leads.leftOpen.map(\.claim.attempt) == [claim.attempt])
        var campaign = RehearsedCampaign(count: 0)
        campaign.leads = leads
        let figures = campaign.run()
        #expect(figures.finished == 5 && figures.outcomes.total >= 6)
        await stage.cleanUp()
    }

    @Test("A run costs a dozen events for each attempt, however many leads there are")
    func events() {
        var counts: [Double] = []
        for count in [400, 2_000] {
            var campaign = RehearsedCampaign(count: count)
            campaign.centre.agents = 50
            campaign.engine.style = .customerFirst(.power(ratio: 1.5))
            campaign.engine.retry = RetryPolicy(rules: [:])
            let figures = campaign.run()
            counts.append(Double(figures.events) / Double(figures.outcomes.total))
        }
        #expect(counts.allSatisfy { $0 > 3 && $0 < 12 }, "\(counts)")
        #expect(counts[1] < counts[0] * 1.2, "\(counts)")
    }
}
