import DialModel
import Foundation
import Ledger

/// A list that is handed over in batches, and may break off.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class ListSource: LeadSource, @unchecked Sendable {
    /// What a list that cannot be read throws; it quotes a row, as a careless reader might.
    struct Unreadable: Error, CustomStringConvertible {
        var description: String { "line 7: no comma in 13800138000" }
    }

    let rejectedCount: Int
    let size: Int
    private let lock = NSLock()
    private let breaksOff: Bool
    private var batches: [[NewLead]]
    private var pulledCount = 0
    private var rejectedDuplicates: [NewLead] = []
    private var rejectedPlaces: [DuplicatePlace] = []

    init(_ batches: [[NewLead]], rejectedCount: Int = 0, size: Int = 0, breaksOff: Bool = false) {
        self.batches = batches
        self.size = size
        self.rejectedCount = rejectedCount
        self.breaksOff = breaksOff
    }

    /// The leads that the ledger already had.
    var duplicates: [NewLead] { lock.withLock { rejectedDuplicates } }
    /// Where it had them.
    var places: [DuplicatePlace] { lock.withLock { rejectedPlaces } }
    /// How many batches the ledger has taken.
    var pulled: Int { lock.withLock { pulledCount } }

    func nextBatch() throws -> [NewLead]? {
        try lock.withLock {
            guard !batches.isEmpty else {
                if breaksOff { throw Unreadable() }
                return nil
            }
            pulledCount += 1
            return batches.removeFirst()
        }
    }

    func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws {
        lock.withLock {
            rejectedDuplicates.append(lead)
            rejectedPlaces.append(place)
        }
    }
}

/// A list whose batches are made when they are asked for, counted from zero, until there is none.
///
/// `@unchecked Sendable`: the count is only touched under `lock`.
final class GeneratedList: LeadSource, @unchecked Sendable {
    let rejectedCount = 0
    let size: Int
    private let lock = NSLock()
    private let make: @Sendable (Int) throws -> [NewLead]?
    private var count = 0

    init(size: Int = 0, _ make: @escaping @Sendable (Int) throws -> [NewLead]?) {
        self.size = size
        self.make = make
    }

    func nextBatch() throws -> [NewLead]? {
        try lock.withLock {
            defer { count += 1 }
            return try make(count)
        }
    }

    func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws {}
}

/// A policy that decides as it is told.
struct Policy: ClaimPolicy {
    var lookBack: Duration
    var readsFields: Bool
    var doNotCall = DoNotCallQuestion()
    var decision: @Sendable (ClaimCandidate, Timestamp) -> ClaimDecision

    init(
        lookBack: Duration = .zero, readsFields: Bool = false,
        _ decision: @escaping @Sendable (ClaimCandidate, Timestamp) -> ClaimDecision
    ) {
        self.lookBack = lookBack
        self.readsFields = readsFields
        self.decision = decision
    }

    /// Dials everyone.
    static let dialAll = Policy { _, _ in .dial(callerID: "02150001234") }

    /// Dials everyone of whom no do-not-call list says anything.
    static func obeying(_ question: DoNotCallQuestion = DoNotCallQuestion()) -> Policy {
        var policy = Policy { candidate, now in
            candidate.doNotCall == nil
                ? .dial(callerID: nil)
                : .hold(until: now + .seconds(86_400), because: HoldReason.doNotCall + "it is listed")
        }
        policy.doNotCall = question
        return policy
    }

    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision { decision(candidate, now) }
}

/// What a policy was asked.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class Questions: @unchecked Sendable {
    private let lock = NSLock()
    private var asked: [ClaimCandidate] = []

    var all: [ClaimCandidate] { lock.withLock { asked } }

    func add(_ candidate: ClaimCandidate) {
        lock.withLock { asked.append(candidate) }
    }
}
