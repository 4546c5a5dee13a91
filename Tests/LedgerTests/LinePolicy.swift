import DialModel
import Foundation
import Ledger

/// What a policy knows by adding up what it is told: the snapshot it began with, and every event since.
struct CallerIDBook {
    private(set) var position: Int64?
    private(set) var numbers: [OutboundNumber] = []
    private var held: [CallerIDUse] = []
    private var usages: [String: CallerIDUsage] = [:]
    private var dials: [String: [ShanghaiDay: Int]] = [:]

    mutating func learn(_ news: CallerIDNews) {
        switch news.content {
        case .snapshot(let snapshot):
            self = CallerIDBook()
            numbers = snapshot.numbers
            held = snapshot.held
            for usage in snapshot.usages {
                usages[usage.callerID] = usage
                dials[usage.callerID] = [ShanghaiDay(containing: snapshot.at): usage.dialsToday]
            }
        case .events(let events):
            for event in events { take(event) }
        }
        position = news.position
    }

    private mutating func take(_ event: CallerIDEvent) {
        switch event {
        case .claimed(let use):
            held.append(use)
            var usage = usages[use.callerID] ?? CallerIDUsage(callerID: use.callerID)
            usage.lastDialAt = max(usage.lastDialAt ?? use.claimedAt, use.claimedAt)
            usage.lastMinute.append(use.claimedAt)
            usages[use.callerID] = usage
            dials[use.callerID, default: [:]][ShanghaiDay(containing: use.claimedAt), default: 0] += 1
        case .closed(let use, let outcome):
            held.removeAll { $0.attempt == use.attempt }
            let last = (usages[use.callerID]?.outcomes ?? []) + [outcome]
            usages[use.callerID]?.outcomes = last.suffix(CallerIDUsage.outcomeLimit)
            let day = ShanghaiDay(containing: use.claimedAt)
            if outcome.givesDialBack { dials[use.callerID, default: [:]][day, default: 0] -= 1 }
        case .changed(let number):
            if let index = numbers.firstIndex(where: { $0.number == number.number }) { numbers[index] = number }
        case .imported(let all):
            numbers = all
        }
    }

    /// The book as the snapshot that it ought to be.
    func snapshot(at now: Timestamp) -> CallerIDSnapshot {
        let usages = usages.values.sorted { $0.callerID < $1.callerID }.map { usage in
            var usage = usage
            usage.dialsToday = dials[usage.callerID]?[ShanghaiDay(containing: now)] ?? 0
            usage.lastMinute = usage.lastMinute.filter { $0 > now - .seconds(60) }.sorted()
            return usage
        }
        let held = held.filter { $0.expiresAt > now }.sorted { $0.attempt < $1.attempt }
        return CallerIDSnapshot(at: now, numbers: numbers, held: held, usages: usages)
    }

    /// The first number that is active and has a free line.
    func firstFree(at now: Timestamp) -> String? {
        let held = held.filter { $0.expiresAt > now }
        return numbers.first { number in
            number.status == .active && held.count { $0.callerID == number.number } < number.lines
        }?.number
    }
}

/// A policy that takes the first number with a free line, and holds the lead for five seconds when there is none.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class LinePolicy: CallerIDPolicy, @unchecked Sendable {
    let account: String
    let lookBack: Duration
    private let lock = NSLock()
    private var book = CallerIDBook()
    private var told: [CallerIDNews] = []
    private var candidates: [ClaimCandidate] = []
    private var spoilt: Int?

    init(_ account: String = "alibaba.main", lookBack: Duration = .zero) {
        self.account = account
        self.lookBack = lookBack
    }

    var position: Int64? { lock.withLock { book.position } }
    /// What the ledger has told, in order.
    var news: [CallerIDNews] { lock.withLock { told } }
    /// Whom the ledger has asked about, in order.
    var asked: [ClaimCandidate] { lock.withLock { candidates } }

    func snapshot(at now: Timestamp) -> CallerIDSnapshot { lock.withLock { book.snapshot(at: now) } }

    /// Lets the n-th dial from now on be one that the ledger must refuse, after those before it were decided upon.
    func spoil(_ count: Int?) { lock.withLock { spoilt = count } }

    func learn(_ news: CallerIDNews) {
        lock.withLock {
            told.append(news)
            book.learn(news)
        }
    }

    func forget() {
        lock.withLock { book = CallerIDBook() }
    }

    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        lock.withLock {
            candidates.append(candidate)
            guard let number = book.firstFree(at: now) else {
                return .hold(until: now + .seconds(5), because: "no line is free")
            }
            spoilt = spoilt.map { $0 - 1 }
            return .dial(callerID: number, explanation: spoilt == 0 ? "no JSON" : #"{"rule": "first free", "由": "行"}"#)
        }
    }
}

extension Scenario {
    static let account = "alibaba.main"

    /// The n-th landline of the tests' own inventory, with so many lines.
    static func line(_ index: Int, lines: Int = 2) -> OutboundNumber {
        OutboundNumber(
            "0215000\(1_000 + index)", region: NumberRegion(province: "上海", city: "上海市"),
            limits: NumberLimits(maxConcurrent: lines))
    }

    @discardableResult
    func importLines(_ count: Int, lines: Int = 2) async throws -> CallerIDImport {
        try await ledger.importCallerIDs(
            (0..<count).map { Self.line($0, lines: lines) }, into: Self.account, replacing: false, at: Self.start)
    }

    func snapshot(at now: Timestamp = start) async throws -> CallerIDSnapshot {
        try await ledger.callerIDSnapshot(of: Self.account, at: now)
    }
}
