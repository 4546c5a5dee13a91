import DialModel
import Testing

@Suite("What an entry of a do-not-call list forbids")
struct DoNotCallPatternTests {
    @Test(
        "Normal forms are numbers and wildcards in E.164",
        arguments: ["+8613800138000", "+86138*", "+1201XXXXXXX", "+1*"])
    func normalForms(text: String) throws {
        let pattern = try #require(DoNotCallPattern(normalForm: text))
        #expect(pattern.text == text)
        #expect(pattern.isWildcard == (pattern.number == nil))
    }

    @Test(
        "Anything else is none",
        arguments: [
            "", "+", "*", "+*", "+X", "86138*", "+0138*", "+86*138", "+86138**", "+86138X*", "+86138*X", "+86138x",
            "+12", "+1234567890123456", "+123456789012345X", "+1234567890123456*", "+８６*", "+86 138*",
        ])
    func others(text: String) {
        #expect(DoNotCallPattern(normalForm: text) == nil)
    }

    @Test("The wildcards of a number are those that match it as a pattern of SQL, and no others match it")
    func wildcards() throws {
        let number = try #require(PhoneNumber(e164: "+12015550123"))
        let wildcards = DoNotCallPattern.wildcards(forbidding: number)
        #expect(Set(wildcards).count == wildcards.count && wildcards.count == 21)
        for text in wildcards {
            let pattern = try #require(DoNotCallPattern(normalForm: text), "\(text)")
            #expect(pattern.isWildcard)
            let fixed = pattern.like.prefix { $0 != "%" && $0 != "_" }
            #expect(number.e164.hasPrefix(fixed))
            #expect(pattern.like.hasSuffix("%") || pattern.like.count == number.e164.count)
        }
        #expect(wildcards.contains("+1201XXXXXXX") && wildcards.contains("+12015550123*"))
    }

    @Test("A number prints masked, a wildcard whole")
    func printing() throws {
        let number = try #require(DoNotCallPattern(normalForm: "+8613800138000"))
        let wildcard = try #require(DoNotCallPattern(normalForm: "+86138*"))
        #expect("\(number)" == "+86138****8000" && "\(wildcard)" == "+86138*")
    }
}
