import DialModel
import Foundation
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

/// A ledger of the campaign `trial`, made attempt by attempt, for exports to be taken of.
struct ExportScenario {
    /// Thursday, 1 January 2026, 10:03:04 in Shanghai.
    static let start = Timestamp(milliseconds: 1_767_232_984_000)

    let ledger: SQLiteLedger
    let campaign: CampaignID
    let run: RunID

    init(_ place: Workplace) async throws {
        ledger = try await SQLiteLedger.open(at: place.file("autodialer.sqlite"), access: .readWriteCreate)
        campaign = try await ledger.openCampaign(named: "trial", at: Self.start)
        run = try await ledger.beginRun(of: campaign, vendor: "simulator.alibaba", by: nil, at: Self.start)
    }

    /// Commits attempts for the next leads.
    func claim(_ count: Int) async throws -> [AttemptID] {
        let request = ClaimRequest(
            campaign: campaign, run: run, vendor: "simulator.alibaba", count: count,
            now: Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)), policy: Anyone())
        return try await ledger.commit([], claiming: request).claims.map(\.attempt)
    }

    /// Ends a call.
    func close(
        _ attempt: AttemptID, _ outcome: CallOutcome, answeredAt: Timestamp? = nil, connectedAt: Timestamp? = nil,
        agent: String? = nil
    ) async throws {
        let closing = AttemptClosing(
            outcome: outcome, endedAt: Self.start + .seconds(90), answeredAt: answeredAt, connectedAt: connectedAt,
            talk: connectedAt.map { Self.start + .seconds(90) - $0 }, agent: agent.map { AgentID($0) },
            vendorReason: "call of 13800138000, =1+1", shownCallerID: "057180000001", lead: .finish(.notRetried))
        _ = try await ledger.commit([.closed(attempt, closing)], claiming: nil)
    }

    /// Has the vendor play the campaign's message.
    func play(_ attempt: AttemptID, at instant: Timestamp) async throws {
        let detail = AttemptDetail(isMessage: true, note: "the message is played")
        _ = try await ledger.commit([.reached(attempt, .answered, at: instant, detail: detail)], claiming: nil)
    }

    private struct Anyone: ClaimPolicy {
        func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
            .dial(callerID: "057180000001", explanation: nil)
        }
    }
}
