import CPhoneNumber
import Synchronization

/// How many first digits of a number decide, together with how many there are, all that the numbering plans say of it.
///
/// It is read from the plans' own patterns. All that can be matched with numbers of a calling code are followed at once,
/// digit by digit, until those that can still match ask for nothing but so many digits more.
///
/// May be asked from many threads at once.
final class PlanDigits: Sendable {
    /// The plans of the library.
    static let shared = PlanDigits()

    /// What is known of a calling code.
    private enum Plan {
        case unread
        /// No number begins with it.
        case absent
        /// Its patterns cannot be followed.
        case unreadable
        case read(PatternWalk)
    }

    /// By calling code, of which the longest have three digits.
    private let plans = Mutex([Plan](repeating: .unread, count: 1_000))

    /// How many of a number's digits decide, with those of the calling code; all of them where a plan cannot be followed,
    /// or takes them for digits that are dialled before a number.
    func count(decidingIn digits: NumberDigits) -> Int {
        plans.withLock { plans in
            for length in 1...3 where length <= digits.count {
                let code = Int(digits.prefix(length))
                if case .unread = plans[code] { plans[code] = Self.plan(of: code) }
                switch plans[code] {
                case .unread, .absent: continue
                case .unreadable: return digits.count
                case .read(let walk): return walk.count(decidingIn: digits, after: length)
                }
            }
            return digits.count
        }
    }

    private static func plan(of code: Int) -> Plan {
        var patterns: [(text: String, use: cpn_pattern)] = []
        withUnsafeMutablePointer(to: &patterns) { patterns in
            cpn_each_pattern(Int32(code), patterns) { context, text, use in
                guard let text else { return }
                context?.assumingMemoryBound(to: [(text: String, use: cpn_pattern)].self).pointee
                    .append((String(cString: text), use))
            }
        }
        guard !patterns.isEmpty else { return .absent }
        var automaton = PatternAutomaton()
        for (text, use) in patterns where !text.isEmpty {
            guard let pattern = DigitPattern(text) else { return .unreadable }
            switch use {
            case cpn_pattern_whole: automaton.add(pattern, then: .end)
            case cpn_pattern_start: automaton.add(pattern, then: .anything)
            default: automaton.add(pattern, then: .change)
            }
        }
        return .read(PatternWalk(automaton))
    }
}

/// The states that patterns can be in together, found as numbers ask for them.
private final class PatternWalk {
    /// No pattern asks for certain digits any more.
    private static let decided = 0
    private static let start = 1

    private let automaton: PatternAutomaton
    /// The states of patterns in each state of the walk.
    private var states: [[Int]]
    /// Where each digit leads from each state, ten for a state; -1 if nobody has asked.
    private var steps: [Int]
    private var places: [[Int]: Int]

    init(_ automaton: PatternAutomaton) {
        self.automaton = automaton
        states = [[], automaton.start]
        steps = [Int](repeating: -1, count: 20)
        places = [[]: Self.decided]
        // Where nothing asks for certain digits, the start would be decided as well.
        places[automaton.start] = automaton.start.isEmpty ? Self.decided : Self.start
    }

    func count(decidingIn digits: NumberDigits, after length: Int) -> Int {
        var state = places[automaton.start] ?? Self.start
        var count = length
        while state != Self.decided, count < digits.count {
            state = step(from: state, by: digits.digit(at: count))
            count += 1
        }
        return count
    }

    private func step(from state: Int, by digit: Int) -> Int {
        let known = steps[state * 10 + digit]
        if known >= 0 { return known }
        let next = automaton.states(after: digit, from: states[state])
        let place = places[next] ?? states.count
        if place == states.count {
            states.append(next)
            steps.append(contentsOf: repeatElement(-1, count: 10))
            places[next] = place
        }
        steps[state * 10 + digit] = place
        return place
    }
}
