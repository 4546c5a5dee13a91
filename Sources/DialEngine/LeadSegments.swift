import DialModel

/// Numbers the kinds of leads that answer alike, for the controller of pacing: those of one list who have been called
/// equally often (`pacing.md`, 3.2).
///
/// Regions are none of their own: their leads come mixed, so that the next call is drawn from all of them, and what the
/// controller has to know is how often the mixture answers.
struct LeadSegments: Hashable, Sendable {
    private struct Kind: Hashable, Sendable {
        var list: ListID?
        var callsBefore: Int
    }

    /// From so many calls on, leads of a list are told apart no further.
    private static let mostCalls = 3
    /// The most kinds that are told apart; the last of them takes in all that come later.
    static let limit = 64

    private var numbers: [Kind: Int] = [:]

    /// The number of a claimed lead's kind, from 0 on; a new kind gets the next.
    mutating func number(of claim: Claim) -> Int {
        let kind = Kind(list: claim.list, callsBefore: min(claim.history.total, Self.mostCalls))
        if let number = numbers[kind] { return number }
        guard numbers.count < Self.limit else { return Self.limit - 1 }
        numbers[kind] = numbers.count
        return numbers.count - 1
    }
}
