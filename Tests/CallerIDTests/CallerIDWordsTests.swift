import CallerID
import Testing
import Wording

@Suite("Why no number is shown is said in two languages")
struct CallerIDWordsTests {
    @Test("The tables are complete")
    func tables() {
        #expect(RejectionReason.findings() + CalleeDeferral.findings() + CallerIDPhrase.findings() == [])
    }

    @Test("In English a reason is the word that exports have")
    func codes() {
        #expect(RejectionReason.allCases.allSatisfy { $0.phrase.english == $0.word })
        #expect(CalleeDeferral.allCases.allSatisfy { $0.phrase.english == $0.rawValue })
    }

    @Test(
        "A want that time alone does not mend is told from one that it does",
        arguments: [
            ("paused 3", true), ("no_number not_local 2, paused 1", true), ("the pool has no numbers", true),
            ("blacklisted", true), ("paused 1, at_daily_cap 2", false), ("at_concurrency 1", false),
            ("daily_limit", false),
        ])
    func lasting(reason: String, lasts: Bool) {
        #expect(CallerIDPhrase.lasts(kept: reason) == lasts)
    }

    @Test(
        "What is kept with a lead is told in Chinese",
        arguments: [
            ("at_concurrency 3, paused 1", "并发已满 3 个，已停用 1 个"), ("no_number at_daily_cap 2", "没有可用号码：今日已用满 2 个"),
            ("no_number the pool has no numbers", "没有可用号码：号码池中没有号码"), ("five_minute_limit", "五分钟内呼叫次数已满"),
            ("no account has a number to show", "各账号均没有可用的主叫号码"), ("no line is free", "no line is free"),
        ])
    func kept(reason: String, chinese: String) {
        let phrase = CallerIDPhrase.reading(kept: reason)
        #expect(phrase.english == reason && phrase.chinese == chinese)
    }
}
