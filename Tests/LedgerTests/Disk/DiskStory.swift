import DialModel
import Foundation
import GRDB
import Ledger
import SQLiteLedger
import StoredLedger

/// What a ledger goes through in a campaign, a step at a time: every step is one call, and does the same each time.
struct DiskStory {
    /// One call of the ledger.
    struct Step: Sendable {
        var name: String
        var take: @Sendable (SQLiteLedger) async throws -> Void
    }

    private static let start = Scenario.start
    private static let campaign = CampaignID(1)
    private static let run = RunID(1)
    private static let account = "alibaba.main"

    /// All steps after the file was opened.
    static let steps: [Step] =
        beginning + [
            claim(6, at: 1),
            commit("calls are under way", under(way: 1...4, at: 2), claiming: 3, at: 3),
            commit(
                "calls end",
                [close(1, .connected, .finish(.reached), at: 60), close(2, .busy, retry(at: 300), at: 61)],
                claiming: 2, at: 62),
            commit(
                "a call becomes unknown",
                [.reached(AttemptID(3), .unknown, at: start + .seconds(70), detail: AttemptDetail())]),
            Step(name: "people are forbidden") { ledger in
                let entries = try (20..<24).map { try DoNotCallEntry.number($0) }
                _ = try await ledger.addDoNotCall(
                    entries, to: DoNotCallListName("house"), hashed: false, because: "asked", at: start + .seconds(80))
            },
            Step(name: "a do-not-call list comes") { ledger in
                let wish = DoNotCallImport(
                    into: DoNotCallListName("national"), file: ImportedFile(name: "national.csv", digest: "n"))
                let list = DoNotCallBatches([try (30..<60).map { try DoNotCallEntry.number($0) }])
                _ = try await ledger.importDoNotCall(wish, from: list, at: start + .seconds(90))
            },
            Step(name: "a call of the vendor's own is adopted") { ledger in
                let call = UnclaimedCall(
                    id: VendorCallID("own-1"), number: try Scenario.number(25), since: start, origin: "row 1")
                _ = try await ledger.adopt(
                    call, into: campaign, run: run, vendor: account, asking: DoNotCallQuestion(),
                    at: start + .seconds(95))
            },
            Step(name: "an agent says something") { ledger in
                let said = LeadDisposition(subject: .attempt(AttemptID(1)), disposition: .sale, note: "two of them")
                _ = try await ledger.dispose([said], of: campaign, at: start + .seconds(100))
            },
            Step(name: "a number is paused") { ledger in
                try await ledger.pauseCallerID(
                    "02180000003", of: account, because: "complaints", at: start + .seconds(110))
            },
            commit(
                "all calls end", (3...11).map { close($0, .noAnswer, retry(at: 400), at: 120) }, claiming: 4, at: 121),
            Step(name: "somebody is forgotten") { ledger in
                _ = try await ledger.erase(
                    try Scenario.number(0), keepingCallsSince: start + .seconds(900), at: start + .seconds(130))
            },
            Step(name: "leads stand in another order") { ledger in
                try await ledger.arrange(campaign, LeadOrder(sequence: .newest))
            },
            Step(name: "the run ends") { ledger in
                try await ledger.endRun(run, because: "stopped", at: start + .seconds(140))
            },
        ]

    private static let beginning: [Step] = [
        Step(name: "a campaign is opened") { ledger in _ = try await ledger.openCampaign(named: "spring", at: start) },
        Step(name: "leads come, past the log") { ledger in
            let leads = try (0..<30).map(Scenario.lead)
            _ = try await ledger.importLeads(
                into: campaign, file: ImportedFile(name: "leads.csv", digest: "leads"),
                from: ListSource([leads], size: 1 << 30), duplicates: .campaign, at: start)
        },
        Step(name: "numbers come") { ledger in
            let numbers = (1...5).map { OutboundNumber("0218000000\($0)") }
            _ = try await ledger.importCallerIDs(numbers, into: account, replacing: false, at: start)
        },
        Step(name: "a run begins") { ledger in
            _ = try await ledger.beginRun(of: campaign, vendor: account, by: nil, at: start)
        },
    ]

    private static func request(_ count: Int, at seconds: Int) -> ClaimRequest {
        ClaimRequest(
            campaign: campaign, run: run, vendor: account, count: count, now: start + .seconds(seconds),
            policy: Policy { candidate, _ in .dial(callerID: "0218000000\(1 + candidate.lead.value % 5)") },
            order: LeadOrder(), idleAgents: nil)
    }

    private static func claim(_ count: Int, at seconds: Int) -> Step {
        commit("leads are claimed", [], claiming: count, at: seconds)
    }

    private static func commit(_ name: String, _ changes: [AttemptChange], claiming count: Int = 0, at seconds: Int = 0)
        -> Step
    {
        Step(name: name) { ledger in
            _ = try await ledger.commit(changes, claiming: count > 0 ? request(count, at: seconds) : nil)
        }
    }

    private static func under(way attempts: ClosedRange<Int64>, at seconds: Int) -> [AttemptChange] {
        attempts.map {
            .reached(
                AttemptID($0), .dialing, at: start + .seconds(seconds),
                detail: AttemptDetail(vendorCall: VendorCallID("call-\($0)")))
        }
    }

    private static func close(
        _ attempt: Int64, _ outcome: CallOutcome, _ lead: LeadDecision, at seconds: Int
    ) -> AttemptChange {
        .closed(AttemptID(attempt), AttemptClosing(outcome, at: start + .seconds(seconds), lead: lead))
    }

    private static func retry(at seconds: Int) -> LeadDecision { .wait(until: start + .seconds(seconds)) }
}

/// Everything that a ledger's file holds, as text, but for what is drawn or is read off the clock: seals, numbers that
/// stand in for forgotten ones, and when the file was made.
struct DiskContents: Hashable, Sendable {
    var rows: String

    /// Reads a file that nobody has open, after whatever SQLite does to repair it.
    init(of path: String) throws {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        rows = try queue.write { db in
            let complaints = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            guard complaints.isEmpty else { throw Unsound(complaints: complaints) }
            let strays = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
            guard strays.isEmpty else { throw Unsound(complaints: strays.map(\.description)) }
            let tables = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            return try tables.map { table in
                let rows = try Row.fetchAll(db, sql: "SELECT * FROM \(table.quotedDatabaseIdentifier)")
                let drawn = /\+999\d+|seal[^,}]*|at:\d+(?= actor:"[^"]*" action:"log_begun")/
                let lines = rows.map { $0.description.replacing(drawn, with: "drawn") }
                return table + "\n" + lines.joined(separator: "\n")
            }.joined(separator: "\n\n")
        }
    }

    /// What SQLite or the schema complains of.
    struct Unsound: Error {
        var complaints: [String]
    }
}
