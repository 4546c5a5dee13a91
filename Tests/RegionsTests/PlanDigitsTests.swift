import DialModel
import Foundation
import Testing

@testable import Regions

@Suite struct PlanDigitsTests {
    /// A number of a calling code, of a random length.
    private func number(of code: Int, _ random: inout SplitMix64) -> PhoneNumber? {
        var text = "+\(code)"
        let length = 7 + Int(random.below(9))
        while text.count <= length { text += String(random.below(10)) }
        return PhoneNumber(e164: text)
    }

    @Test(arguments: [20_261_127 as UInt64])
    func `Numbers of every calling code have the place that the library gives them, whoever was asked about before`(
        seed: UInt64
    ) {
        var random = SplitMix64(seed: seed)
        let finder = RegionFinder()
        let plain = RegionFinder(capacity: 0)
        let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
        var shared = 0
        for code in 1...999 {
            for _ in 0..<(isSoak ? 5_000 : 20) {
                guard let number = number(of: code, &random) else { continue }
                let digits = NumberDigits(number)
                let count = NumberPlan.count(decidingIn: digits)
                // Another number with no more in common than decides.
                let rest = (count..<digits.count).map { _ in String(random.below(10)) }.joined()
                guard let other = PhoneNumber(e164: number.e164.prefix(1 + count) + rest) else { continue }
                #expect(NumberDigits(other).key(count) == digits.key(count))
                if other != number { shared += 1 }
                for number in [number, other] {
                    #expect(finder.place(of: number) == plain.place(of: number), "seed \(seed): \(number.e164)")
                }
            }
        }
        #expect(shared > 5_000, "most numbers are decided before their end")
    }

    @Test func `The plans of large countries are decided by few digits`() {
        let decided = ["8613800138000": 7, "14155550100": 9, "442079460000": 8, "4930901820": 8, "819012345678": 7]
        for (text, most) in decided.sorted(by: { $0.key < $1.key }) {
            let digits = NumberDigits(value: UInt64(text) ?? 0)
            #expect(PlanDigits.shared.count(decidingIn: digits) <= most, "\(text)")
        }
        // Nobody's numbers begin with 999, and a zero before the national number is taken off.
        for text in ["9991234567", "86057188886666"] {
            let digits = NumberDigits(value: UInt64(text) ?? 0)
            #expect(PlanDigits.shared.count(decidingIn: digits) == digits.count, "\(text)")
        }
    }

    @Test(arguments: ["[", "1{", "1{2", "1{3,2}", "a", "1*", "(?=1)", "(1", "1)", "[^1]", "1{99}"])
    func `A pattern of another form is not read`(text: String) {
        #expect(DigitPattern(text) == nil)
    }

    @Test(arguments: [
        ["1[2-4]\\d{2}", "(?:12|3)4?5"], ["[2-9]\\d{3}|1(?:0[1-3]|20)\\d"], ["\\d{2,4}"], ["1(?:2(?:3|45)?)?\\d"],
    ])
    func `Numbers that agree in the deciding digits are matched alike`(patterns: [String]) throws {
        var automaton = PatternAutomaton()
        for text in patterns { automaton.add(try #require(DigitPattern(text)), then: .end) }
        let expressions = try patterns.map { try NSRegularExpression(pattern: "^(?:\($0))$") }
        var known: [String: [Bool]] = [:]
        for value in 0..<10_000 {
            for text in [String(value), String("0000\(value)".suffix(4))] {
                let range = NSRange(location: 0, length: text.utf16.count)
                let matches = expressions.map { $0.firstMatch(in: text, range: range) != nil }
                var states = automaton.start
                var count = 0
                for digit in text.compactMap(\.wholeNumberValue) where !states.isEmpty {
                    states = automaton.states(after: digit, from: states)
                    count += 1
                }
                let key = "\(text.prefix(count)) of \(text.count)"
                #expect(known[key, default: matches] == matches, "\(key)")
                known[key] = matches
            }
        }
        #expect(known.count < 10_000)
    }

    @Test func `The rest of a number keeps its zeros`() {
        let cases: [(UInt64, Int, UInt64, Int)] = [
            (390_612_345, 2, 612_345, 1), (3_900, 2, 0, 1), (390, 2, 0, 0), (14_155, 1, 4_155, 0), (39_007, 2, 7, 2),
        ]
        for (value, length, rest, zeros) in cases {
            let found = NumberDigits(value: value).rest(after: length)
            #expect(found == (rest, zeros), "\(value)")
        }
    }
}
