package import CallerID
package import DialModel
import Foundation
package import Ledger
import Wording

/// Chooses the number to show for each lead inside the claiming transaction, and says why.
///
/// What it knows of numbers is only what the ledger tells it, so it counts what other campaigns and other processes did
/// like its own doings. The choice itself is `CallerIDIndex`.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
package final class CallerIDChoice: CallerIDPolicy, @unchecked Sendable {
    /// How long a lead is left alone for which no number can ever be shown as things stand.
    package static let parking = Duration.seconds(3600)

    package let account: String
    /// The rules of a callee look at one day at most.
    package let lookBack = Duration.seconds(86_400)
    private let pool: CallerIDPool
    private let explains: Bool
    private let region: @Sendable (PhoneNumber) -> NumberRegion
    private let lock = NSLock()
    private var book: CallerIDBook?
    private var told: Int64?
    /// Whether a snapshot is wanted in place of what has happened since.
    private var isStale = false
    private var quarantined: Set<String> = []
    /// Since when leads wait for a local number although another one is free.
    private var waitingSince: [LeadID: Timestamp] = [:]
    private var parked: Set<String> = []

    /// Chooses from `pool` among the numbers of `account`; `region` tells where a callee lives, as far as it is known.
    ///
    /// Where nothing is kept with attempts, nothing needs to be written down either: that is what most of its time goes to.
    package init(
        account: String, pool: CallerIDPool, explains: Bool = true,
        region: @escaping @Sendable (PhoneNumber) -> NumberRegion
    ) {
        self.account = account
        self.pool = pool
        self.explains = explains
        self.region = region
    }

    package var position: Int64? { lock.withLock { isStale ? nil : told } }

    /// Takes in what was committed since it was last told, and what its own claims do.
    package func learn(_ news: CallerIDNews) {
        lock.withLock {
            told = news.position
            switch news.content {
            case .snapshot(let snapshot):
                book = CallerIDBook(snapshot, pool: pool)
                isStale = false
            case .events(let events):
                for event in events { take(event) }
            }
        }
    }

    /// Drops everything, because some of what it was told did not happen.
    package func forget() {
        lock.withLock {
            book = nil
            told = nil
        }
    }

    /// Picks the number for a lead by everything that was told so far, or says how long the lead has to wait.
    package func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        lock.withLock {
            // The ledger tells everything before its first question.
            guard var book else {
                return .hold(until: now + .seconds(1), because: CallerIDPhrase.notTold.phrase.english)
            }
            let since = waitingSince[candidate.lead] ?? now
            let request = CallerIDRequest(
                region: region(candidate.number), callee: CalleeUsage(candidate.recentDials, at: now),
                waited: now - since)
            let seed = PickSeed.of(candidate.lead, ordinal: candidate.history.total + 1)
            let explanation = book.pick(request, at: now, seed: seed)
            self.book = book
            let hold = holdOnEveryone(explanation, in: book, at: now)
            waitingSince[candidate.lead] =
                hold == nil && isHeldForLocal(explanation, in: book) ? since : nil
            if let hold { return .holdEveryone(hold) }
            return decision(explanation, at: now)
        }
    }

    /// The numbers that went into quarantine since this was last asked.
    package func takeQuarantined() -> [String] {
        lock.withLock {
            defer { quarantined = [] }
            return quarantined.sorted()
        }
    }

    /// Why leads were parked for want of a number since this was last asked.
    package func takeParkingReasons() -> [String] {
        lock.withLock {
            defer { parked = [] }
            return parked.sorted()
        }
    }

    // MARK: Under the lock

    private func take(_ event: CallerIDEvent) {
        if case .changed(let number) = event, case .quarantined = number.status,
            book?.contains(number.number) == true
        {
            quarantined.insert(number.number)
        }
        // Whatever changes the index as a whole is told anew by the next claim; this one goes on with what is known.
        if book?.take(event) == false { isStale = true }
    }

    /// Whether a lead waits for the sake of a local number although another one is free.
    private func isHeldForLocal(_ explanation: PickExplanation, in book: CallerIDBook) -> Bool {
        guard case .retryAt = explanation.answer else { return false }
        return pool.rules.holdForLocal > .zero && explanation.reasons.total < book.count
    }

    /// What every other callee would be answered too, if that is certain: each number of the pool is out for a reason of
    /// its own, and when to ask again depends on nobody's home.
    private func holdOnEveryone(
        _ explanation: PickExplanation, in book: CallerIDBook, at now: Timestamp
    ) -> ClaimHold? {
        let reasons = explanation.reasons
        guard reasons.total == book.count else { return nil }
        switch explanation.answer {
        case .noNumber where reasons.reasons.allSatisfy { $0 == .paused }:
            let words = Self.words(reasons)
            parked.insert(words)
            return ClaimHold(until: now + Self.parking, reason: words)
        case .retryAt(let instant, _):
            // A callee waits for a near number, or for none that is out of bounds in their province.
            let isAnybodys =
                pool.rules.regionMode.tiers.contains(.elsewhere) && pool.rules.holdForLocal == .zero
                && !(book.hasBlockedProvinces && reasons[.quarantined] > 0)
            guard isAnybodys, reasons.reasons.allSatisfy(\.concernsEveryCallee) else { return nil }
            return ClaimHold(until: max(instant, now + .milliseconds(1)), reason: Self.words(reasons))
        case .noNumber, .chosen, .deferCallee: return nil
        }
    }

    /// Why no number of the pool could be shown, as it is kept.
    private static func words(_ reasons: ReasonCounts) -> String {
        reasons.total == 0 ? CallerIDPhrase.emptyPool.phrase.english : reasons.phrase.english
    }

    private func decision(_ explanation: PickExplanation, at now: Timestamp) -> ClaimDecision {
        switch explanation.answer {
        case .chosen(let pick): return .dial(callerID: pick.number, explanation: explains ? explanation.json : nil)
        case .retryAt(let instant, let reasons):
            return .hold(until: instant, because: Self.words(reasons))
        case .noNumber(let reasons):
            parked.insert(Self.words(reasons))
            return .hold(
                until: now + Self.parking, because: CallerIDPhrase.noNumber.filled(Self.words(reasons)).english)
        case .deferCallee(let until, let reason):
            return .hold(until: until ?? now + Self.parking, because: reason.rawValue)
        }
    }
}

extension PickExplanation {
    /// The text that is kept with the attempt; nil only if it cannot be written, which loses the explanation, not the call.
    package var json: String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Reads a text that was kept; nil if it is none of ours.
    package init?(json: String) {
        guard let value = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return nil }
        self = value
    }
}
