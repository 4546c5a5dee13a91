import Ledger
import Telephony
import Testing
import Wording

@testable import autodialer

@Suite("What commands answer is said in the language that was asked for", .timeLimit(.minutes(15)))
struct ChineseTests {
    @Test("What a run answers in English is read back in every language")
    func orders() {
        for key in OrderPhrase.allCases {
            let said = key.filled("1204", "8002")
            #expect(OrderPhrase.reading(said.english)?.chinese == said.chinese, "\(key)")
        }
        #expect(OrderPhrase.reading("words of another version") == nil)
    }

    @Test(
        "A database's failure names its kind in Chinese, and is told in English as before",
        arguments: LedgerError.Code.allCases)
    func ledger(code: LedgerError.Code) throws {
        let error = LedgerError(code, operation: "commit", database: "calls.sqlite", message: "words of the store")
        let words = try #require(Failure(error).lines.first)
        #expect(words.english.hasPrefix("error: \(error)") && words.chinese.contains("（\(error)）"))
    }

    @Test(
        "A vendor's failure tells what follows from it, and keeps the vendor's own words",
        arguments: [
            (VendorError.Meaning.misconfigured, "供应商拒绝"), (.unavailable, "稍后重试"), (.outcomeUnknown, "可能已执行"),
        ])
    func vendor(meaning: VendorError.Meaning, chinese: String) throws {
        let error = VendorError(meaning, vendor: "a", operation: "DialEx", code: "403", message: "no such key")
        let words = try #require(Failure(error).lines.first)
        #expect(words.english == "error: \(error)")
        #expect(words.chinese.contains(chinese) && words.chinese.contains("a：DialEx 失败：403: no such key"))
    }

    @Test("Commands about numbers, people and the audit log speak Chinese")
    func commands() async throws {
        let place = try await Workplace()
        try place.write("numbers.csv", "number,province,city,pools\n051488880001,江苏,扬州,east\n")
        for (command, words) in [
            ("caller-ids import numbers.csv --account a", "a：新增 1，更改 0，未变 0，移除 0"),
            ("caller-ids pause 051488880001 --account a", "a：051488880001 已停用"),
            ("caller-ids list --account a", "归属地"), ("caller-ids health --account a", "时停用，原因：手动停用"),
            ("privacy erase --due", "已从旧记录中移除 0 个号码"), ("audit verify", "末条"),
        ] {
            let output = try await place.succeed("\(command) --lang zh").output
            #expect(output.contains(words), "\(command): \(output)")
        }
        try await place.fail("privacy export +8613800138000 --lang zh", 66, saying: ["错误：没有关于此号码的任何记录"])
    }
}
