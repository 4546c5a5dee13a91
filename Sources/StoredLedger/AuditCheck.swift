import DialModel
import Foundation
import Ledger

/// A walk through the audit log, beside a walk through the attempts, in one snapshot.
///
/// Both are in order of id, and attempts are given out in the order of the entries that tell of them, so that one step of
/// either is enough to compare a dial. Memory grows only with the leads that were forgotten: each is kept from the first
/// of its dials up to the entry of its erasure.
struct AuditCheck {
    /// Ends the walk.
    private struct Found: Error {
        var fault: AuditFault
    }

    /// An entry as it stands, not yet believed.
    private struct Entry {
        var id: Int64
        var at: Timestamp
        var actor: [UInt8]
        var action: [UInt8]
        var campaign: Int64?
        var facts: [UInt8]
        var digest: AuditDigest?

        var word: String { String(decoding: action, as: UTF8.self) }

        init(_ row: StoreRow) throws {
            id = try row.required("id")
            at = try row.instant("at")
            actor = try row.optional("actor") ?? []
            action = try row.optional("action") ?? []
            campaign = try row.optional("campaign")
            facts = try row.optional("facts") ?? []
            digest = (try row.optional("digest") as [UInt8]?).flatMap { AuditDigest($0) }
        }

        func digest(after previous: AuditDigest) -> AuditDigest {
            AuditHash.entry(
                after: previous, id: id, at: at.milliseconds, actor: actor, action: action, campaign: campaign,
                facts: facts)
        }

        func fault(_ kind: AuditFault.Kind, attempt: Int64? = nil) -> Found {
            Found(
                fault: AuditFault(kind, entry: id, at: at, action: word, attempt: attempt.map { AttemptID($0) }))
        }
    }

    /// How many rows are in memory at a time.
    private static let pageSize = 1_000

    private let db: any StoreSession
    private let expected: AuditDigest?
    private var report = AuditReport()
    private var hasFoundExpected = false
    /// The id that the next entry has to have.
    private var nextID: Int64 = 1
    /// The attempts that are compared next, and the one up to which they have been read; nil before the first entry.
    private var attempts: ArraySlice<StoreRow> = []
    private var lastRead: Int64?
    private var attempt: StoreRow?
    /// What is wrong with attempts that were passed over, unless an entry further on tells of them: where there are several
    /// writers, whoever begins first need not end first.
    private var passedOver: [Int64: (row: StoreRow, fault: AuditFault)] = [:]
    /// The attempt after which the walk began.
    private var firstAttempt: Int64 = 0
    /// What is wrong with the first dial of each forgotten lead, unless an entry further on tells of its erasure.
    private var unexplained: [Int64: AuditFault] = [:]

    init(db: any StoreSession, expecting expected: AuditDigest?) {
        self.db = db
        self.expected = expected
    }

    mutating func run() throws -> AuditReport {
        do {
            try begin()
            var first = Int64.min
            while case let page = try db.rows(LedgerQuery.auditEntries(db.dialect), [first, Self.pageSize]),
                let end = page.last
            {
                for row in page { try take(Entry(row)) }
                first = try end.required("id") &+ 1
            }
            try end()
        } catch let found as Found {
            report.fault = found.fault
        }
        return report
    }

    /// Whether the latest entries, at most so many, follow each other, and nothing was cut off behind them; the first that
    /// does not.
    static func headFault(_ db: any StoreSession, latest count: Int) throws -> AuditFault? {
        let entries = try db.rows(LedgerQuery.latestAudit(db.dialect), [count + 1]).map(Entry.init)
        for (previous, entry) in zip(entries, entries.dropFirst()) {
            guard entry.id == previous.id + 1 else { return AuditFault(.missing, entry: previous.id + 1, at: entry.at) }
            guard let before = previous.digest, entry.digest == entry.digest(after: before) else {
                return entry.fault(.changed).fault
            }
        }
        let given = try Self.given(db)
        let last = entries.last?.id ?? 0
        return given > last ? AuditFault(.cut, entry: last + 1) : nil
    }

    /// The id that was last given out.
    private static func given(_ db: any StoreSession) throws -> Int64 {
        try db.row(db.dialect.auditHead)?.optional("given") ?? 0
    }

    // MARK: - Ends

    /// A log that was pruned begins with the digest of the last entry that was removed.
    private mutating func begin() throws {
        guard let text = try db.text(LedgerQuery.lastPruning) else { return }
        let facts = AuditedFacts(text)
        guard let through = facts?.through, let digest = facts?.digest.flatMap(AuditDigest.init(hexadecimal:)) else {
            return
        }
        // Whatever was put there must not stop the walk: what wraps fits no entry.
        nextID = through &+ 1
        report.last = digest
        report.lastID = through
        hasFoundExpected = digest == expected
        try beginAttempts(after: facts?.attempts ?? 0)
    }

    private mutating func end() throws {
        let given = try Self.given(db)
        guard report.entries > 0, given <= report.lastID else {
            throw Found(fault: AuditFault(.cut, entry: nextID))
        }
        // Attempts are in the order of the entries.
        if let fault = unexplained.values.min(by: { ($0.attempt?.value ?? 0) < ($1.attempt?.value ?? 0) }) {
            throw Found(fault: fault)
        }
        if let first = passedOver.min(by: { $0.key < $1.key }) { throw Found(fault: first.value.fault) }
        if let attempt {
            let id: Int64 = try attempt.required("id")
            throw Found(fault: AuditFault(.dialUnlogged, entry: nextID, attempt: AttemptID(id)))
        }
        if expected != nil, !hasFoundExpected {
            throw Found(fault: AuditFault(.unknownDigest, entry: nextID))
        }
    }

