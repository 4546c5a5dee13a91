import DialModel
import Foundation
import GRDB
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

@Suite("The audit log tells of everything that is done")
struct AuditTests {
    private let start = Scenario.start
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func records(of scenario: Scenario) async throws -> [AuditRecord] {
        try await scenario.ledger.auditRecords(of: scenario.campaign, after: nil, limit: 1_000)
    }

    /// What an action adds to the log.
    private func added(
        _ scenario: Scenario, _ work: () async throws -> Void
    ) async throws -> [(action: String, facts: String)] {
        let before = try await records(of: scenario).count
        try await work()
        return try await records(of: scenario).dropFirst(before).map { ($0.action, $0.facts) }
    }

    @Test(
        "A new ledger begins with an entry, and a run with its settings; both name the user",
        arguments: LedgerUnderTest.allCases)
    func beginnings(_ kind: LedgerUnderTest) async throws {
        let ledger = try await kind.open(in: folder)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        var settings = AuditFacts()
        settings.add("rules", word: "cn")
        let run = try await ledger.beginRun(
            of: scenario.campaign, vendor: "alibaba.main", under: settings, by: nil, at: start)
        try await ledger.endRun(run, because: "deadline", at: start + .seconds(9))
        let records = try await records(of: scenario)
        #expect(records.map(\.action) == ["log_begun", "run_begun", "run_begun", "run_ended"])
        #expect(records.map(\.id) == [1, 2, 3, 4])
        #expect(records[0].facts == #"{"attempts":0}"# && records[0].campaign == nil)
        #expect(records[2].facts == #"{"run":2,"account":"alibaba.main","rules":"cn"}"#)
        #expect(records[3].facts == #"{"run":2,"because":"deadline"}"# && records[3].at == start + .seconds(9))
        #expect(
            records.dropFirst().allSatisfy { $0.campaign == "spring" && $0.actor == ProcessInfo.processInfo.userName })
        let report = try await ledger.verifyAudit(expecting: nil)
        #expect(report.fault == nil && report.entries == 4 && report.lastID == 4 && report.dials == 0)
        #expect(report.last.description == records[3].digest && report.to == start + .seconds(9))
    }

    @Test(
        "A claim adds one entry, however many leads it takes, and none if it takes none",
        arguments: LedgerUnderTest.allCases)
    func claims(_ kind: LedgerUnderTest) async throws {
        let ledger = try await kind.open(in: folder)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        try await scenario.add(0..<6)
        let one = try await added(scenario) { try await scenario.claim(3) }
        #expect(one.map(\.action) == ["dialled"])
        let facts = try #require(one.first?.facts)
        #expect(facts.hasPrefix(#"{"account":"alibaba.main","dials":[{"attempt":1,"shows":"…1234","seal":""#))
        for index in 0..<3 {
            let number = try Scenario.number(index).e164
            #expect(!facts.contains(number.dropFirst()) && !facts.contains(number.dropFirst(3)))
        }
        let held = Policy { _, now in .hold(until: now + .seconds(60)) }
        #expect(try await added(scenario) { try await scenario.claim(9, policy: held) }.isEmpty)
        let last = try await records(of: scenario).last
        #expect(last?.actor == "run \(scenario.run.value)")
        let report = try await ledger.verifyAudit(expecting: nil)
        #expect(report.fault == nil && report.dials == 3)
    }

    @Test("A call that the vendor placed by itself is told of once", arguments: LedgerUnderTest.allCases)
    func adoption(_ kind: LedgerUnderTest) async throws {
        let ledger = try await kind.open(in: folder)
        let scenario = try await Scenario(ledger: ledger, in: folder, campaign: "own")
        let call = UnclaimedCall(
            id: VendorCallID("7"), number: try Scenario.number(5), since: start, origin: "row 5 of project 7")
        let entries = try await added(scenario) {
            for _ in 0..<2 {
                _ = try await ledger.adopt(
                    call, into: scenario.campaign, run: scenario.run, vendor: "wincall.main",
                    asking: DoNotCallQuestion(), at: start)
            }
        }
        #expect(entries.map(\.action) == ["adopted"])
        #expect(
            entries[0].facts.hasPrefix(#"{"account":"wincall.main","note":"row 5 of project 7","dials":[{"attempt":1"#))
        #expect(try await ledger.verifyAudit(expecting: nil).fault == nil)
    }

    @Test(
        "Lists, do-not-call edits, dispositions and numbers to show are told of, without anybody's number",
        arguments: LedgerUnderTest.allCases)
    func edits(_ kind: LedgerUnderTest) async throws {
        let ledger = try await kind.open(in: folder)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        let entries = try await added(scenario) {
            try await scenario.add(0..<3)
            try await scenario.forbid(.number(1), .wildcard("+86139*"))
            _ = try await ledger.removeDoNotCall(
                [DoNotCallPattern(try Scenario.number(1))], from: DoNotCallListName("house"), at: start)
            try await scenario.load([.number(2)])
            _ = try await ledger.dropDoNotCall(DoNotCallListName("national"), at: start)
            _ = try await ledger.dropDoNotCall(DoNotCallListName("national"), at: start)
            try await scenario.importLines(1)
            try await ledger.pauseCallerID(
                Scenario.line(0).number, of: "alibaba.main", because: "13800138000 says spam", at: start)
            try await ledger.resumeCallerID(Scenario.line(0).number, of: "alibaba.main", because: "mended", at: start)
            let sale = LeadDisposition(subject: .number(try Scenario.number(0)), disposition: .sale)
            _ = try await ledger.dispose([sale, sale], of: scenario.campaign, at: start)
            _ = try await ledger.dispose([sale], of: scenario.campaign, at: start)
        }
        let end = Scenario.line(0).number.suffix(4)
        #expect(
            entries.map { "\($0.action) \($0.facts)" } == [
                #"list_imported {"file":"leads.csv","sha256":"digest-0..<3","added":3,"renewed":0,"duplicates":0,"rejected":0}"#,
                #"dnc_added {"list":"house","added":2,"changed":0,"unchanged":0,"removed":0,"rejected":0,"wildcards":"+86139*"}"#,
                #"dnc_removed {"list":"house","added":0,"changed":0,"unchanged":0,"removed":1,"rejected":0}"#,
                #"dnc_imported {"list":"national","file":"national.csv","sha256":"d","added":1,"changed":0,"unchanged":0,"removed":0,"rejected":0}"#,
                #"dnc_dropped {"list":"national","added":0,"changed":0,"unchanged":0,"removed":1,"rejected":0}"#,
                #"caller_ids_imported {"account":"alibaba.main","added":1,"changed":0,"unchanged":0,"removed":0,"replacing":false}"#,
                #"caller_id_paused {"account":"alibaba.main","number":"…\#(end)","because":"… says spam"}"#,
                #"caller_id_resumed {"account":"alibaba.main","number":"…\#(end)","because":"mended"}"#,
                #"dispositions_noted {"applied":1,"known":1,"no_lead":0,"call_is_open":0}"#,
            ])
        #expect(try await ledger.verifyAudit(expecting: nil).fault == nil)
    }

    @Test(
        "A number that is put in quarantine is told of once, with the attempt that brought it there",
        arguments: LedgerUnderTest.allCases)
    func quarantine(_ kind: LedgerUnderTest) async throws {
        let ledger = try await kind.open(in: folder)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        try await scenario.add(0..<1)
        try await scenario.importLines(1)
        let number = Scenario.line(0).number
        let entries = try await added(scenario) {
            for second in [7, 9] {
                try await scenario.beRefused(
                    showing: number, because: "InArrears: pay first", at: start + .seconds(second))
            }
        }
        #expect(entries.map(\.action) == ["dialled", "caller_id_quarantined", "dialled"], "the second changes nothing")
        let end = number.suffix(4)
        #expect(
            entries[1].facts
                == #"{"account":"alibaba.main","number":"…\#(end)","because":"InArrears","attempt":1,"minutes":30}"#)
        let record = try #require(try await records(of: scenario).first { $0.action == "caller_id_quarantined" })
        #expect(record.actor == "run \(scenario.run.value)" && record.campaign == "spring")
        #expect(record.at == start + .seconds(7))
        #expect(try await ledger.verifyAudit(expecting: nil).fault == nil)
    }

    @Test(
        "What others tell of is kept by whoever they name, and shown with the campaign it is about",
        arguments: LedgerUnderTest.allCases)
    func others(_ kind: LedgerUnderTest) async throws {
        let ledger = try await kind.open(in: folder)
        let spring = try await Scenario(ledger: ledger, in: folder)
        let autumn = try await spring.sibling("autumn")
        var facts = AuditFacts()
        facts.add("order", text: "pause")
        try await ledger.record(.ordered, facts, of: spring.campaign, by: "wang", at: start)
        try await ledger.record(.exported, AuditFacts(), of: autumn.campaign, by: nil, at: start)
        try await ledger.record(.personExported, AuditFacts(), of: nil, by: nil, at: start)
        let own = try await records(of: spring)
        #expect(own.map(\.action) == ["log_begun", "run_begun", "ordered", "person_exported"])
        #expect(own[2].actor == "wang" && own[2].facts == #"{"order":"pause"}"#)
        let pages = try await ledger.auditRecords(of: spring.campaign, after: own[1].id, limit: 1)
        #expect(pages == [own[2]])
    }

    @Test("What fails leaves no entry, alone or among others", arguments: LedgerUnderTest.allCases)
    func failures(_ kind: LedgerUnderTest) async throws {
        let ledger = try await kind.open(in: folder)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        try await scenario.add(0..<4)
        try await ledger.endRun(scenario.run, because: "drained", at: start)
        let entries = try await added(scenario) {
            await expectRefusal(.constraint) { try await ledger.endRun(scenario.run, because: "drained", at: start) }
            await expectRefusal(.rejectedBySource) {
                try await ledger.importLeads(
                    into: scenario.campaign, file: ImportedFile(name: "x", digest: "x"),
                    from: ListSource([[try Scenario.lead(9)]], breaksOff: true), at: start)
            }
            let closing = AttemptClosing(.busy, at: start, lead: .wait(until: start))
            await expectRefusal(.constraint) {
                try await ledger.commit(
                    [.closed(AttemptID(99), closing)], claiming: scenario.request(2))
            }
            await expectRefusal(.constraint) {
                try await ledger.record(.exported, AuditFacts(), of: CampaignID(99), by: nil, at: start)
            }
            await recordAtOnce(20, in: scenario)
        }
        #expect(entries.map(\.action) == [String](repeating: "exported", count: 10))
        let report = try await ledger.verifyAudit(expecting: nil)
        #expect(report.fault == nil && report.entries == 14)
    }

    /// Records many things, some of which share a transaction; half of them fail in it.
    private func recordAtOnce(_ count: Int, in scenario: Scenario) async {
        let ledger = scenario.ledger
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<count {
                group.addTask {
                    let campaign = index.isMultiple(of: 2) ? scenario.campaign : CampaignID(99)
                    try? await ledger.record(.exported, AuditFacts(), of: campaign, by: nil, at: Scenario.start)
                }
            }
        }
    }

    @Test(
        "People who are forgotten leave the log as it is, and nothing in it leads to them",
        arguments: LedgerUnderTest.allCases)
    func erasure(_ kind: LedgerUnderTest) async throws {
        let ledger = try await kind.open(in: folder)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        try await scenario.add(0..<3)
        for claim in try await scenario.claim(2).claims {
            let closing = AttemptClosing(.connected, at: start, lead: .finish(.reached))
            try await scenario.commit(.closed(claim.attempt, closing))
        }
        let digest = try await ledger.verifyAudit(expecting: nil).last
        let entries = try await added(scenario) {
            _ = try await ledger.erase(try Scenario.number(0), keepingCallsSince: start + .seconds(1), at: start)
            _ = try await ledger.erase(try Scenario.number(1), keepingCallsSince: start, at: start)
        }
        #expect(
            entries.map(\.facts) == [
                #"{"leads":[1],"erased":1,"kept":0}"#, #"{"leads":[2],"erased":0,"kept":1,"kept_leads":[2]}"#,
            ])
        let report = try await ledger.verifyAudit(expecting: digest)
        #expect(report.fault == nil && report.dials == 2 && report.forgotten == 1)
        let late = try await added(scenario) {
            _ = try await ledger.eraseKeptNumbers(before: start + .seconds(1), at: start + .seconds(2))
            _ = try await ledger.eraseKeptNumbers(before: start + .seconds(1), at: start + .seconds(3))
        }
        #expect(late.map { "\($0.action) \($0.facts)" } == [#"numbers_erased {"leads":[2]}"#])
        #expect(try await ledger.verifyAudit(expecting: digest).forgotten == 2)
    }

    @Test(
        "An attempt with an id that is never given out is found",
        arguments: LedgerUnderTest.allCases, [0, -9] as [Int64])
    func idsBelowTheFirst(_ kind: LedgerUnderTest, id: Int64) async throws {
        let ledger = try await kind.open(in: folder)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        try await scenario.add(0..<3)
        try await scenario.claim(2)
        #expect(try await ledger.verifyAudit(expecting: nil).fault == nil)
        _ = try await ledger.write("meddle") { db in
            try db.execute(
                """
                INSERT INTO attempts (id, campaign, lead, run, ordinal, number, vendor, state, claimed_at)
                SELECT ?, campaign, id, 1, 1, number, 'a', 'placing', 1 FROM leads WHERE id = 3
                """, [id])
        }
        let fault = try await ledger.verifyAudit(expecting: nil).fault
        #expect(fault == AuditFault(.dialUnlogged, entry: 1, attempt: AttemptID(id)), "\(String(describing: fault))")
    }

    @Test("Attempts from before the log need no entry, and those after it do", arguments: ["ledger-v1", "ledger-v3"])
    func olderFile(name: String) async throws {
        let path = folder.file("older.sqlite")
        let fixture = try #require(Bundle.module.url(forResource: name, withExtension: "db", subdirectory: "Fixtures"))
        try FileManager.default.copyItem(atPath: fixture.path, toPath: path)
        let older = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
        let report = try await older.verifyAudit(expecting: nil)
        #expect(report.fault == nil && report.entries == 1 && report.dials == 0)
        let scenario = try await Scenario(ledger: older, in: folder)
        try await scenario.add(50..<52)
        #expect(try await scenario.claim(2).claims.count == 2)
        let later = try await older.verifyAudit(expecting: report.last)
        #expect(later.fault == nil && later.dials == 2)
        await older.close()
    }
}
