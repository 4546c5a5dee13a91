import CampaignRunner
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
        for key in OrderRefusalPhrase.allCases {
            let said = key.filled("7")
            #expect(OrderPhrase.said(Phrase(same: said.english)).chinese == said.chinese, "\(key)")
        }
        let vendors = OrderPhrase.said(Phrase(same: "a: make_ready failed: E7: not now"))
        #expect(vendors.chinese == "a：make_ready 失败：E7: not now")
        #expect(OrderPhrase.said(Phrase(same: "words of another version")).chinese == "words of another version")
    }

    @Test(
        "A database's failure names its kind in Chinese, and is told in English as before",
        arguments: LedgerError.Code.allCases)
    func ledger(code: LedgerError.Code) throws {
        let error = LedgerError(
            code, operation: "commit", database: "calls.sqlite", message: Phrase(same: "words of the store"))
        let words = try #require(Failure(error).lines.first)
        #expect(
            words.english.hasPrefix("error: \(error)") && words.chinese.contains("（calls.sqlite：words of the store）"))
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

    @Test("What is wrong with a command line is read back, whatever stands in its places")
    func usage() {
        for key in UsagePhrase.allCases {
            let said = key.filled("1", "2", "3", "4")
            #expect(UsagePhrase.reading(said.english)?.chinese == said.chinese, "\(key)")
        }
    }

    @Test(
        "A wrong command line is told in Chinese",
        arguments: [
            ("statsu", "错误：没有命令“statsu”；是否想用“status”？"), ("status", "错误：缺少参数 <campaign>"),
            ("status campaigns/demo --jsno", "错误：没有选项 --jsno；是否想用 --json？"),
            ("status campaigns/demo more", "错误：多余的参数“more”"),
            ("status campaigns/demo --database", "错误：--database 缺少值"),
            ("status campaigns/demo --json --check", "错误：请给出 --json 或 --check 其中之一。"),
            ("run campaigns/demo --max-duration 8", "错误：--max-duration <duration> 的值“8”无效：请加单位：8s、8m、8h 或 8d"),
            ("calls", "用法：autodialer calls"), ("caller-ids nothing", "错误：没有命令“nothing”。"),
            ("run campaigns/demo --speed x", "错误：--speed"),
        ])
    func wrongCommands(line: String, words: String) async throws {
        let place = try await Workplace()
        try await place.fail(line + " --lang zh", 64, saying: [words])
        try await place.fail(line + " --lang=zh_CN.UTF-8", 64, saying: [words])
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
