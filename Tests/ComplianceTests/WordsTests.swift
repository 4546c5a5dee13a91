import Compliance
import DialModel
import Ledger
import Testing
import Wording

@Suite("What stands against a dial is said in two languages")
struct WordsTests {
    @Test("The tables are complete")
    func tables() {
        #expect(GatePhrase.findings() == [] && PreflightPhrase.findings() == [])
    }

    @Test(
        "What is kept with a lead is told in Chinese, with what stands in it",
        arguments: [
            (HoldReason.agentNotIdle, "retry_wait: 约定回访的坐席不空闲"),
            (HoldReason.justCalled, "retry_wait: 另一活动刚刚呼叫过该号码"),
            ("do_not_call: the number is on the do-not-call list \"house\"", "do_not_call: 号码在禁呼名单“house”中"),
            ("attempt_cap: the number had its dials in 24 h: 3 (us FL)", "attempt_cap: 该号码 24 小时内的呼叫次数已满：3 次（us FL）"),
            ("attempt_cap: the lead had its dials: 2 (campaign)", "attempt_cap: 该线索的呼叫次数已满：2 次（活动自定）"),
            ("calling_hours: as an older release put it", "calling_hours: as an older release put it"),
        ])
    func kept(reason: String, chinese: String) {
        let phrase = GateBlock.reading(holdReason: reason)
        #expect(phrase?.english == reason && phrase?.chinese == chinese)
    }

    @Test("A reason that no gate gave is none of theirs")
    func others() {
        #expect(GateBlock.reading(holdReason: "at_concurrency 3") == nil)
    }

    @Test(
        "Every span that a cap may have is said",
        arguments: [
            (Duration.seconds(7_200), "2 h", "2 小时"), (.seconds(90 * 60), "90 min", "90 分钟"),
            (.seconds(45), "45 s", "45 秒"),
        ])
    func spans(span: Duration, english: String, chinese: String) {
        var rules = GateRules()
        rules.caps = [AttemptCap(count: 2, period: .rolling(span), scope: .lead, source: .campaign)]
        let now = Clocks.shanghai.at(2026, 11, 25, 12)
        var facts = GateFacts(places: [.daily(Clocks.shanghai, 9, 20)])
        facts.leadDials = [now - .seconds(1), now - .seconds(2)]
        guard case .blocked(let block, _) = DialGate(facts: facts, rules: rules).answer(at: now) else {
            Issue.record("the cap is full")
            return
        }
        #expect(block.detail.english == "the lead had its dials in \(english): 2 (campaign)")
        #expect(block.detail.chinese == "该线索 \(chinese)内的呼叫次数已满：2 次（活动自定）")
        // Rules or an account that are called so are not the campaign.
        rules.caps[0].source = .named("campaign")
        guard case .blocked(let other, _) = DialGate(facts: facts, rules: rules).answer(at: now) else { return }
        #expect(other.detail.chinese == "该线索 \(chinese)内的呼叫次数已满：2 次（campaign）")
    }
}
