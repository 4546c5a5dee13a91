import DialModel
package import Pacing

/// The pacing controller, told what happens in the world.
package final class ControlledPolicy: DialPolicy {
    /// The controller.
    package private(set) var controller: PacingController
    private var calls: [PacedCall] = []
    private let segments: Int

    /// A controller that has to keep to one limit; `segments` is how many kinds of lead it tells apart at most.
    package init(
        _ scenario: Scenario, mode: PacingMode = .predictive, limit: Double = 0.03, hazard: LimitHazard = .strict,
        segments: Int = .max
    ) {
        let timeout = Duration.milliseconds(Int64(scenario.ringTimeout * 1000))
        controller = PacingController(
            settings: PacingSettings(mode: mode, ringTimeout: timeout, limits: [limit], hazard: hazard))
        self.segments = segments
    }

    package func calls(in world: World, at time: Double) -> Int {
        let segment = world.scenario.segment(of: world.calls.count).number % segments
        let situation = PacingSituation(
            idle: world.count(.idle), signedIn: world.signedIn, waiting: world.waiting.count,
            most: min(world.leadsLeft, world.freeLines), segment: segment,
            timeLeft: .milliseconds(Int64((world.scenario.duration - time) * 1000)))
        return controller.decide(situation, at: instant(time)).calls
    }

    package func heard(_ news: News, at time: Double) {
        let now = instant(time)
        switch news {
        case .placed(let call): calls.append(controller.placed(segment: call.segment % segments, at: now))
        case .answered(let call): controller.answered(calls[call.number], at: now)
        case .unanswered(let call):
            controller.endedUnanswered(calls[call.number], hasFailed: call.callee.kind == .refused, at: now)
        case .judged(let call):
            let answeredAt = instant(call.answeredAt)
            controller.judged(calls[call.number], answeredAt: answeredAt, isLive: call.callee.isLive, at: now)
        case .connected: controller.talkBegan(at: now)
        case .abandoned: controller.abandoned()
        case .talkEnded(_, let stay): if !stay.isLast { controller.talkEnded(since: instant(stay.since), at: now) }
        case .wrapUpEnded(_, let stay): if !stay.isLast { controller.wrapUpEnded(since: instant(stay.since), at: now) }
        case .leaves(let stay):
            if stay.state == .talking { controller.talkerLeft(since: instant(stay.since)) }
            if stay.state == .wrappingUp { controller.wrapperLeft(since: instant(stay.since)) }
        case .stays(let stay):
            if stay.state == .talking { controller.talkBegan(at: instant(stay.since)) }
            if stay.state == .wrappingUp { controller.wrapUpBegan(at: instant(stay.since)) }
        case .vendorFailed: controller.vendorFailed(at: now)
        }
    }

    private func instant(_ time: Double) -> Timestamp {
        Timestamp(milliseconds: 1_700_000_000_000 + Int64(time * 1000))
    }
}
