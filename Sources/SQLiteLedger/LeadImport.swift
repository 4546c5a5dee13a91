import DialModel
import GRDB
import Ledger

/// One list on its way into the ledger, inside one transaction, or in a rehearsal up to the ledger's door.
///
/// Only one batch is in memory at a time; what exceeds SQLite's cache goes to its log before the commit.
struct LeadImport {
    /// What became of a lead.
    enum Fate {
        case added
        case renewed
        case duplicate(DuplicatePlace)
    }

    /// What a rehearsal may keep of a list's numbers in memory, in kibibytes; the rest is on disk.
    private static let cacheSize = 16 << 10

    let campaign: CampaignID?
    let file: ImportedFile
    let duplicates: DuplicateScope
    let now: Timestamp

    /// Loads the list; throws `Refusal` when the source fails, and the transaction is undone.
    func run(in db: Database, from source: any LeadSource) throws -> ImportRecord {
        let id = try insertRecord(db)
        let insertion = try db.makeStatement(sql: LedgerQuery.insertLead(duplicates))
        var columns: [String]?
        var contacts: [Int64: [Int64]] = [:]
        let record = try pull(from: source) { lead in
            if columns == nil { columns = lead.fields.map(\.name) }
            let arguments = arguments(of: lead, import: id)
            try insertion.execute(arguments: StatementArguments(arguments))
            guard db.changesCount == 0 else {
                if !lead.alternates.isEmpty { try addAlternates(of: lead, import: id, by: insertion, db) }
                if let contact = lead.standing?.contact { contacts[contact, default: []].append(db.lastInsertedRowID) }
                return .added
            }
            let place = try place(of: lead.number, import: id, db)
            // An export tells what became of a lead, and does not have it dialled again.
            guard duplicates == .list, place == .campaign, lead.standing == nil else { return .duplicate(place) }
            try db.cachedStatement(sql: LedgerQuery.renewLead).execute(
                arguments: StatementArguments(arguments.prefix(15)))
            return db.changesCount == 1 ? .renewed : .duplicate(place)
        }
        for leads in contacts.values { try join(leads, db) }
        // Where order is more than that of the list, the next run puts the new leads into it.
        if let campaign { try CampaignRows(db: db).forgetArrangement(of: campaign) }
        try db.execute(
            sql: "UPDATE imports SET added = ?, duplicates = ?, rejected = ?, renewed = ?, columns = ? WHERE id = ?",
            arguments: [
                record.added, record.duplicates, record.rejected, record.renewed, NameListText.encode(columns ?? []),
                id,
            ])
        return record
    }

