import DialModel
import GRDB
import Ledger
import Testing

@testable import SQLiteLedger
@testable import StoredLedger

@Suite("The first list of a ledger, whose index of numbers is filled at the end")
struct FirstListTests {
    private let now = Scenario.start

    /// What became of a list.
    private struct Loaded: Equatable {
        var fates: [LeadIntake.Fate]
        /// Every column of the leads, in their order; a number that is turned away may use up an id, or not.
        var rows: [[DatabaseValue]]
        var indexes: [String]
        /// How many leads the campaign has that are counted otherwise than they stand.
        var miscounted: Int?
    }

    /// Takes a list into an empty ledger, or into one where another campaign has a lead.
    private func load(
        _ batches: [[NewLead]], _ scope: DuplicateScope, limit: Int, isFirst: Bool
    ) throws -> Loaded {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = !isFirst
        let queue = try DatabaseQueue(configuration: configuration)
        try LedgerSchema.migrator.migrate(queue)
        return try queue.write { db in
            let other = try CampaignRows(db: SQLiteSession(db)).open(named: "other", at: now)
            let campaign = try CampaignRows(db: SQLiteSession(db)).open(named: "spring", at: now)
            for owner in [other, campaign] {
                try db.execute(
                    sql: """
                        INSERT INTO imports (campaign, file_name, digest, imported_at, added, duplicates, rejected)
                        VALUES (?, 'a.csv', ?, 1, 0, 0, 0)
                        """,
                    arguments: [owner.value, "\(owner.value)"])
            }
            if !isFirst {
                let door = try SQLiteLeadDoor(db, to: other, from: 1, duplicates: .campaign, at: now)
                #expect(try door.add(try Scenario.lead(9_999), contact: nil) != nil)
            }
            let door = try SQLiteLeadDoor(db, to: campaign, from: 2, duplicates: scope, at: now, limit: limit)
            var intake = LeadIntake(
                into: campaign, from: 2, by: door, duplicates: scope, at: now, of: SQLiteSession(db))
            var fates: [LeadIntake.Fate] = []
            for batch in batches { fates += try intake.take(batch) }
            try intake.finish()
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT (SELECT number FROM leads AS first WHERE first.id = leads.contact) AS contact, import, line,
                        number, original_number, name, fields, state, ending, not_before, hold_reason, priority, turn, expires_at,
                        callback_at, callback_agent, earlier_attempts, earlier_outcome, earlier_ended_at
                    FROM leads WHERE campaign = ?1 ORDER BY id
                    """,
                arguments: [campaign.value])
            let indexes = "SELECT sql FROM sqlite_schema WHERE tbl_name = 'leads' AND type = 'index' ORDER BY name"
            let counts = """
                SELECT sum(abs(leads)) FROM (
                    SELECT sum(leads) AS leads FROM (
                        SELECT campaign, state, ending, leads FROM lead_counts
                        UNION ALL SELECT campaign, state, coalesce(ending, ''), -1 FROM leads)
                    GROUP BY campaign, state, ending)
                """
            return Loaded(
                fates: fates, rows: rows.map { Array($0.databaseValues) },
                indexes: try String.fetchAll(db, sql: indexes), miscounted: try Int.fetchOne(db, sql: counts))
        }
    }

    /// Batches of leads of which some stand there twice, have further numbers, or come back from an export.
    private func randomList(_ random: inout SplitMix64) throws -> [[NewLead]] {
        try (0..<6).map { batch in
            try (0..<Int(random.below(150))).map { index in
                var lead = try Scenario.lead(Int(random.below(600)))
                lead.line = batch * 1_000 + index
                lead.priority = Int(random.below(3))
                lead.fields = [LeadField(name: "城市", value: "杭州 \(index)")]
                switch random.below(12) {
                case 0:
                    for _ in 0..<2 {
                        let number = try Scenario.number(Int(random.below(600)))
                        let isKnown = number == lead.number || lead.alternates.contains { $0.number == number }
                        if !isKnown { lead.alternates.append(AlternateNumber(number: number, original: "alt")) }
                    }
                case 1: lead.standing = LeadStanding(progress: .finished(.reached))
                case 2: lead.standing = LeadStanding(progress: .standby)
                default: break
                }
                return lead
            }
        }
    }

    @Test("it becomes what it would as a later list", arguments: DuplicateScope.allCases, 1...8 as ClosedRange<UInt64>)
    func sameAsLater(scope: DuplicateScope, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let list = try randomList(&random)
        let later = try load(list, scope, limit: 1_000, isFirst: false)
        #expect(later.fates.contains(.duplicate(.list)) && later.rows.count > 200, "seed \(seed)")
        #expect(later.miscounted == 0, "seed \(seed)")
        // With few numbers in memory the index is put back in the midst of the list.
        for limit in [1, 100, 1_000_000] {
            #expect(try load(list, scope, limit: limit, isFirst: true) == later, "seed \(seed), limit \(limit)")
        }
    }

    @Test("numbers are told apart, however many there are")
    func numbers() throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(configuration: configuration)
        try LedgerSchema.migrator.migrate(queue)
        try queue.write { db in
            var numbers = try #require(try ListedNumbers(takingAwayIndexIn: db, limit: 5_000))
            for index in 0..<5_000 {
                #expect(!numbers.isFull)
                #expect(numbers.insert([try Scenario.number(index * 7)]) == [true])
                let known = try [index / 2 * 7, index * 7].map(Scenario.number)
                #expect(numbers.insert(known) == [false, false], "\(index)")
            }
            #expect(numbers.isFull)
            try numbers.putIndexBack(in: db)
        }
    }

    @Test("references are checked again after it")
    func references() async throws {
        let folder = try TemporaryFolder()
        let ledger = try await SQLiteLedger.open(at: folder.file("ledger.sqlite"), access: .readWriteCreate)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        await expectRefusal(.constraint) {
            try await ledger.importLeads(
                into: CampaignID(99), file: ImportedFile(name: "a.csv", digest: "a"),
                from: ListSource([[try Scenario.lead(1)]]), duplicates: .campaign, at: now)
        }
        #expect(try await ledger.settings().foreignKeys)
        try await scenario.add(0..<3)
        #expect(try await ledger.settings().foreignKeys)
    }

    @Test("one that breaks off leaves the index, and the next list is checked by it")
    func breakingOff() async throws {
        let scenario = try await Scenario(.sqlite)
        let lists = try (0..<3).map { try ($0 * 100..<$0 * 100 + 100).map(Scenario.lead) }
        await expectRefusal(.rejectedBySource) {
            try await scenario.ledger.importLeads(
                into: scenario.campaign, file: ImportedFile(name: "a.csv", digest: "a"),
                from: ListSource(lists, breaksOff: true), duplicates: .campaign, at: now)
        }
        #expect(try await scenario.leads().isEmpty)
        let list = try [3, 4, 3].map(Scenario.lead)
        #expect(try await scenario.add(list, list: "b.csv").duplicates == 1)
        #expect(try await scenario.add(list, list: "c.csv").duplicates == 3)
        #expect(try await scenario.claim(2).claims.count == 2, "attempts refer to the index")
    }
}
