package import DialModel
package import Ledger

/// The leads of a campaign as its ledger has them at a moment, ready to be dialled in a virtual world.
///
/// Reading writes nothing. Attempts that are open at other campaigns count as dials and block nobody.
package struct CampaignLeads: Sendable {
    /// The order in which they are dialled.
    package let order: LeadOrder
    /// The file names of the campaign's lists, in the order in which they were met.
    package private(set) var lists: [String] = []
    /// The number of the next dial of all.
    package private(set) var nextDial: Int64 = 1
    /// The attempts that an earlier run left open with the account that would be asked.
    package private(set) var leftOpen: [OpenAttempt] = []
    /// What is known of the account's numbers; nil if no choice rests on it.
    package private(set) var callerIDs: CallerIDSnapshot?

    private(set) var leads: [VirtualLead] = []
    private(set) var callees: [VirtualCallee] = []
    private(set) var waiting = WaitingLeads()
    /// The leads of each callee with several numbers, by the first of them.
    private(set) var contacts: [LeadID: [Int]] = [:]
    /// Whether some call-back is one agent's alone.
    private(set) var hasReservations = false
    private var calleesByNumber: [PhoneNumber: Int32] = [:]
    private let isReadingFields: Bool

    /// Leads in memory at a time while reading.
    private static let pageSize = 2_000

    /// Reads a campaign whose runs would have this policy and call through `account`, as of `instant`.
    package static func read(
        _ campaign: CampaignID, in ledger: any CallerIDLedger, account: String, policy: any ClaimPolicy,
        order: LeadOrder, at instant: Timestamp
    ) async throws(LedgerError) -> CampaignLeads {
        var leads = CampaignLeads(order: order, policy: policy)
        var last: LeadID?
        while true {
            let page = try await ledger.candidates(
                of: campaign, after: last, limit: pageSize, for: policy, at: instant)
            guard let end = page.last else { break }
            for candidate in page { leads.add(candidate) }
            last = end.lead.id
        }
        leads.nextDial = try await ledger.nextDial()
        leads.leftOpen = try await ledger.openAttempts(of: campaign).filter { $0.vendor == account }
        if policy.chooser != nil { leads.callerIDs = try await ledger.callerIDSnapshot(of: account, at: instant) }
        return leads
    }

    /// No leads.
    package init(order: LeadOrder, policy: any ClaimPolicy) {
        self.order = order
        isReadingFields = policy.readsFields
    }

    /// How many leads there are.
    package var count: Int { leads.count }

    /// The index of the list of a lead; nil if there is no such lead.
    package func list(of lead: LeadID) -> Int? { index(of: lead).map { Int(leads[$0].list) } }

    /// Takes a lead in; leads come by ascending id.
    package mutating func add(_ candidate: LeadCandidate) {
        let (lead, question) = (candidate.lead, candidate.candidate)
        precondition(leads.last.map { $0.id < lead.id } ?? true, "leads come by ascending id")
        let place = order.claimPlace(of: lead)
        let part = order.part(ofList: lead.list)
        let index = leads.count
        leads.append(
            VirtualLead(
                id: lead.id, callee: callee(question), list: list(named: lead.list), contact: lead.contact,
                expiresAt: question.expiresAt, fields: isReadingFields ? question.fields : [],
                doNotCall: question.doNotCall,
                retryTurn: order.turn(priority: lead.priority, part: part, isRetry: true), state: lead.state,
                ending: lead.ending, place: place, history: question.history, callbackAt: lead.callbackAt,
                callbackAgent: lead.callbackAgent, holdReason: lead.holdReason))
        if let contact = lead.contact { contacts[contact, default: []].append(index) }
        if lead.callbackAgent != nil { hasReservations = true }
        if lead.state == .waiting { waiting.add(WaitingLeads.Entry(place: place, index: index)) }
    }

    /// The index of a lead.
    func index(of lead: LeadID) -> Int? {
        var (low, high) = (0, leads.count)
        while low < high {
            let middle = (low + high) / 2
            if leads[middle].id < lead { low = middle + 1 } else { high = middle }
        }
        return low < leads.count && leads[low].id == lead ? low : nil
    }

    private mutating func callee(_ question: ClaimCandidate) -> Int32 {
        if let known = calleesByNumber[question.number] { return known }
        let index = Int32(callees.count)
        calleesByNumber[question.number] = index
        callees.append(VirtualCallee(number: question.number, dials: question.recentDials))
        return index
    }

    private mutating func list(named name: String) -> Int32 {
        // A campaign has few lists, and most leads are of the one that was met last.
        if let last = lists.last, last == name { return Int32(lists.count - 1) }
        if let known = lists.firstIndex(of: name) { return Int32(known) }
        lists.append(name)
        return Int32(lists.count - 1)
    }
}
