package import DialEngine
package import DialModel
package import Telephony

/// One vendor client for several campaigns that run at the same time and share its agents.
///
/// Each campaign is handed a `VendorShare`, which looks to it like a vendor of its own: it hears of its own calls and of the
/// agents who work for it at present, and can call for nobody else. `run()` observes the vendor once for all of them.
package actor SharedVendor {
    /// A call that an agent has, or that is being placed for them.
    private struct Engagement {
        var campaign: Int
        var attempt: AttemptID
        var since: Timestamp
    }

    /// How often agents are divided anew while nothing is heard of them.
    private static let interval = Duration.seconds(2)
    /// How long an agent who is observed to be idle is believed to have a call all the same: longer than any phone rings.
    private static let engagementLimit = Duration.seconds(180)

    nonisolated let vendor: any TelephonyVendor
    private let clock: any RunClock
    private var sharing: AgentSharing
    /// Who hears of what happens to the calls of each campaign, while it is being run.
    private var reports: [(@Sendable (VendorEvent) async -> Void)?]
    private var runners: [CampaignRunner] = []
    private var attempts: [AttemptID: Int] = [:]
    private var engagements: [AgentID: Engagement] = [:]
    private var observed: (agents: [AgentObservation], asOf: Timestamp)?
    private var trouble: VendorError?

    /// A vendor for as many campaigns as there are claimants.
    package init(_ vendor: any TelephonyVendor, claimants: [AgentClaimant], clock: any RunClock) {
        self.vendor = vendor
        self.clock = clock
        sharing = AgentSharing(claimants)
        reports = claimants.map { _ in nil }
    }

    /// What one campaign, by its place among the claimants, is to take for its vendor.
    package nonisolated func share(ofCampaign campaign: Int) -> VendorShare {
        VendorShare(shared: self, campaign: campaign)
    }

    /// Observes the vendor for all campaigns until cancelled.
    ///
    /// The campaigns' runners, in the order of the claimants, are asked what they have use for agents for.
    package nonisolated func run(for runners: [CampaignRunner]) async {
        await begin(for: runners)
        await withDiscardingTaskGroup { group in
            group.addTask { await self.vendor.run { event in await self.take(event) } }
            group.addTask {
                while (try? await self.clock.sleep(for: Self.interval)) != nil { await self.divideAgain() }
            }
        }
    }

    private func begin(for runners: [CampaignRunner]) {
        self.runners = runners
    }

    // MARK: For the shares

    func join(_ campaign: Int, report: @escaping @Sendable (VendorEvent) async -> Void) async {
        reports[campaign] = report
        if let trouble { await report(.trouble(trouble)) }
        await divideAgain()
    }

    func leave(_ campaign: Int) async {
        reports[campaign] = nil
        await divideAgain()
    }

    /// Notes whose attempt it is, before the vendor hears of it.
    func follow(_ attempt: AttemptID, of campaign: Int) {
        attempts[attempt] = campaign
    }

    /// Keeps an agent for a call; false if they work for another campaign by now.
    func engage(_ agent: AgentID, for attempt: AttemptID, of campaign: Int) -> Bool {
        guard sharing.owner(of: agent) ?? campaign == campaign,
            engagements[agent].map({ $0.campaign == campaign }) ?? true
        else { return false }
        engagements[agent] = Engagement(campaign: campaign, attempt: attempt, since: clock.now)
        return true
    }

    /// Lets go of the agents of a call that was certainly not placed, or is over.
    func release(_ attempt: AttemptID) {
        attempts[attempt] = nil
        engagements = engagements.filter { $0.value.attempt != attempt }
    }

    /// Lets go of an agent who did not get a call.
    func release(_ agent: AgentID, from attempt: AttemptID) {
        if engagements[agent]?.attempt == attempt { engagements[agent] = nil }
    }

    // MARK: Events

    private func take(_ event: VendorEvent) async {
        switch event {
        case .agents(let agents, let asOf):
            observed = (agents, asOf)
            await divideAgain()
        case .call(let attempt, let progress, _):
            guard let campaign = attempts[attempt] else { return }
            note(progress, of: attempt, of: campaign)
            await reports[campaign]?(event)
        // Campaigns whose calls the vendor chooses share their agents with nobody.
        case .ownCall: return
        case .agentUnusable:
            for report in reports { await report?(event) }
        case .trouble(let error):
            trouble = error
            for report in reports { await report?(event) }
        case .recovered:
            trouble = nil
            for report in reports { await report?(event) }
        }
    }

    private func note(_ progress: CallProgress, of attempt: AttemptID, of campaign: Int) {
        switch progress {
        case .connected(let agent?):
            engagements[agent] = Engagement(campaign: campaign, attempt: attempt, since: clock.now)
        case .agentMissed(let agent): release(agent, from: attempt)
        case .ended: release(attempt)
        case .ringing, .answered, .connected(nil): return
        }
    }

    private func divideAgain() async {
        var demands: [AgentDemand] = []
        for (campaign, report) in reports.enumerated() {
            let isRun = report != nil && runners.indices.contains(campaign)
            demands.append(isRun ? await runners[campaign].demand() : AgentDemand())
        }
        guard let observed else { return }
        let idle = observed.agents.filter { $0.activity == .idle }.map(\.id)
        for agent in idle {
            guard let since = engagements[agent]?.since, observed.asOf - since > Self.engagementLimit else { continue }
            engagements[agent] = nil
        }
        let parts = sharing.divide(
            observed.agents, engaged: engagements.mapValues(\.campaign), demands: demands)
        for (report, part) in zip(reports, parts) { await report?(.agents(part, asOf: observed.asOf)) }
    }
}

