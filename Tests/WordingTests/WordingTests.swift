import Testing

@testable import Wording

@Suite("Words in two languages")
struct WordingTests {
    private enum Sample: PhraseTable {
        case greeting, total

        var phrase: Phrase {
            switch self {
            case .greeting: Phrase("hello", "你好")
            case .total: Phrase("{1} of {2} leads", "共 {2} 条线索，已完成 {1} 条")
            }
        }
    }

    private enum Faulty: PhraseTable {
        case empty, untranslated, misplaced

        var phrase: Phrase {
            switch self {
            case .empty: Phrase("", "空")
            case .untranslated: Phrase("calls", "calls")
            case .misplaced: Phrase("{1} of {2}", "{1} 条")
            }
        }
    }

    @Test(
        "the first locale that is set decides, and what is not Chinese is English",
        arguments: [
            (["zh_CN.UTF-8", "en_GB"], Language.chinese), ([nil, "", "zh_CN"], .chinese), (["zh-Hans-CN"], .chinese),
            (["zh"], .chinese), (["zh.UTF-8"], .chinese), (["C", "zh_CN.UTF-8"], .english), (["POSIX"], .english),
            (["de_DE.UTF-8"], .english), (["zha_CN"], .english), ([nil, nil, nil], .english),
        ] as [([String?], Language)])
    func locales(_ locales: [String?], _ language: Language) {
        #expect(Language(locales: locales) == language)
    }

    @Test("a language is asked for by its name or a locale's, and one that nothing is written in is refused")
    func names() {
        #expect(Language(named: "zh") == .chinese)
        #expect(Language(named: "zh_CN.UTF-8") == .chinese)
        #expect(Language(named: "en-GB") == .english)
        #expect(Language(named: "fr") == nil)
        #expect(Language(named: "") == nil)
    }

    @Test("values stand where each language wants them")
    func values() {
        #expect(Language.english.say(Sample.total, 3, 10) == "3 of 10 leads")
        #expect(Language.chinese.say(Sample.total, 3, 10) == "共 10 条线索，已完成 3 条")
        #expect(Language.chinese.say(Sample.greeting) == "你好")
    }

    @Test("braces that are no place, places without a value and values with places in them stay as they are")
    func odd() {
        let phrase = Phrase("{x} {1} {9} {", "")
        #expect(phrase.text(in: .english, ["{2}", "b"]) == "{x} {2} {9} {")
    }

    @Test("a table tells of each phrase that is empty, not translated, or has other places")
    func findings() {
        #expect(Sample.findings().isEmpty)
        #expect(
            Faulty.findings() == [
                "empty: nothing is said", "untranslated: \"calls\" is not Chinese",
                "misplaced: the languages differ in their places",
            ])
        #expect(Faulty.findings(sameInBoth: [.untranslated]).count == 2)
    }

    @Test("a phrase that is filled keeps its values for either language, and phrases among them are said in it")
    func filled() {
        let inner = Phrase("{1} h", "{1} 小时").filled(2)
        let phrase = Phrase("{2} within {1}", "{1}内 {2} 次").filled(inner, 3)
        #expect(phrase.english == "3 within 2 h" && phrase.chinese == "2 小时内 3 次")
        #expect(Language.chinese.say(phrase) == phrase.chinese)
        #expect(Phrase(listing: [inner, Phrase(same: "x")]).chinese == "2 小时，x")
    }

    private enum Kept: PhraseTable, CaseIterable {
        case waits, listed, capped, hours

        var phrase: Phrase {
            switch self {
            case .waits: Phrase("it waits", "等待")
            case .listed: Phrase("on the list \"{1}\"", "在名单“{1}”中")
            case .capped: Phrase("dials in {2}: {1}", "{2}内 {1} 次")
            case .hours: Phrase("{1} h", "{1} 小时")
            }
        }
    }

    @Test(
        "what was said in English is read again, values and phrases among them, and nothing else is",
        arguments: [
            ("it waits", "等待"), ("on the list \"a: \"b\"\"", "在名单“a: \"b\"”中"), ("dials in 24 h: 3", "24 小时内 3 次"),
            ("it waits longer", nil), ("dials in 24 h", "dials in 24 小时"), ("on the list \"a\" now", nil),
        ] as [(String, String?)])
    func reading(english: String, chinese: String?) {
        #expect(Kept.reading(english)?.chinese == chinese)
        if chinese != nil { #expect(Kept.reading(english)?.english == english) }
    }

    @Test("findings are said in either language")
    func diagnostics() {
        #expect(DiagnosticPhrase.findings(sameInBoth: [.withFix]) == [])
        #expect(SystemPhrase.findings() == [])
        let finding = Diagnostic(
            .warning, Phrase("not read", "不读取"), file: "a.csv", line: 3, hint: Phrase("remove it", "请删除"))
        #expect(finding.rendered.english == "a.csv:3: warning: not read (remove it)")
        #expect(finding.rendered.chinese == "a.csv:3：警告：不读取（请删除）")
    }
}
