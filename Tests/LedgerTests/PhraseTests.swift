import Ledger
import StoredLedger
import Testing
import Wording

@testable import PostgresLedger
@testable import SQLiteLedger

@Suite("What is wrong with a database is said in both languages")
struct PhraseTests {
    @Test("Every phrase is there in both, with the same places")
    func tables() {
        #expect(LedgerPhrase.findings(sameInBoth: [.failure]) == [])
        #expect(StorePhrase.findings() == [])
        #expect(LedgerFilePhrase.findings(sameInBoth: [.said]) == [])
        #expect(PostgresPhrase.findings(sameInBoth: [.said, .saidWithState]) == [])
    }

    @Test("A file that is not there is told in Chinese without a word of English but its name")
    func missing() async throws {
        let error = await expectRefusal(.cannotOpen) {
            try await SQLiteLedger.open(at: "/nowhere/calls.sqlite", access: .readExisting)
        }
        #expect(error?.phrase.chinese == "/nowhere/calls.sqlite：目录 /nowhere 不存在；请创建，或指定其他数据库")
        #expect(
            error?.description
                == "/nowhere/calls.sqlite: open: the folder /nowhere does not exist; make it, or name another database")
    }
}
