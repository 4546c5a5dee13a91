import Foundation
import GRDB
import Testing

/// The ledger's rows, read by SQL without any of our own code.
struct LedgerRows {
    struct Lead: Decodable, FetchableRecord {
        var id: Int64
        var line: Int
        var number: String
        var state: String
        var ending: String?
        var not_before: Int64?
    }

    struct Attempt: Decodable, FetchableRecord {
        var id: Int64
        var lead: Int64
        var run: Int64
        var ordinal: Int
        var number: String
        var vendor: String
        var vendor_call: String?
        var state: String
        var outcome: String?
        var agent: String?
        var vendor_reason: String?
        var claimed_at: Int64
        var connected_at: Int64?
        var ended_at: Int64?
    }

    var leads: [Lead]
    var attempts: [Attempt]
    /// SQLite's verdict on the file.
    var integrity: String

    init(_ file: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: file, configuration: configuration)
        (leads, attempts, integrity) = try queue.read { db in
            (
                try Lead.fetchAll(db, sql: "SELECT * FROM leads ORDER BY id"),
                try Attempt.fetchAll(db, sql: "SELECT * FROM attempts ORDER BY id"),
                try String.fetchOne(db, sql: "PRAGMA integrity_check") ?? ""
            )
        }
        try queue.close()
    }

    var openAttempts: [Attempt] { attempts.filter { $0.outcome == nil } }

    /// How many leads are in each state, or attempts in each outcome.
    static func tally(_ words: [String]) -> [String: Int] {
        words.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// What must hold of every ledger at every moment, mid-run ones and broken-off ones included.
    func expectConsistent(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(integrity == "ok", sourceLocation: sourceLocation)
        let attemptsOfLead = Dictionary(grouping: attempts, by: \.lead)
        for lead in leads {
            let own = attemptsOfLead[lead.id] ?? []
            let last = own.last
            let open = own.filter { $0.outcome == nil }
            #expect(own.map(\.ordinal) == Array(1..<(own.count + 1)), "lead \(lead.id)", sourceLocation: sourceLocation)
            #expect(open.count <= 1, "lead \(lead.id)", sourceLocation: sourceLocation)
            #expect((lead.state == "dialing") == (open.count == 1), "\(lead)", sourceLocation: sourceLocation)
            #expect((lead.state == "waiting") == (lead.not_before != nil), "\(lead)", sourceLocation: sourceLocation)
            #expect((lead.state == "finished") == (lead.ending != nil), "\(lead)", sourceLocation: sourceLocation)
            let wasReached = own.contains { $0.outcome == "connected" }
            #expect(wasReached == (lead.ending == "reached"), "\(lead)", sourceLocation: sourceLocation)
            if wasReached { #expect(last?.outcome == "connected", "\(lead)", sourceLocation: sourceLocation) }
        }
        for attempt in attempts {
            #expect(
                (attempt.state == "closed") == (attempt.outcome != nil), "\(attempt)", sourceLocation: sourceLocation)
            #expect(
                (attempt.ended_at ?? .max) >= attempt.claimed_at, "\(attempt)", sourceLocation: sourceLocation)
        }
    }
}
