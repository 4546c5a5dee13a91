import DialModel
import Ledger
import Testing

/// A ledger with one campaign and a run, and the steps that most tests take.
struct Scenario {
    static let start = Timestamp(milliseconds: 1_767_319_384_000)

    let folder: TemporaryFolder
    let ledger: any WholeLedger
    let campaign: CampaignID
    let run: RunID

    init(_ kind: LedgerUnderTest, leads count: Int = 0) async throws {
        let folder = try TemporaryFolder()
        try await self.init(ledger: try await kind.open(in: folder), in: folder)
        if count > 0 { try await add(0..<count) }
    }

    init(ledger: any WholeLedger, in folder: TemporaryFolder, campaign name: String = "spring") async throws {
        self.folder = folder
        self.ledger = ledger
        campaign = try await ledger.openCampaign(named: name, at: Self.start)
        run = try await ledger.beginRun(of: campaign, vendor: "alibaba.main", by: nil, at: Self.start)
    }

    /// The same ledger with another campaign.
    func sibling(_ name: String) async throws -> Scenario {
        try await Scenario(ledger: ledger, in: folder, campaign: name)
    }

    /// The n-th number of the tests' own numbering plan.
    static func number(_ index: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(e164: "+86138\(10_000_000 + index)"))
    }

    /// The n-th lead of a list.
    static func lead(_ index: Int) throws -> NewLead {
        let number = try number(index)
        return NewLead(
            line: index + 2, number: number, originalNumber: String(number.e164.dropFirst(3)), name: "客户\(index)",
            fields: [])
    }

    @discardableResult
    func add(_ indices: Range<Int>, at now: Timestamp = start) async throws -> ImportRecord {
        let source = ListSource([try indices.map(Self.lead)])
        return try await ledger.importLeads(
            into: campaign, file: ImportedFile(name: "leads.csv", digest: "digest-\(indices)"), from: source, at: now)
    }

    /// Loads leads of a list of any name.
    @discardableResult
    func add(_ leads: [NewLead], list: String = "leads.csv", at now: Timestamp = start) async throws -> ImportRecord {
        try await ledger.importLeads(
            into: campaign, file: ImportedFile(name: list, digest: "digest-\(list)"), from: ListSource([leads]), at: now
        )
    }

    func request(
        _ count: Int, at now: Timestamp = start, policy: any ClaimPolicy = Policy.dialAll,
        order: LeadOrder = LeadOrder(), idleAgents: [AgentID]? = nil
    ) -> ClaimRequest {
        ClaimRequest(
            campaign: campaign, run: run, vendor: "alibaba.main", count: count, now: now, policy: policy, order: order,
            idleAgents: idleAgents)
    }

    @discardableResult
    func claim(
        _ count: Int, at now: Timestamp = start, policy: any ClaimPolicy = Policy.dialAll,
        order: LeadOrder = LeadOrder(), idleAgents: [AgentID]? = nil
    ) async throws -> ClaimResult {
        try await ledger.commit(
            [], claiming: request(count, at: now, policy: policy, order: order, idleAgents: idleAgents))
    }

    func commit(_ changes: AttemptChange...) async throws {
        _ = try await ledger.commit(changes, claiming: nil)
    }

    /// Has a call refused for the sake of the number shown; a lead has to be due, and is so again afterwards.
    func beRefused(
        showing callerID: String, because reason: String = "InArrears: pay first", at now: Timestamp = start
    ) async throws {
        let claims = try await claim(1, at: now, policy: Policy { _, _ in .dial(callerID: callerID) }).claims
        var closing = AttemptClosing(.notPlaced, at: now, lead: .wait(until: now))
        closing.vendorReason = reason
        try await commit(.closed(try #require(claims.first).attempt, closing))
    }

    func leads() async throws -> [LeadRecord] {
        try await ledger.leads(of: campaign, after: nil, limit: 10_000)
    }

    func attempts() async throws -> [AttemptRecord] {
        try await ledger.attempts(of: campaign, after: nil, limit: 10_000)
    }

    func figures(at now: Timestamp = start) async throws -> CampaignFigures {
        try await ledger.figures(of: campaign, at: now)
    }
}

extension AttemptClosing {
    /// The end of a call of which only the outcome matters.
    init(_ outcome: CallOutcome, at endedAt: Timestamp, lead: LeadDecision) {
        self.init(
            outcome: outcome, endedAt: endedAt, answeredAt: nil, connectedAt: nil, talk: nil, agent: nil,
            vendorReason: "", shownCallerID: nil, lead: lead)
    }
}

/// Expects a call to fail with a `LedgerError` of a code, and hands the error on.
@discardableResult
func expectRefusal<Value>(
    _ code: LedgerError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ call: () async throws -> Value
) async -> LedgerError? {
    let error = await #expect(throws: LedgerError.self, sourceLocation: sourceLocation) { _ = try await call() }
    #expect(error?.code == code, "\(error?.description ?? "no error")", sourceLocation: sourceLocation)
    return error
}