    /// Says what `run` would do; `seen` remembers the list's own numbers, on disk, so that memory does not grow with it.
    func rehearse(in db: Database, from source: any LeadSource, remembering seen: DatabaseQueue) throws -> ImportRecord
    {
        let own = try db.makeStatement(sql: LedgerQuery.importOfNumber)
        let any = try db.makeStatement(sql: LedgerQuery.anyLeadOfNumber)
        return try seen.write { memory in
            try memory.execute(sql: "PRAGMA cache_size = -\(Self.cacheSize)")
            try memory.execute(sql: "CREATE TABLE numbers (number TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
            let remember = try memory.makeStatement(sql: "INSERT OR IGNORE INTO numbers VALUES (?)")
            return try pull(from: source) { lead in
                let isOurs = try Int64.fetchOne(own, arguments: [campaign?.value, lead.number.e164]) != nil
                let isAnybodys = try duplicates == .all && Int.fetchOne(any, arguments: [lead.number.e164]) != nil
                if duplicates != .list, isOurs { return .duplicate(.campaign) }
                if isAnybodys { return .duplicate(.elsewhere) }
                try remember.execute(arguments: [lead.number.e164])
                guard memory.changesCount == 1 else { return .duplicate(.list) }
                return isOurs ? .renewed : .added
            }
        }
    }

    /// Pulls the list to its end and counts what becomes of its leads.
    private func pull(from source: any LeadSource, _ take: (NewLead) throws -> Fate) throws -> ImportRecord {
        var record = ImportRecord(file: file, at: now, added: 0, duplicates: 0, rejected: 0)
        while let batch = try Self.reading(source.nextBatch) {
            for (index, lead) in batch.enumerated() {
                switch try take(lead) {
                case .added: record.added += 1
                case .renewed: record.renewed += 1
                case .duplicate(let place):
                    record.duplicates += 1
                    try Self.reading { try source.rejectDuplicate(lead, at: index, in: place) }
                }
            }
        }
        record.rejected = source.rejectedCount
        return record
    }

    private func place(of number: PhoneNumber, import id: Int64, _ db: Database) throws -> DuplicatePlace {
        let statement = try db.cachedStatement(sql: LedgerQuery.importOfNumber)
        guard let owner = try Int64.fetchOne(statement, arguments: [campaign?.value, number.e164]) else {
            return .elsewhere
        }
        return owner == id ? .list : .campaign
    }

    private func insertRecord(_ db: Database) throws -> Int64 {
        let sql = """
            INSERT INTO imports (campaign, file_name, digest, imported_at, added, duplicates, rejected)
            VALUES (?, ?, ?, ?, 0, 0, 0)
            """
        try db.execute(sql: sql, arguments: [campaign?.value, file.name, file.digest, now.milliseconds])
        return db.lastInsertedRowID
    }

    /// Adds a callee's further numbers, to be dialled when those before come to nothing; a number that the campaign has
    /// already is left out.
    private func addAlternates(
        of lead: NewLead, import id: Int64, by insertion: Statement, _ db: Database
    ) throws {
        let first = db.lastInsertedRowID
        var added = 0
        for alternate in lead.alternates {
            var other = lead
            other.number = alternate.number
            other.originalNumber = alternate.original
            other.standing = LeadStanding(progress: .standby)
            try insertion.execute(arguments: StatementArguments(arguments(of: other, import: id, contact: first)))
            added += db.changesCount
        }
        if added > 0 { try beFirst(first, db) }
    }

    /// Puts the leads of a callee together that came back from an export; where none of them waits any more or is in a call,
    /// and none has ended for all, the next one is due.
    private func join(_ leads: [Int64], _ db: Database) throws {
        guard let first = leads.min() else { return }
        for lead in leads {
            try db.cachedStatement(sql: "UPDATE leads SET contact = ? WHERE id = ?").execute(arguments: [first, lead])
        }
        let isOver = "SELECT count(*) FROM leads WHERE contact = ? AND (state = 'waiting' OR ending IN (\(Self.overs)))"
        guard try Int.fetchOne(try db.cachedStatement(sql: isOver), arguments: [first]) == 0 else { return }
        try LeadRows(db: db).wakeNext(of: first, at: now)
    }

    /// The endings after which no other number of a callee is tried.
    private static let overs = LeadEnding.allCases.filter { !$0.leavesOtherNumbers }.map { "'\($0.rawValue)'" }
        .joined(separator: ", ")

    /// Makes a lead the first one of a callee with several numbers.
    private func beFirst(_ lead: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE leads SET contact = id WHERE id = ?").execute(arguments: [lead])
    }

    private func arguments(
        of lead: NewLead, import id: Int64, contact: Int64? = nil
    ) -> [(any DatabaseValueConvertible)?] {
        var state = LeadState.waiting
        var ending: LeadEnding?
        var notBefore: Timestamp? = now
        switch lead.standing?.progress {
        case nil: break
        case .standby: (state, notBefore) = (.standby, nil)
        case .waiting(let instant): notBefore = instant
        case .finished(let why): (state, ending, notBefore) = (.finished, why, nil)
        }
        return [
            campaign?.value, id, lead.line, lead.number.e164, lead.originalNumber, lead.name,
            LeadFieldsText.encode(lead.fields), state.rawValue, ending?.rawValue, notBefore?.milliseconds,
            lead.standing?.attempts ?? 0, lead.standing?.last?.outcome.rawValue, lead.standing?.last?.at.milliseconds,
            lead.priority, lead.expiresAt?.milliseconds, contact, lead.standing?.callbackAt?.milliseconds,
            lead.standing?.callbackAgent?.value, lead.standing?.holdReason,
        ]
    }

    /// Marks what the source throws as the source's, so that it is not taken for a failure of storage.
    static func reading<Value>(_ step: () throws -> Value) throws -> Value {
        do {
            return try step()
        } catch {
            throw Refusal(
                .rejectedBySource,
                "the list could not be read to its end, and nothing of it was kept: \(withoutNumbers("\(error)"))")
        }
    }

    /// The text with every run of five or more digits hidden, since the row it speaks of may be quoted in it.
    static func withoutNumbers(_ text: String) -> String {
        var result = ""
        var digits = ""
        for character in text + "\n" {
            if character.isNumber {
                digits.append(character)
            } else {
                result += digits.count < 5 ? digits : "…"
                digits = ""
                result.append(character)
            }
        }
        return String(result.dropLast())
    }
}
