import CampaignRunner
import DialModel
import Forecast
import Foundation
import Ledger
import SQLiteLedger
import StoredLedger

/// A real ledger in a folder of its own, with a campaign of numbered leads, some of one callee.
struct Stage {
    let folder: URL
    let ledger: SQLiteLedger
    let campaign: CampaignID
    let run: RunID

    init(leads: Int, priorities: [Int] = [0], alternates: Int = 0) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "forecast-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        ledger = try await SQLiteLedger.open(at: folder.appending(path: "test.sqlite").path, access: .readWriteCreate)
        campaign = try await ledger.openCampaign(named: "test", at: RehearsedCampaign.start)
        let source = NumberedLeads(count: leads, priorities: priorities, alternates: alternates)
        _ = try await ledger.importLeads(
            into: campaign, file: ImportedFile(name: "list.csv", digest: "0"), from: source,
            at: RehearsedCampaign.start)
        run = try await ledger.beginRun(of: campaign, vendor: "rehearsed", by: nil, at: RehearsedCampaign.start)
    }

    func campaignLeads(
        _ policy: any ClaimPolicy, order: LeadOrder = LeadOrder(), at instant: Timestamp
    ) async throws -> CampaignLeads {
        try await CampaignLeads.read(
            campaign, in: ledger, account: "rehearsed", policy: policy, order: order, at: instant)
    }

    func claim(
        _ count: Int, at now: Timestamp, policy: any ClaimPolicy = CallerIDRotation([]),
        order: LeadOrder = LeadOrder(), after changes: [AttemptChange] = []
    ) async throws -> ClaimResult {
        try await ledger.commit(
            changes,
            claiming: ClaimRequest(
                campaign: campaign, run: run, vendor: "rehearsed", count: count, now: now, policy: policy,
                order: order))
    }

    func cleanUp() async {
        await ledger.close()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// Leads with numbers of their own; every third callee has further ones.
final class NumberedLeads: LeadSource, @unchecked Sendable {
    private let count: Int
    private let priorities: [Int]
    private let alternates: Int
    private var isRead = false

    /// The priorities are given in turn.
    init(count: Int, priorities: [Int], alternates: Int) {
        self.count = count
        self.priorities = priorities
        self.alternates = alternates
    }

    func nextBatch() throws -> [NewLead]? {
        if isRead { return nil }
        isRead = true
        return (0..<count).compactMap { index in
            guard let number = Self.number(index, 0) else { return nil }
            let others = (0..<(index % 3 == 0 ? alternates : 0)).compactMap { Self.number(index, $0 + 1) }
            return NewLead(
                line: index + 2, number: number, originalNumber: number.e164, name: nil, fields: [],
                priority: priorities[index % priorities.count],
                alternates: others.map { AlternateNumber(number: $0, original: $0.e164) })
        }
    }

    private static func number(_ index: Int, _ further: Int) -> PhoneNumber? {
        PhoneNumber(e164: "+8615\(4 + further)\(10_000_000 + index)")
    }

    func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws {}
    var rejectedCount: Int { 0 }
}
