import CampaignRunner
import DialEngine
import DialModel
import Foundation
import Ledger
import Logging
import PlainLedger
import SQLiteLedger
import StoredLedger
import Telephony
import TestSupport
import Wording

/// A real ledger in a folder of its own, with a campaign of numbered leads.
struct Stage {
    let folder: URL
    let ledger: SQLiteLedger
    let campaign: CampaignID
    let clock = ManualClock()

    init(leads: Int, priorities: [Int] = [0]) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "runner-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        ledger = try await SQLiteLedger.open(at: folder.appending(path: "test.sqlite").path, access: .readWriteCreate)
        campaign = try await ledger.openCampaign(named: "test", at: clock.now)
        let source = NumberedLeads(count: leads, priorities: priorities)
        _ = try await ledger.importLeads(
            into: campaign, file: ImportedFile(name: "list.csv", digest: "0"), from: source, at: clock.now)
    }

    /// A runner over the stage's ledger, or over another view of it.
    func runner(
        _ vendor: any TelephonyVendor, over other: (any Ledger)? = nil, callerIDs: [String] = [],
        policy: (any ClaimPolicy)? = nil, order: LeadOrder = LeadOrder(), observer: (any RunObserver)? = nil,
        adjusting adjust: (inout EngineSettings) -> Void = { _ in }
    ) async throws -> CampaignRunner {
        let run = try await ledger.beginRun(of: campaign, vendor: "rehearsed", by: nil, at: clock.now)
        var settings = EngineSettings(style: .agentFirst)
        adjust(&settings)
        let plan = RunPlan(
            campaign: campaign, run: run, vendorName: "rehearsed", prefix: { _ in "9" }, engine: settings,
            policy: policy ?? CallerIDRotation(callerIDs), order: order)
        return CampaignRunner(
            plan: plan, ledger: other ?? ledger, vendor: vendor, clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, observer: observer)
    }

    /// Runs again and again, a day apart, as cron would, until the campaign has no lead left to wait for.
    func runToTheEnd(_ vendor: any TelephonyVendor) async throws {
        while true {
            let ending = try await runner(vendor).run()
            guard case .nothingDue(.some) = ending else { return }
            clock.advance(by: .seconds(86_400))
        }
    }

    func figures() async throws -> CampaignFigures {
        try await ledger.figures(of: campaign, at: clock.now)
    }

    func attempts() async throws -> [AttemptRecord] {
        try await ledger.attempts(of: campaign, after: nil, limit: 10_000)
    }

    func cleanUp() async {
        await ledger.close()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// Leads with the numbers +86 154 0000 1000, 1001 and so on.
final class NumberedLeads: LeadSource, @unchecked Sendable {
    private let count: Int
    private let priorities: [Int]
    private var isRead = false

    /// The priorities are given in turn.
    init(count: Int, priorities: [Int] = [0]) {
        self.count = count
        self.priorities = priorities
    }

    func nextBatch() throws -> [NewLead]? {
        if isRead { return nil }
        isRead = true
        return (0..<count).compactMap { index in
            PhoneNumber(e164: "+861540000\(1000 + index)").map {
                NewLead(
                    line: index + 2, number: $0, originalNumber: $0.e164, name: nil, fields: [],
                    priority: priorities[index % priorities.count])
            }
        }
    }

    func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws {}
    var rejectedCount: Int { 0 }
}

/// A list of one lead.
final class OneLead: LeadSource, @unchecked Sendable {
    private var lead: NewLead?

    init(_ lead: NewLead) { self.lead = lead }

    func nextBatch() throws -> [NewLead]? {
        defer { lead = nil }
        return lead.map { [$0] }
    }

    func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws {}
    var rejectedCount: Int { 0 }
}

/// A ledger that fails once, at its n-th commit, and is itself otherwise.
final class FailingLedger: ForwardingLedger, @unchecked Sendable {
    let inner: any Ledger
    private let error: LedgerError
    private let lock = NSLock()
    private var commitsLeft: Int

    init(_ inner: any Ledger, failingAt commit: Int, with code: LedgerError.Code) {
        self.inner = inner
        commitsLeft = commit
        error = LedgerError(code, operation: "commit", database: "test.sqlite", message: Phrase(same: "as rehearsed"))
    }

    func commit(_ changes: [AttemptChange], claiming request: ClaimRequest?) async throws(LedgerError) -> ClaimResult {
        let fails = lock.withLock {
            commitsLeft -= 1
            return commitsLeft == 0
        }
        if fails { throw error }
        return try await inner.commit(changes, claiming: request)
    }
}
