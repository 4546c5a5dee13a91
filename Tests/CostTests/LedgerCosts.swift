import DialModel
import Foundation
import Ledger
import StoredLedger

@testable import SQLiteLedger

/// Counts what a ledger does for its leads.
struct LedgerCosts {
    let ledger: SQLiteLedger
    let campaign: CampaignID
    private let meter = StatementMeter()
    private static let now = Timestamp(milliseconds: 1_772_416_800_000)

    /// A list of leads whose numbers come in no order.
    private final class List: LeadSource, @unchecked Sendable {
        let rejectedCount = 0
        private var next: Int
        private let end: Int

        init(_ range: Range<Int>) {
            (next, end) = (range.lowerBound, range.upperBound)
        }

        func nextBatch() throws -> [NewLead]? {
            guard next < end else { return nil }
            let lines = next..<min(end, next + 1_000)
            next = lines.upperBound
            return lines.compactMap { line in
                let number = PhoneNumber(e164: "+86154\(10_000_000 + line * 7_919 % 90_000_000)")
                return number.map {
                    NewLead(
                        line: line, number: $0, originalNumber: String($0.e164.dropFirst(3)), name: nil,
                        fields: [LeadField(name: "city", value: "杭州")])
                }
            }
        }

        func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws {}
    }

    /// Lets everybody be dialled.
    private struct Anybody: ClaimPolicy {
        func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision { .dial(callerID: nil) }
    }

    /// Opens a ledger in a folder.
    init(in folder: URL) async throws {
        ledger = try await SQLiteLedger.open(
            at: folder.appending(path: "costs.sqlite").path, access: .readWriteCreate)
        campaign = try await ledger.openCampaign(named: "costs", at: Self.now)
        try await ledger.writeFile("measure", alone: true) { [meter] db in meter.attach(to: db) }
    }

    func close() async throws {
        try await ledger.writeFile("measure", alone: true) { [meter] db in meter.detach(from: db) }
        await ledger.close()
    }

    /// What was done for each lead.
    struct Share {
        var statements: Double
        var steps: Double
        var pages: Double
    }

    /// Loads a list.
    func load(_ range: Range<Int>) async throws -> Share {
        try await counted(range.count) {
            _ = try await ledger.importLeads(
                into: campaign, file: ImportedFile(name: "\(range)", digest: "\(range)"), from: List(range),
                duplicates: .campaign, at: Self.now)
        }
    }

    /// Claims leads in batches, each together with the end of the attempts before, while other calls are in flight.
    func claim(batches: Int, of size: Int, inFlight others: Int = 0) async throws -> Share {
        let run = try await ledger.beginRun(of: campaign, vendor: "costs", by: nil, at: Self.now)
        for _ in 0..<(others / size) {
            var left: [AttemptChange] = []
            try await batch(size, run, &left)
        }
        var changes: [AttemptChange] = []
        // The first batch fills the cache.
        try await batch(size, run, &changes)
        let share = try await counted(batches * size) {
            for _ in 0..<batches { try await batch(size, run, &changes) }
        }
        _ = try await ledger.commit(changes, claiming: nil)
        return share
    }

    private func batch(_ size: Int, _ run: RunID, _ changes: inout [AttemptChange]) async throws {
        let request = ClaimRequest(
            campaign: campaign, run: run, vendor: "costs", count: size, now: Self.now, policy: Anybody())
        let claims = try await ledger.commit(changes, claiming: request).claims
        guard claims.count == size else { throw CocoaError(.featureUnsupported) }
        changes = claims.map { claim in
            let closing = AttemptClosing(
                outcome: .busy, endedAt: Self.now, answeredAt: nil, connectedAt: nil, talk: nil, agent: nil,
                vendorReason: "busy", shownCallerID: nil, lead: .finish(.notRetried))
            return .closed(claim.attempt, closing)
        }
    }

    private func counted(_ count: Int, _ work: () async throws -> Void) async throws -> Share {
        _ = try await ledger.writeFile("measure", alone: true) { [meter] db in meter.read(from: db) }
        try await work()
        let total = try await ledger.writeFile("measure", alone: true) { [meter] db in meter.read(from: db) }
        let share = { (figure: Int) in Double(figure) / Double(count) }
        return Share(statements: share(total.statements), steps: share(total.steps), pages: share(total.pages))
    }
}
