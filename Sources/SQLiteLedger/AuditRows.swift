import DialModel
import Foundation
import GRDB
import Glibc
import Ledger

/// The end of the audit log, where entries are added inside the transactions that they tell of.
struct AuditRows {
    let db: Database

    /// The user whose process this is, as the system knows them.
    static let user: String = {
        let name = ProcessInfo.processInfo.userName
        return name.isEmpty ? "user \(geteuid())" : name
    }()

    /// Begins the log of a ledger, which may have attempts of which it does not tell.
    func begin() throws {
        var facts = AuditFacts()
        facts.add("attempts", try Int64.fetchOne(db, sql: "SELECT max(id) FROM attempts") ?? 0)
        let now = try Int64.fetchOne(db, sql: "SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000") ?? 0
        try append(.logBegun, facts, at: Timestamp(milliseconds: now))
    }

    /// Adds an entry.
    func append(
        _ action: AuditAction, _ facts: AuditFacts, of campaign: CampaignID? = nil, by actor: String = user,
        at now: Timestamp
    ) throws {
        let head = try Row.fetchOne(try db.cachedStatement(sql: LedgerQuery.auditHead))
        let given: Int64 = try head?.optional("given") ?? 0
        let last: Int64 = try head?.optional("id") ?? 0
        let bytes: Data? = try head?.optional("digest")
        // An id is never given out twice: where the end was cut off, the gap shows for ever.
        let id = max(given, last) + 1
        let json = facts.json
        let digest = AuditHash.entry(
            after: bytes.flatMap { AuditDigest($0) } ?? .none, id: id, at: now.milliseconds, actor: actor.utf8,
            action: action.rawValue.utf8, campaign: campaign?.value, facts: json.utf8)
        try db.cachedStatement(sql: LedgerQuery.insertAudit).execute(arguments: [
            id, now.milliseconds, actor, action.rawValue, campaign?.value, json, Data(digest.bytes),
        ])
    }

    /// Tells of dials that a run makes.
    func append(
        _ action: AuditAction, _ dials: [AuditFacts], run: RunID, account: String, note: String?,
        of campaign: CampaignID, at now: Timestamp
    ) throws {
        var facts = AuditFacts()
        facts.add("account", text: account)
        facts.add("note", text: note)
        facts.add("dials", dials)
        try append(action, facts, of: campaign, by: "run \(run.value)", at: now)
    }
}

extension AuditFacts {
    /// An attempt as an entry names it.
    init(_ dial: SealedDial, salt: [UInt8]) {
        self.init()
        add("attempt", dial.attempt)
        add("shows", endOf: dial.callerID)
        add("seal", word: AuditHash.seal(of: dial, salt: salt).description)
    }
}
