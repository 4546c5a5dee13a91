package import DialModel
import EventWire
package import Telephony

/// The client of a CCPaaS tenant: agents' browsers run the vendor's SDK, and a page of ours beside it carries commands in
/// and events out (`vendors/alibaba-udesk.md`, part B, way U-C).
///
/// The vendor's own connection is undocumented, so nothing can be asked of it but through a page; an agent whose page is
/// not there cannot be called for. Each call is made at one agent's phone. The port has no use for handing answered calls
/// over, because the agent is on the line before the callee.
package final class UdeskBridgeVendor: TelephonyVendor {
    let account: UdeskBridgeAccount
    let host: any PageHosting
    let clock: any RunClock
    let page: BridgePage
    let inbox: BridgeInbox

    /// A client for one campaign's group of agents; `seed` names the sessions of pages.
    package init(
        account: UdeskBridgeAccount, group: String, host: any PageHosting, clock: any RunClock, seed: UInt64
    ) {
        self.account = account
        self.host = host
        self.clock = clock
        page = BridgePage(account: account)
        inbox = BridgeInbox(
            floor: BridgeFloor(
                account: account, group: group, rhythm: BridgeRhythm(speed: clock.speed), seed: seed, now: clock.now))
    }

    package var abilities: VendorAbilities { account.abilities }

    /// Begins to listen for pages; everything else shows only once they come, so each page's agent is held to it then.
    package func prepare(callerIDs: [String]) async throws(VendorError) {
        do {
            try await host.open()
        } catch {
            throw self.error(.misconfigured, "listen", code: "CannotListen", "\(error)")
        }
        let address = host.address ?? ""
        let hasAgents = inbox.state.with { state in
            state.floor.callerIDs = callerIDs
            state.floor.address = address
            return !state.floor.seats.isEmpty
        }
        guard hasAgents else {
            throw error(
                .misconfigured, "agents_file", code: "NoAgents", "agents_file names nobody of the campaign's group")
        }
    }

    package func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        guard case .placed(let call) = try await ask(.place(request)) else { throw noRun }
        return call
    }

    package func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation {
        guard case .reconciled(let finding) = try await ask(.reconcile(call)) else { throw noRun }
        return finding
    }

    func ask(_ request: BridgeRequest) async throws(VendorError) -> BridgeReply {
        guard let answer = await inbox.ask({ .asked($0, request) }, at: { self.clock.now }) else { throw noRun }
        return try answer.get()
    }

    private var noRun: VendorError {
        error(.unavailable, "bridge", code: "NotRunning", "no page is served; nothing was sent")
    }

    private func error(
        _ meaning: VendorError.Meaning, _ operation: String, code: String, _ message: String
    ) -> VendorError {
        VendorError(
            meaning, vendor: account.name, operation: operation, code: code,
            message: Redaction.clean(message, secret: account.secret))
    }
}

extension UdeskBridgeVendor: CallReleasing {
    package func hangUp(_ call: LiveCall) async throws(VendorError) {
        _ = try await ask(.hangUp(call))
    }
}

extension UdeskBridgeVendor: AgentSupervising {
    package func order(_ order: AgentOrder, of agent: AgentID) async throws(VendorError) {
        _ = try await ask(.order(order, agent))
    }

    /// A supervisor who listens, joins or takes over does so at the page of an agent of the account, whose number stands for
    /// the phone.
    package func intervene(_ intervention: CallIntervention, inCallOf agent: AgentID) async throws(VendorError) {
        _ = try await ask(.intervene(intervention, agent))
    }
}

extension UdeskBridgeVendor: NumberDirectory {
    /// The numbers that the agents whose pages are there may show; without a run, pages are waited for a while.
    package func outboundNumbers() async throws(VendorError) -> [OutboundNumber] {
        let asking = { @Sendable () async -> Result<BridgeReply, VendorError>? in
            await self.inbox.ask({ .asked($0, .numbers) }, at: { self.clock.now })
        }
        var answer = await asking()
        if answer == nil { answer = await serving(asking) }
        guard case .numbers(let numbers)? = try answer?.get() else { throw noRun }
        return numbers.map { OutboundNumber($0) }
    }
}
