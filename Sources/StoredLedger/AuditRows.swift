package import DialModel
import Foundation
import Glibc
package import Ledger

/// What an entry of the audit log will say.
package struct AuditEntry: Sendable {
    var at: Timestamp
    var actor: String
    var action: AuditAction
    var campaign: CampaignID?
    var facts: AuditFacts
}

/// The end of the audit log, where entries are added inside the transactions that they tell of.
package struct AuditRows {
    let db: any StoreSession

    /// The log as a transaction sees it.
    package init(db: any StoreSession) {
        self.db = db
    }

    /// The user whose process this is, as the system knows them.
    package static let user: String = {
        let name = ProcessInfo.processInfo.userName
        return name.isEmpty ? "user \(geteuid())" : name
    }()

    /// Begins the log of a ledger, which may have attempts of which it does not tell.
    package func begin(at now: Timestamp) throws {
        var facts = AuditFacts()
        facts.add("attempts", try db.integer("SELECT max(id) FROM attempts") ?? 0)
        try appendNow(.logBegun, facts, at: now)
    }

    /// Adds an entry, at the latest when the transaction ends.
    package func append(
        _ action: AuditAction, _ facts: AuditFacts, of campaign: CampaignID? = nil, by actor: String = user,
        at now: Timestamp
    ) throws {
        try db.tell(AuditEntry(at: now, actor: actor, action: action, campaign: campaign, facts: facts))
    }

    /// Adds an entry at once.
    func appendNow(_ action: AuditAction, _ facts: AuditFacts, at now: Timestamp) throws {
        try append([AuditEntry(at: now, actor: Self.user, action: action, campaign: nil, facts: facts)])
    }

    /// Adds entries at once; whoever else writes waits until the transaction has ended.
    package func append(_ entries: [AuditEntry]) throws {
        try db.lock(.auditLog)
        let head = try db.row(db.dialect.auditHead)
        let given: Int64 = try head?.optional("given") ?? 0
        let last: Int64 = try head?.optional("id") ?? 0
        let bytes: [UInt8]? = try head?.optional("digest")
        // An id is never given out twice: where the end was cut off, the gap shows for ever.
        var id = max(given, last)
        var digest = bytes.flatMap { AuditDigest($0) } ?? .none
        for entry in entries {
            id += 1
            let json = entry.facts.json
            digest = AuditHash.entry(
                after: digest, id: id, at: entry.at.milliseconds, actor: entry.actor.utf8,
                action: entry.action.rawValue.utf8, campaign: entry.campaign?.value, facts: json.utf8)
            let arguments: StoreArguments = [
                id, entry.at.milliseconds, entry.actor, entry.action.rawValue, entry.campaign?.value, json,
                digest.bytes,
            ]
            try db.send(LedgerQuery.insertAudit, arguments)
        }
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

extension AuditFacts {
    /// A file that was read: its name, without its folder, and the digest of its contents.
    package init(_ file: ImportedFile) {
        self.init()
        add("file", file: file.name)
        add("sha256", word: file.digest)
    }
}
