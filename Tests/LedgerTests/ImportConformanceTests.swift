import DialModel
import Ledger
import Testing
import Wording

@Suite("Ledger conformance: imports")
struct ImportConformanceTests {
    private let start = Scenario.start

    @Test("a lead is kept as the list has it", arguments: LedgerUnderTest.allCases)
    func leadAsGiven(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        let fields = [
            LeadField(name: "城市", value: "杭州 \"西湖\" \\ 区"), LeadField(name: "城市", value: ""),
            LeadField(name: "", value: "two\nlines\ttab\u{1} and 😀"),
        ]
        let lead = NewLead(
            line: 17, number: try Scenario.number(1), originalNumber: " 138-1000 0001", name: nil,
            fields: ListedFields(fields))
        let source = ListSource([[lead]], rejectedCount: 4)
        let file = ImportedFile(name: "名单 A.csv", digest: "abc")
        let now = start + .seconds(3)
        let record = try await scenario.ledger.importLeads(into: scenario.campaign, file: file, from: source, at: now)
        #expect(record == ImportRecord(file: file, at: now, added: 1, duplicates: 0, rejected: 4))

        let stored = try #require(try await scenario.leads().first)
        var expected = LeadRecord(
            id: stored.id, line: 17, number: lead.number, originalNumber: lead.originalNumber, name: nil,
            fields: fields, state: .waiting)
        expected.notBefore = now
        expected.list = file.name
        #expect(stored == expected)
    }

    @Test("the first lead with a number wins, in the list and over lists", arguments: LedgerUnderTest.allCases)
    func duplicates(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        try await scenario.add(0..<3)
        var again = try Scenario.lead(3)
        again.line = 99
        let batches = [[try Scenario.lead(2), try Scenario.lead(3)], [again, try Scenario.lead(4)]]
        let source = ListSource(batches)
        let record = try await scenario.ledger.importLeads(
            into: scenario.campaign, file: ImportedFile(name: "b.csv", digest: "b"), from: source, at: start)
        #expect(record.added == 2)
        #expect(record.duplicates == 2)
        #expect(source.duplicates.map(\.line) == [4, 99])
        #expect(try await scenario.leads().map(\.line) == [2, 3, 4, 5, 6])

        let autumn = try await scenario.sibling("autumn")
        #expect(try await autumn.add(0..<3).added == 3, "another campaign may have the same numbers")
    }

    @Test("a list that breaks off leaves nothing", arguments: LedgerUnderTest.allCases)
    func breakingOff(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 2)
        let before = try await scenario.figures()
        let batches = try stride(from: 10, to: 5_010, by: 500).map { try ($0..<$0 + 500).map(Scenario.lead) }
        let source = ListSource(batches, breaksOff: true)
        let error = await expectRefusal(.rejectedBySource) {
            try await scenario.ledger.importLeads(
                into: scenario.campaign, file: ImportedFile(name: "c.csv", digest: "c"), from: source, at: start)
        }
        #expect(source.pulled == 10)
        #expect(error?.message.english.contains("13800138000") == false, "no number in a message, whoever wrote it")
        #expect(error?.message.english.contains("line 7") == true)
        #expect(try await scenario.figures() == before)
        #expect(try await scenario.ledger.priorImport(into: scenario.campaign, digest: "c") == nil)
        #expect(try await scenario.ledger.imports(of: scenario.campaign).count == 1)
    }

    @Test("imports are found by their contents and listed in order", arguments: LedgerUnderTest.allCases)
    func priorImport(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        let first = try await scenario.add(0..<2)
        let second = try await scenario.add(1..<4, at: start + .seconds(60))
        #expect(try await scenario.ledger.imports(of: scenario.campaign) == [first, second])
        let found = try await scenario.ledger.priorImport(into: scenario.campaign, digest: second.file.digest)
        #expect(found == second)
        let autumn = try await scenario.sibling("autumn")
        #expect(try await autumn.ledger.priorImport(into: autumn.campaign, digest: second.file.digest) == nil)
    }

    @Test("an empty list is an import too", arguments: LedgerUnderTest.allCases)
    func emptyList(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        let file = ImportedFile(name: "empty.csv", digest: "e")
        let record = try await scenario.ledger.importLeads(
            into: scenario.campaign, file: file, from: ListSource([[], []]), at: start)
        #expect(record == ImportRecord(file: file, at: start, added: 0, duplicates: 0, rejected: 0))
        #expect(try await scenario.ledger.imports(of: scenario.campaign) == [record])
    }
}
