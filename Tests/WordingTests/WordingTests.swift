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
}
