import Ledger
import Testing

@Suite("What entries of the audit log say")
struct AuditFactsTests {
    @Test("Facts are one JSON object, in the order in which they were added")
    func order() {
        var facts = AuditFacts()
        #expect(facts.json == "{}")
        facts.add("run", 7)
        facts.add("leads", [3, 1])
        facts.add("revealed", isSo: false)
        facts.add("action", word: "sale")
        facts.add("nothing", word: nil)
        facts.add("nothing", text: nil)
        facts.add("nothing", file: nil)
        facts.add("nothing", endOf: nil)
        var thing = AuditFacts()
        thing.add("attempt", 9)
        facts.add("dials", [thing, thing])
        #expect(
            facts.json
                == #"{"run":7,"leads":[3,1],"revealed":false,"action":"sale","dials":[{"attempt":9},{"attempt":9}]}"#)
        var more = AuditFacts()
        more.add(contentsOf: AuditFacts())
        more.add(contentsOf: thing)
        more.add(contentsOf: thing)
        #expect(more.json == #"{"attempt":9,"attempt":9}"#)
    }

    @Test(
        "Nothing that may be a telephone number gets in with what people wrote",
        arguments: [
            ("asked on +8613800138000", "asked on +…"), ("138-0013-8000 asked", "… asked"),
            ("(138) 0013 8000", "(…"), ("of 2026-11-01, 20261101", "of 2026-11-01, 20261101"), ("12345678", "…"),
            ("123456", "123456"),
            ("138–0013–8000, 138/0013/8000 asked", "…, … asked"), ("of 2026-11-01 138 0013 8000", "of …"),
            ("123456789", "…"), ("１３８００１３８０００", "…"), ("1 2, 3", "1 2, 3"), ("", ""),
        ])
    func numbers(text: String, kept: String) {
        var facts = AuditFacts()
        facts.add("t", text: text)
        #expect(facts.json == #"{"t":"\#(kept)"}"#)
    }

    @Test("Of a file only the name is kept, and of a number of ours its end")
    func shortened() {
        var facts = AuditFacts()
        facts.add("file", file: "lists/wang/13800138000.csv")
        facts.add("shows", endOf: "057180001234")
        facts.add("short", endOf: "12")
        #expect(facts.json == #"{"file":"….csv","shows":"…1234","short":"…12"}"#)
    }

    @Test("Texts are quoted, whatever is in them")
    func quoting() {
        var facts = AuditFacts()
        facts.add("t", text: "a\"b\\c\nd\u{0}e 客户")
        #expect(facts.json == #"{"t":"a\"b\\c\u000ad\u0000e 客户"}"#)
    }

    @Test("A digest is 32 bytes or 64 digits, and reads back as it is written")
    func digests() {
        let bytes = (0..<32).map { UInt8($0 * 7) }
        let digest = AuditDigest(bytes)
        #expect(digest?.description.hasPrefix("00070e15") == true)
        #expect(digest.flatMap { AuditDigest(hexadecimal: $0.description) } == digest)
        #expect(AuditDigest(bytes.dropLast()) == nil)
        for text in ["", "00", String(repeating: "0", count: 63) + "x", String(repeating: "0", count: 65)] {
            #expect(AuditDigest(hexadecimal: text) == nil)
        }
    }
}
