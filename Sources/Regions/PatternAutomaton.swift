/// A regular expression of digits, in the few forms that numbering plans use.
indirect enum DigitPattern: Equatable {
    /// One of the digits whose bits are set.
    case digit(UInt16)
    case sequence([DigitPattern])
    case choice([DigitPattern])
    case repetition(DigitPattern, ClosedRange<Int>)

    /// Every digit.
    static let anyDigit: UInt16 = 0x3FF

    /// Reads a pattern; nil if it has a form that is not known here.
    init?(_ text: String) {
        var parser = DigitPatternParser(text)
        guard let pattern = parser.choice(), parser.isAtEnd else { return nil }
        self = pattern
    }
}

/// Reads digits, `\d`, classes, groups, alternatives, `?` and counts in braces.
///
/// The end of the text, `$`, is read as nothing: a pattern without it matches more, and more numbers are looked at to
/// their end.
private struct DigitPatternParser {
    private let bytes: [UInt8]
    private var index = 0

    /// More than any number has digits.
    private static let repetitionLimit = 32

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { index == bytes.count }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skip(_ text: StaticString) -> Bool {
        let wanted = text.withUTF8Buffer { Array($0) }
        guard bytes[index...].starts(with: wanted) else { return false }
        index += wanted.count
        return true
    }

    mutating func choice() -> DigitPattern? {
        var branches: [DigitPattern] = []
        repeat {
            guard let branch = sequence() else { return nil }
            branches.append(branch)
        } while skip("|")
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() -> DigitPattern? {
        var parts: [DigitPattern] = []
        while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            if skip("$") { continue }
            guard let atom = atom(), let part = repeated(atom) else { return nil }
            parts.append(part)
        }
        return .sequence(parts)
    }

    private mutating func atom() -> DigitPattern? {
        if skip("\\d") { return .digit(DigitPattern.anyDigit) }
        if skip("(?:") || skip("(") {
            guard next != UInt8(ascii: "?"), let inner = choice(), skip(")") else { return nil }
            return inner
        }
        if skip("[") { return digitClass() }
        return digit().map { .digit(1 << UInt16($0)) }
    }

    private mutating func digitClass() -> DigitPattern? {
        var mask: UInt16 = 0
        while !skip("]") {
            if skip("\\d") {
                mask = DigitPattern.anyDigit
                continue
            }
            guard let first = digit() else { return nil }
            var last = first
            if skip("-") {
                guard let end = digit(), end >= first else { return nil }
                last = end
            }
            for digit in first...last { mask |= 1 << UInt16(digit) }
        }
        return .digit(mask)
    }

    private mutating func repeated(_ atom: DigitPattern) -> DigitPattern? {
        if skip("?") { return .repetition(atom, 0...1) }
        guard skip("{") else { return atom }
        guard let least = number() else { return nil }
        var most = least
        if skip(",") {
            guard let end = number(), end >= least else { return nil }
            most = end
        }
        return skip("}") ? .repetition(atom, least...most) : nil
    }

    private mutating func number() -> Int? {
        guard var value = digit() else { return nil }
        while let more = digit() {
            value = value * 10 + more
            guard value <= Self.repetitionLimit else { return nil }
        }
        return value
    }

    private mutating func digit() -> Int? {
        guard let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        index += 1
        return Int(byte - UInt8(ascii: "0"))
    }
}

/// Several patterns that are matched at once, as far as it matters which digits come next.
struct PatternAutomaton {
    /// What follows a pattern.
    enum Rest {
        /// Nothing.
        case end
        /// Whatever digits there are.
        case anything
        /// Digits that mean something else than where they stand; all of them matter.
        case change
    }

    private enum State {
        case end
        /// Takes one of the digits whose bits are set.
        case digit(UInt16, next: Int)
        /// Is all of these.
        case any([Int])
    }

    private static let end = 0
    private static let anything = 1
    private static let change = 2

    private var states: [State] = [
        .end, .digit(DigitPattern.anyDigit, next: Self.anything), .digit(DigitPattern.anyDigit, next: Self.change),
    ]
    /// Whether all digits are the same to a state and to those after it.
    private var isIndifferent = [true, true, false]
    /// The states before the first digit that are not indifferent, sorted.
    private(set) var start: [Int] = []

    /// Adds a pattern.
    mutating func add(_ pattern: DigitPattern, then rest: Rest) {
        let next =
            switch rest {
            case .end: Self.end
            case .anything: Self.anything
            case .change: Self.change
            }
        let first = state(of: pattern, before: next)
        var entered = Set(start)
        enter(first, &entered)
        // No digits cannot mean something else.
        entered.remove(Self.change)
        start = entered.sorted()
    }

    /// The states after one more digit that are not indifferent, sorted.
    func states(after digit: Int, from before: [Int]) -> [Int] {
        var entered: Set<Int> = []
        for state in before {
            guard case .digit(let mask, let next) = states[state], mask & 1 << UInt16(digit) != 0 else { continue }
            enter(next, &entered)
        }
        return entered.sorted()
    }

    private func enter(_ state: Int, _ entered: inout Set<Int>) {
        switch states[state] {
        case .end: break
        case .digit: if !isIndifferent[state] { entered.insert(state) }
        case .any(let all): for one in all { enter(one, &entered) }
        }
    }

    /// The state in which a pattern begins that is followed by `next`.
    private mutating func state(of pattern: DigitPattern, before next: Int) -> Int {
        switch pattern {
        case .digit(let mask):
            return add(.digit(mask, next: next), isIndifferent: mask == DigitPattern.anyDigit && isIndifferent[next])
        case .sequence(let parts):
            return parts.reversed().reduce(next) { state(of: $1, before: $0) }
        case .choice(let branches):
            let all = branches.map { state(of: $0, before: next) }
            return add(.any(all), isIndifferent: all.allSatisfy { isIndifferent[$0] })
        case .repetition(let part, let counts):
            var first = next
            for _ in 0..<(counts.upperBound - counts.lowerBound) {
                let all = [state(of: part, before: first), next]
                first = add(.any(all), isIndifferent: all.allSatisfy { isIndifferent[$0] })
            }
            for _ in 0..<counts.lowerBound { first = state(of: part, before: first) }
            return first
        }
    }

    private mutating func add(_ state: State, isIndifferent indifferent: Bool) -> Int {
        states.append(state)
        isIndifferent.append(indifferent)
        return states.count - 1
    }
}