/// A vendor as one of several campaigns sees it that share it.
package final class VendorShare: AnsweredCallConnecting, CallReleasing, MessagePlaying, AgentSupervising {
    private let shared: SharedVendor
    private let campaign: Int

    init(shared: SharedVendor, campaign: Int) {
        self.shared = shared
        self.campaign = campaign
    }

    package var abilities: VendorAbilities { shared.vendor.abilities }

    package func prepare(callerIDs: [String]) async throws(VendorError) {
        try await shared.vendor.prepare(callerIDs: callerIDs)
    }

    package func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        await shared.follow(request.attempt, of: campaign)
        if let agent = request.agent, await !shared.engage(agent, for: request.attempt, of: campaign) {
            await shared.release(request.attempt)
            throw taken(.throttled(after: .seconds(1)), "placeCall")
        }
        do throws(VendorError) {
            return try await shared.vendor.placeCall(request)
        } catch {
            if error.meaning != .outcomeUnknown { await shared.release(request.attempt) }
            throw error
        }
    }

    package func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation {
        await shared.follow(call.attempt, of: campaign)
        let finding = try await shared.vendor.reconcile(call)
        if finding == .neverPlaced { await shared.release(call.attempt) }
        return finding
    }

    package func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {
        await shared.join(campaign, report: report)
        let (end, continuation) = AsyncStream.makeStream(of: Never.self)
        await withTaskCancellationHandler {
            for await _ in end {}
        } onCancel: {
            continuation.finish()
        }
        await shared.leave(campaign)
    }

    package func connect(_ call: LiveCall, to agent: AgentID, notAfter: Timestamp) async throws(VendorError) {
        guard let vendor = shared.vendor as? any AnsweredCallConnecting else { throw lacking("connect") }
        guard await shared.engage(agent, for: call.attempt, of: campaign) else {
            throw taken(.refused(.agentMissed), "connect")
        }
        do throws(VendorError) {
            try await vendor.connect(call, to: agent, notAfter: notAfter)
        } catch {
            if error.meaning != .outcomeUnknown { await shared.release(agent, from: call.attempt) }
            throw error
        }
    }

    package func hangUp(_ call: LiveCall) async throws(VendorError) {
        guard let vendor = shared.vendor as? any CallReleasing else { throw lacking("hangUp") }
        try await vendor.hangUp(call)
    }

    package func playMessage(_ call: LiveCall) async throws(VendorError) {
        guard let vendor = shared.vendor as? any MessagePlaying else { throw lacking("playMessage") }
        try await vendor.playMessage(call)
    }

    package func order(_ order: AgentOrder, of agent: AgentID) async throws(VendorError) {
        guard let vendor = shared.vendor as? any AgentSupervising else { throw lacking(order.rawValue) }
        try await vendor.order(order, of: agent)
    }

    package func intervene(
        _ intervention: CallIntervention, inCallOf agent: AgentID
    ) async throws(VendorError) {
        guard let vendor = shared.vendor as? any AgentSupervising else { throw lacking("intervene") }
        try await vendor.intervene(intervention, inCallOf: agent)
    }

    private func taken(_ meaning: VendorError.Meaning, _ operation: String) -> VendorError {
        VendorError(
            meaning, vendor: "autodialer", operation: operation, code: "AgentOfAnotherCampaign",
            message: "the agent works for another campaign by now")
    }

    private func lacking(_ operation: String) -> VendorError {
        VendorError(
            .misconfigured, vendor: "autodialer", operation: operation, code: "NotSupported",
            message: "this vendor cannot do it")
    }
}
