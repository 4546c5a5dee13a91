import DialModel
import Foundation
import Ledger
import StoredLedger
import Testing

@Suite("Forgetting people")
struct PrivacyTests {
    private let start = Scenario.start

    private func lead() throws -> NewLead {
        NewLead(
            line: 2, number: try Scenario.number(1), originalNumber: "138-1000-0001", name: "王小明",
            fields: [LeadField(name: "住址", value: "南京西路一号")])
    }

    /// Two campaigns with the same person, called by the first of them, and somebody else.
    private func scenario(
        _ kind: LedgerUnderTest, in folder: TemporaryFolder
    ) async throws -> (any WholeLedger, Scenario, Scenario) {
        let ledger = try await kind.open(in: folder)
        let spring = try await Scenario(ledger: ledger, in: folder)
        let autumn = try await spring.sibling("autumn")
        try await spring.add([try lead(), try Scenario.lead(2)], list: "spring.csv")
        try await autumn.add([try lead()], list: "autumn.csv")
        let claim = try #require(try await spring.claim(1).claims.first)
        var closing = AttemptClosing(.connected, at: start, lead: .finish(.reached))
        closing.vendorReason = "said by +8613810000001"
        try await spring.commit(.closed(claim.attempt, closing))
        let note = LeadDisposition(subject: .attempt(claim.attempt), disposition: .sale, note: "王 wants two")
        _ = try await ledger.dispose([note], of: spring.campaign, at: start)
        return (ledger, spring, autumn)
    }

    @Test(
        "Everything that is kept of a person comes together, whatever the campaign", arguments: LedgerUnderTest.allCases
    )
    func records(_ kind: LedgerUnderTest) async throws {
        let folder = try TemporaryFolder()
        let (ledger, _, _) = try await scenario(kind, in: folder)
        let records = try await ledger.personalRecords(of: try Scenario.number(1))
        #expect(records.map(\.campaign) == ["spring", "autumn"])
        #expect(records.map(\.lead.name) == ["王小明", "王小明"])
        #expect(records[0].attempts.map(\.outcome) == [.connected] && records[1].attempts.isEmpty)
        #expect(records[0].dispositions.map(\.note) == ["王 wants two"])
        #expect(try await ledger.personalRecords(of: try Scenario.number(9)).isEmpty)
    }

    @Test(
        "Nothing of a forgotten person is left in the file, and nobody else loses anything",
        arguments: LedgerUnderTest.allCases)
    func erased(_ kind: LedgerUnderTest) async throws {
        let folder = try TemporaryFolder()
        let (ledger, spring, autumn) = try await scenario(kind, in: folder)
        let erasure = try await ledger.erase(
            try Scenario.number(1), keepingCallsSince: start + .seconds(1), at: start + .seconds(5))
        #expect(erasure.erased == 2 && erasure.kept == 0 && erasure.lists == ["spring.csv", "autumn.csv"])
        #expect(try await ledger.personalRecords(of: try Scenario.number(1)).isEmpty)
        let leads = try await spring.leads()
        #expect(leads[0].ending == .doNotCall && leads[0].name == nil && leads[0].fields.isEmpty)
        #expect(leads[1].name == "客户2" && leads[1].state == .waiting)
        #expect(try await autumn.leads()[0].ending == .doNotCall)
        let attempts = try await spring.attempts()
        #expect(attempts.map(\.outcome) == [.connected], "that there was a call is no secret")
        #expect(attempts[0].number == leads[0].number && attempts[0].number.e164.hasPrefix("+999"))
        #expect(try await autumn.claim(1, at: start + .seconds(9)).claims.isEmpty)
        let again = LeadDisposition(subject: .attempt(attempts[0].id), disposition: .callback, callbackAt: start)
        #expect(try await ledger.dispose([again], of: spring.campaign, at: start) == [.noLead])
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasPrefix("ledger") {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file(name)))
            for secret in ["13810000001", "138-1000-0001", "王小明", "南京西路", "wants two"] {
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) in \(name)")
            }
        }
    }

    @Test(
        "A number stays with the records of its calls while they have to be kept, and goes when that is over",
        arguments: LedgerUnderTest.allCases)
    func kept(_ kind: LedgerUnderTest) async throws {
        let folder = try TemporaryFolder()
        let (ledger, spring, _) = try await scenario(kind, in: folder)
        let number = try Scenario.number(1)
        for _ in 0..<2 {
            let erasure = try await ledger.erase(number, keepingCallsSince: start, at: start + .seconds(5))
            #expect(erasure.kept == 1)
        }
        let lead = try await spring.leads()[0]
        #expect(lead.number == number && lead.name == nil && lead.originalNumber == "")
        #expect(try await ledger.eraseKeptNumbers(before: start, at: start + .seconds(9)) == 0)
        #expect(try await ledger.eraseKeptNumbers(before: start + .seconds(1), at: start + .seconds(9)) == 1)
        #expect(try await ledger.personalRecords(of: number).isEmpty)
    }

    @Test("Nobody is forgotten in the middle of a call", arguments: LedgerUnderTest.allCases)
    func openCall(_ kind: LedgerUnderTest) async throws {
        let folder = try TemporaryFolder()
        let (ledger, spring, _) = try await scenario(kind, in: folder)
        _ = try await spring.claim(1)
        await expectRefusal(.constraint) {
            try await ledger.erase(try Scenario.number(2), keepingCallsSince: start, at: start)
        }
        #expect(try await ledger.personalRecords(of: try Scenario.number(2)).first?.lead.name == "客户2")
    }

    @Test(
        "Further numbers of a person go with them, and a list that names them anew changes nothing",
        arguments: LedgerUnderTest.allCases)
    func furtherNumbers(_ kind: LedgerUnderTest) async throws {
        let folder = try TemporaryFolder()
        let ledger = try await kind.open(in: folder)
        let spring = try await Scenario(ledger: ledger, in: folder)
        var person = try lead()
        person.alternates = [AlternateNumber(number: try Scenario.number(7), original: "7")]
        try await spring.add([person])
        #expect(try await ledger.personalRecords(of: try Scenario.number(7)).count == 2)
        let erasure = try await ledger.erase(try Scenario.number(7), keepingCallsSince: start, at: start)
        #expect(erasure.erased == 2)
        #expect(try await spring.leads().allSatisfy { $0.ending == .doNotCall && $0.name == nil })
        _ = try await ledger.importLeads(
            into: spring.campaign, file: ImportedFile(name: "again", digest: "again"), from: ListSource([[person]]),
            duplicates: .list, at: start)
        #expect(try await spring.leads().prefix(2).allSatisfy { $0.state == .finished })
    }
}
