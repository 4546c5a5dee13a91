import DialModel
import Testing
import Wording

@testable import CampaignFile

@Suite("What is wrong with files is said in two languages")
struct FindingWordsTests {
    @Test("The tables are complete")
    func tables() {
        var findings = FormPhrase.findings(sameInBoth: [.about, .quoted]) + FilePhrase.findings()
        findings += SettingPhrase.findings() + RulesPhrase.findings() + AccountPhrase.findings()
        findings += ListPhrase.findings() + FixPhrase.findings()
        #expect(findings == [])
    }

    @Test(
        "A campaign's findings name file, line and fix in Chinese, too",
        arguments: [
            ("dial: { ring_timeout: 30 }", "c.yaml:6：错误：“dial.ring_timeout”必须是时长，不能是“30”（请加单位：30s、30m 或 30h）"),
            ("dial: { ring_timeout: 1h }", "c.yaml:6：错误：“dial.ring_timeout”必须在 15s 到 3m 之间，不能是 1h"),
            ("retrys: {}", "c.yaml:6：错误：未知的键“retrys”（是否想写“retry”？）"),
            ("hours: { rules: mars }", "c.yaml:6：错误：“hours.rules”不能是“mars”（可用的有：us, uk, cn, none，或以 .yaml 结尾的文件）"),
            ("dial: 7", "c.yaml:6：错误：“dial”必须由键和值组成（写成 dial: { ring_timeout: 30s }）"),
            (
                "limits: { per_number: 3 per 24 hours }",
                "c.yaml:6：错误：“limits.per_number”中的“3 per 24 hours”不是上限（写成 3 per 24h）"
            ),
        ])
    func chinese(line: String, finding: String) {
        let least = "name: c\nvendor: simulator.alibaba\nmode: progressive\nagents: { group: g }\n"
        let text = least + "leads: { file: l.csv, country: CN }\n" + line
        let (_, diagnostics) = Campaign.parse(Array(text.utf8), file: "c.yaml")
        #expect(diagnostics.map(\.rendered.chinese) == [finding])
    }

    @Test("A list that cannot be used is told of in Chinese")
    func list() {
        let found = defect(Array("甲,乙\n1,2\n".utf8))
        #expect(
            found?.rendered.chinese.contains(":1：错误：以下各列都不是电话号码：\"甲\", \"乙\"（请指定：") == true,
            "\(String(describing: found))")
    }
}
