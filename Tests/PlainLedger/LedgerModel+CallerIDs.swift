package import DialModel
package import Ledger

extension LedgerModel {
    /// All there is to know of the account's numbers, counted anew from the attempts.
    package func callerIDSnapshot(at now: Timestamp) -> CallerIDSnapshot {
        let shown = attempts.lazy.map(\.record).filter { $0.vendor == callerIDs.account && $0.callerID != nil }
        let names = Set(shown.compactMap(\.callerID)).sorted()
        let held = shown.filter { $0.outcome == nil }.compactMap(Self.use).filter { $0.expiresAt > now }
        let usages = names.map { name in
            let mine = shown.filter { $0.callerID == name }
            let times = mine.map(\.claimedAt)
            let today = ShanghaiDay(containing: now)
            return CallerIDUsage(
                callerID: name,
                dialsToday: mine.count {
                    ShanghaiDay(containing: $0.claimedAt) == today && $0.outcome?.givesDialBack != true
                },
                lastDialAt: times.max(), lastMinute: times.filter { $0 > now - .seconds(60) }.sorted(),
                outcomes: outcomes(of: name).suffix(CallerIDUsage.outcomeLimit))
        }
        return CallerIDSnapshot(at: now, numbers: callerIDs.numbers, held: Array(held), usages: usages)
    }

    private func outcomes(of name: String) -> [CallOutcome] {
        news.compactMap { event in
            if case .closed(let use, let outcome) = event, use.callerID == name { outcome } else { nil }
        }
    }

    private static func use(_ record: AttemptRecord) -> CallerIDUse? {
        record.callerID.map { CallerIDUse(attempt: record.id, callerID: $0, claimedAt: record.claimedAt) }
    }

    /// Tells a policy what it has not heard, before its first question.
    func tellNews(to chooser: (any CallerIDPolicy)?, at now: Timestamp) {
        guard let chooser else { return }
        repeat {
            let position = chooser.position
            let content: CallerIDNews.Content =
                position.map { .events(Array(news[Int($0)...])) } ?? .snapshot(callerIDSnapshot(at: now))
            chooser.learn(CallerIDNews(content: content, position: Int64(news.count)))
            if position == nil { break }
        } while chooser.position == nil
    }

    /// Puts a claim into the news, and tells the policy right away.
    mutating func tellClaim(of record: AttemptRecord, to chooser: (any CallerIDPolicy)?) {
        guard let use = Self.use(record), record.vendor == callerIDs.account else { return }
        news.append(.claimed(use))
        chooser?.learn(CallerIDNews(content: .events([.claimed(use)]), position: Int64(news.count)))
    }

    /// Puts the end of an attempt into the news.
    mutating func tellClosing(of record: AttemptRecord, as outcome: CallOutcome) {
        guard let use = Self.use(record), record.vendor == callerIDs.account else { return }
        news.append(.closed(use, outcome: outcome))
    }
}
