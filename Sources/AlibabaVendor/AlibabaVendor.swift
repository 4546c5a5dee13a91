import COpenSSL
package import DialModel
package import Telephony

/// The client of Alibaba Cloud Call Center 1.0: `DialEx` places calls customer first, everything else is asked for by
/// polling (`vendors/alibaba-udesk.md`, A6).
///
/// The vendor can neither end a call nor tell a person from a machine, and never says that a phone rings.
package final class AlibabaVendor: TelephonyVendor {
    let account: AlibabaAccount
    let wantedGroup: String
    let clock: any RunClock
    let gateway: Gateway
    let lookup: CallLookup
    let followed: Locked<FollowedCalls>
    /// The agents' identifiers by the names that call events use.
    let agentsByName = Locked<[String: AgentID]>([:])
    private let resolvedGroup = Locked<SkillGroup?>(nil)

    /// A client for one campaign's group, by id or by name.
    ///
    /// Vendors of one account share its limits, so campaigns that run in one process may be given one `rate`. `entropy`
    /// keeps nonces apart between processes that were started with one seed.
    package init(
        account: AlibabaAccount, skillGroup: String, transport: any HTTPTransport, clock: any RunClock, seed: UInt64,
        rate: RequestRate? = nil, entropy: UInt64 = AlibabaVendor.systemEntropy()
    ) {
        self.account = account
        wantedGroup = skillGroup
        self.clock = clock
        gateway = Gateway(
            account: account, transport: transport, clock: clock,
            rate: rate ?? RequestRate(account: account, clock: clock), seed: seed, entropy: entropy)
        lookup = CallLookup(gateway: gateway)
        followed = Locked(FollowedCalls(account: account))
    }

    /// Random bits of the system's, for nonces and nothing else.
    package static func systemEntropy() -> UInt64 {
        var bytes = [UInt8](repeating: 0, count: 8)
        _ = RAND_bytes(&bytes, Int32(bytes.count))
        return bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    package var abilities: VendorAbilities { account.abilities }

    package func prepare(callerIDs: [String]) async throws(VendorError) {
        let group = try await gateway.skillGroup(named: wantedGroup)
        guard group.queue != nil else {
            throw gateway.error(
                .misconfigured, "ListSkillGroups", code: "NoQueue",
                "the skill group “\(group.name)” has no queue that answered calls could go to")
        }
        guard group.outboundNumbers?.isEmpty != true else {
            throw gateway.error(
                .misconfigured, "ListSkillGroups", code: "NoOutboundNumber",
                "the skill group “\(group.name)” has no number that may call out")
        }
        if let foreign = callerIDs.first(where: { group.outboundNumbers?.contains($0) == false }) {
            throw gateway.error(
                .misconfigured, "ListSkillGroups", code: "ForeignCallerID",
                "caller_id: the number ending in \(foreign.suffix(4)) is not among those of the skill group “\(group.name)”"
                    + " that may call out")
        }
        resolvedGroup.with { $0 = group }
        note(try await gateway.agents(ofGroup: group.id))
    }

    package func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        let group = try await skillGroup()
        let route = try route(for: request.agent, group)
        let number = CalleeSpelling(request.number, internationalPrefix: account.internationalPrefix)
        let caller: String
        if let callerID = request.callerID {
            caller = callerID
        } else {
            caller = try await pickCaller(for: number, group)
        }
        var parameters = route
        parameters["InstanceId"] = account.instanceID
        parameters["Caller"] = caller
        parameters["Callee"] = request.prefix + number.text
        let placedAfter = clock.now
        let payload = try await gateway.dial("DialEx", parameters, notAfter: request.notAfter)
        let vendorCall = try acceptedCall(payload)
        let call = FollowedCall(
            attempt: request.attempt, number: request.number, prefix: request.prefix, vendorCall: vendorCall,
            placedAfter: placedAfter)
        followed.with { $0.follow($0.entry(for: call, boundAgent: request.agent, now: clock.now)) }
        return vendorCall
    }

    /// Tells whose call a contact is already.
    var owner: CallLookup.Owner {
        { [followed] contact in followed.with { $0.owner(of: contact) } }
    }

    package func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation {
        let entry = followed.with { $0.entry(for: call, now: clock.now) }
        var question = entry
        question.polls = 1
        let findings = try await lookup.findings(of: question, owner: owner)
        guard !findings.isEmpty, let name = call.vendorCall?.value ?? findings.contact else { return .notFound }
        let facts = history(of: entry, findings).facts
        let news = followed.with {
            $0.follow(entry)
            return $0.learn(facts, contact: findings.contact, of: entry, now: clock.now)
        }
        return .found(VendorCallID(name), news.map { DatedProgress($0.progress, at: $0.at ?? clock.now) })
    }

    /// The campaign's group; asked for once.
    func skillGroup() async throws(VendorError) -> SkillGroup {
        if let group = resolvedGroup.with({ $0 }) { return group }
        let group = try await gateway.skillGroup(named: wantedGroup)
        resolvedGroup.with { $0 = group }
        return group
    }

    /// Everything known of a call, with the agents' names resolved.
    func history(of entry: Followed, _ findings: CallFindings) -> CallHistory {
        CallHistory(
            number: CalleeSpelling(entry.call.number, internationalPrefix: account.internationalPrefix),
            prefix: entry.call.prefix, boundAgent: entry.boundAgent, detail: findings.detail, record: findings.record,
            agentsByName: agentsByName.with { $0 })
    }

    /// Remembers which agent a name means; a name that two agents share means neither.
    func note(_ snapshot: AgentSnapshot) {
        let names = Dictionary(grouping: snapshot.agents, by: \.name)
        agentsByName.with { $0 = names.compactMapValues { $0.count == 1 ? $0.first?.id : nil } }
    }
}