    // MARK: - Entries

    private mutating func take(_ entry: Entry) throws {
        if entry.id < nextID { throw entry.fault(.inserted) }
        if entry.id > nextID {
            var found = entry.fault(.missing)
            found.fault.entry = nextID
            throw found
        }
        guard let digest = entry.digest, digest == entry.digest(after: report.last) else { throw entry.fault(.changed) }
        if lastRead == nil { try beginAttempts(after: try firstFacts(of: entry).attempts ?? 0) }
        switch AuditAction(rawValue: entry.word) {
        case .dialled, .adopted: try compareDials(of: entry)
        case .personErased, .numbersErased: try explainErasure(by: entry)
        default: break
        }
        if digest == expected { hasFoundExpected = true }
        report.entries += 1
        report.from = report.from ?? entry.at
        report.to = entry.at
        report.last = digest
        report.lastID = entry.id
        nextID &+= 1
    }

    /// The facts of the first entry, which say from which attempt on the log tells of them.
    private func firstFacts(of entry: Entry) throws -> AuditedFacts {
        guard entry.word == AuditAction.logBegun.rawValue else { throw entry.fault(.changed) }
        return try facts(of: entry)
    }

    private func facts(of entry: Entry) throws -> AuditedFacts {
        guard let facts = AuditedFacts(String(decoding: entry.facts, as: UTF8.self)) else {
            throw entry.fault(.changed)
        }
        return facts
    }

    // MARK: - Attempts

    private mutating func beginAttempts(after attempt: Int64) throws {
        // Ids are given out from 1 on, so that no log tells of lesser ones, wherever it begins.
        if let least = try db.integer("SELECT min(id) FROM attempts"), least < 1 {
            throw Found(fault: AuditFault(.dialUnlogged, entry: nextID, attempt: AttemptID(least)))
        }
        firstAttempt = attempt
        lastRead = attempt
        try step()
    }

    private mutating func step() throws {
        if attempts.isEmpty, let lastRead {
            attempts = try db.rows(LedgerQuery.sealedAttempts, [lastRead, Self.pageSize])[...]
            if let last = attempts.last { self.lastRead = try last.required("id") }
        }
        attempt = attempts.popFirst()
    }

    private mutating func compareDials(of entry: Entry) throws {
        for dial in try facts(of: entry).dials ?? [] {
            let row = try find(dial.attempt, toldBy: entry)
            let sealed = try SealedDial(row)
            if let salt: [UInt8] = try row.optional("salt") {
                let seal = AuditHash.seal(of: sealed, salt: salt).description
                guard seal == dial.seal else { throw entry.fault(.dialChanged, attempt: dial.attempt) }
            } else {
                // Only an erasure takes a salt away, and it takes the number as well.
                guard try row.optionalInstant("erased_at") != nil, sealed.number.hasPrefix(PrivacyRows.pseudonymPrefix)
                else { throw entry.fault(.dialChanged, attempt: dial.attempt) }
                if unexplained[sealed.lead] == nil {
                    unexplained[sealed.lead] = entry.fault(.dialChanged, attempt: dial.attempt).fault
                }
                report.forgotten += 1
            }
            report.dials += 1
        }
    }

    /// The attempt that an entry tells of.
    private mutating func find(_ id: Int64, toldBy entry: Entry) throws -> StoreRow {
        if let passed = passedOver.removeValue(forKey: id) { return passed.row }
        if db.dialect.hasSeveralWriters, id > 0, id <= firstAttempt,
            let row = try db.rows(LedgerQuery.sealedAttempts, [id - 1, 1]).first, try row.required("id") == id
        {
            // An entry that was removed told of a later one.
            return row
        }
        while let row = attempt, case let next:Int64 = try row.required("id"), next <= id {
            try step()
            if next == id { return row }
            let fault = entry.fault(.dialUnlogged, attempt: next)
            guard db.dialect.hasSeveralWriters else { throw fault }
            passedOver[next] = (row, fault.fault)
        }
        throw entry.fault(.dialLost, attempt: id)
    }

    /// An erasure takes the numbers of the leads that its entry names, but for those that are kept for a while.
    private mutating func explainErasure(by entry: Entry) throws {
        let facts = try facts(of: entry)
        let kept = Set(facts.keptLeads ?? [])
        for lead in facts.leads ?? [] where !kept.contains(lead) { unexplained[lead] = nil }
    }
}

/// What is needed of the facts of an entry.
struct AuditedFacts: Decodable {
    struct Dial: Decodable {
        var attempt: Int64
        var seal: String
    }

    var dials: [Dial]?
    var attempts: Int64?
    var through: Int64?
    var digest: String?
    var leads: [Int64]?
    var keptLeads: [Int64]?

    enum CodingKeys: String, CodingKey {
        case dials, attempts, through, digest, leads
        case keptLeads = "kept_leads"
    }

    /// Reads the text of facts; nil for what is none.
    init?(_ text: String) {
        guard let facts = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else { return nil }
        self = facts
    }
}

extension SealedDial {
    /// What the ledger has of a dial.
    fileprivate init(_ row: StoreRow) throws {
        attempt = try row.required("id")
        campaign = try row.required("campaign")
        lead = try row.required("lead")
        run = try row.required("run")
        number = try row.required("number")
        account = try row.required("vendor")
        callerID = try row.optional("caller_id")
        claimedAt = try row.required("claimed_at")
    }
}
