import DialModel
import Foundation
import GRDB
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

/// A ledger with rows of every kind, several pages of some, ids that were given out and are gone, and a pruned log.
enum FullLedger {
    private static let start = Scenario.start
    private static let future = start + .seconds(86_400)

    /// Does everything with a ledger that can be done with one.
    static func fill(_ ledger: any LedgerStore, in folder: TemporaryFolder, seed: UInt64 = 7) async throws {
        var differential = try await Differential(ledger: ledger, seed: seed)
        for _ in 0..<60 { try await differential.step() }
        let scenario = try await Scenario(ledger: ledger, in: folder, campaign: "autumn; \"fall\"")
        try await list(in: scenario)
        try await forbid(in: scenario)
        _ = try await ledger.pruneAudit(before: future, at: future)
        try await call(in: scenario)
        let forgotten = try await ledger.erase(
            try Scenario.number(200), keepingCallsSince: future + .seconds(60), at: future + .seconds(70))
        #expect(forgotten.erased == 1)
        let kept = try await ledger.erase(
            try Scenario.number(202), keepingCallsSince: start, at: future + .seconds(70))
        #expect(kept.kept == 1)
    }

    /// People with words of all kinds, further numbers, and thousands of others.
    private static func list(in scenario: Scenario) async throws {
        var lead = try Scenario.lead(200)
        lead.name = "王小明 \"O'Neil\" \\ 👩‍👩‍👧\n\t"
        lead.fields = [LeadField(name: "住址", value: ""), LeadField(name: "\\x00", value: "a,b;'c'\u{1}")]
        var other = try Scenario.lead(201)
        other.name = ""
        other.priority = -7
        other.expiresAt = future + .seconds(900)
        other.alternates = try [301, 302].map { AlternateNumber(number: try Scenario.number($0), original: "\($0)") }
        try await scenario.add([lead, other, try Scenario.lead(202), try Scenario.lead(203)], list: "名单.csv")
        try await scenario.add(1_000..<5_100)
        try await scenario.importLines(3)
        try await scenario.ledger.pauseCallerID("02150001000", of: Scenario.account, because: "complaints", at: start)
    }

    /// Lists of numbers, wildcards and hashes, of all campaigns and of one, loaded and added to; the last is dropped.
    private static func forbid(in scenario: Scenario) async throws {
        try await scenario.forbid(.number(900), .number(901, until: future), .wildcard("+1201XXXXXXX"))
        try await scenario.forbid(.wildcard("+8613900*"), on: "regions")
        try await scenario.load((6_000..<8_300).map { try .number($0) }, into: "hashes", hashed: true)
        try await scenario.load([.number(905), .wildcard("+44*")])
        let own = DoNotCallListName("own", scope: .campaign(scenario.campaign))
        _ = try await scenario.ledger.addDoNotCall([.number(906)], to: own, hashed: true, because: "asked", at: start)
        try await scenario.forbid(.number(907), on: "gone")
        _ = try await scenario.ledger.dropDoNotCall(DoNotCallListName("gone"), at: start)
    }

    /// Calls that ended in several ways, one that is open, what agents said, and an offer that was missed.
    private static func call(in scenario: Scenario) async throws {
        let now = future + .seconds(10)
        let policy = Policy { _, _ in .dial(callerID: "02150001001", explanation: #"{"chosen":"02150001001"}"#) }
        let claims = try await scenario.claim(6, at: now, policy: policy).claims
        let missed = AttemptDetail(missedBy: AgentID("li"), note: "li: did not pick up")
        try await scenario.commit(.reached(claims[0].attempt, .ringing, at: now, detail: missed))
        for (index, claim) in claims.dropLast().enumerated() {
            var closing = AttemptClosing(
                index < 3 ? .connected : .busy, at: now + .seconds(40),
                lead: index < 3 ? .finish(.reached) : .wait(until: now))
            closing.vendorReason = "reason \(index) 忙"
            try await scenario.commit(.closed(claim.attempt, closing))
        }
        let notes = [
            LeadDisposition(subject: .attempt(claims[1].attempt), disposition: .sale, note: "两份"),
            LeadDisposition(
                subject: .number(try Scenario.number(1_500)), disposition: .callback, callbackAt: now + .seconds(3_600),
                callbackAgent: AgentID("li")),
        ]
        #expect(
            try await scenario.ledger.dispose(notes, of: scenario.campaign, at: now) == [.applied, .applied])
    }
}

/// Everything that a file holds, read by SQL without any of our own code, but for counts, which may leave zeros out.
struct FileDump: Equatable {
    var tables: [String: [Row]] = [:]

    init(_ path: String) throws {
        let file = try DatabaseQueue(path: path)
        defer { try? file.close() }
        try file.read { db in
            let names = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%count%'
                        AND name NOT LIKE 'sqlite_stat%'
                    """)
            for name in names {
                // Which table was the first to give out an id is nobody's business.
                let order = name == "sqlite_sequence" ? " ORDER BY name" : ""
                tables[name] = try Row.fetchAll(db, sql: "SELECT * FROM \(name)\(order)")
            }
            tables["sqlite_schema"] = try Row.fetchAll(
                db, sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
        }
    }

    /// The tables of which two dumps say different things.
    static func differing(_ one: FileDump, _ other: FileDump) -> [String] {
        Set(one.tables.keys).union(other.tables.keys).filter { one.tables[$0] != other.tables[$0] }.sorted()
    }
}
