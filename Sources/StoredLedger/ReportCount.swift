import DialModel
import Ledger

/// Counts attempts from every side that a report shows, in one pass.
///
/// It holds a few bytes for each lead and each prefix, and nothing of an attempt.
struct ReportCount {
    private let question: ReportQuestion
    private var result = ReportTally()
    private var moments: [Moment: (attempts: Int, live: Int)] = [:]
    private var tries = Array(repeating: DialTally(), count: ReportTally.lastTry)
    private var retries: [CallOutcome: (dials: DialTally, pause: Duration)] = [:]
    private var callerIDs: [CallerID: DialTally] = [:]
    private var agents: [AgentID: ReportTally.AgentTally] = [:]
    private var shifts: [Shift: Span] = [:]
    private var spells: [Spell: (span: Span, dials: DialTally)] = [:]
    private var leads: [LeadID: LeadMark] = [:]
    private var places: [UInt64: (number: PhoneNumber, dials: DialTally)] = [:]
    private var troubles = WordCounts()

    private struct Moment: Hashable {
        var quarter: Int64
        var outcome: CallOutcome?
    }

    private struct CallerID: Hashable {
        var account: String
        var number: String?
    }

    /// A day of one run.
    private struct Spell: Hashable {
        var run: RunID
        var day: Int64
    }

    private struct Shift: Hashable {
        var agent: AgentID
        var spell: Spell
    }

    private struct Span {
        var from: Timestamp
        var until: Timestamp

        mutating func extend(from start: Timestamp, until end: Timestamp) {
            from = min(from, start)
            until = max(until, end)
        }
    }

    /// What became of a lead in the period so far, and how and when its last attempt ended, be that before the period.
    private struct LeadMark {
        var isTried = false
        var isRung = false
        var isAnswered = false
        var isReached = false
        var last: CallOutcome?
        var endedAt = Timestamp(milliseconds: 0)

        mutating func end(with attempt: AttemptRecord) {
            last = attempt.outcome
            endedAt = attempt.endedAt ?? attempt.claimedAt
        }
    }

    init(_ question: ReportQuestion) {
        self.question = question
    }

    /// Counts an attempt; those of a lead come in the order in which they were made.
    mutating func add(_ attempt: AttemptRecord) {
        let isLive = attempt.isLive
        let dials = DialTally(attempt, isLive: isLive)
        let moment = Moment(quarter: attempt.claimedAt.milliseconds / 900_000, outcome: attempt.outcome)
        moments[moment, default: (0, 0)].attempts += 1
        if isLive { moments[moment]?.live += 1 }
        tries[min(attempt.ordinal, ReportTally.lastTry) - 1] += dials
        callerIDs[CallerID(account: attempt.vendor, number: attempt.callerID), default: DialTally()] += dials
        addPlace(of: attempt.number, dials)
        addLead(attempt, dials)
        addTimes(of: attempt, dials)
        if let shown = attempt.shownCallerID, let chosen = attempt.callerID, shown != chosen { result.mismatches += 1 }
        if let reason = attempt.vendorReason { troubles.add(reason) }
    }

    /// Takes in an attempt of before the period, which a retry of the period may be one after.
    mutating func pass(_ attempt: AttemptRecord) {
        leads[attempt.lead, default: LeadMark()].end(with: attempt)
    }

    /// Counts a call that an agent did not take, whoever took it then.
    mutating func missedOffer(of agent: AgentID, in run: RunID, claimedAt: Timestamp) {
        agents[agent, default: .none(agent)].calls += 1
        agents[agent, default: .none(agent)].missed += 1
        extendShift(of: agent, spell(run, claimedAt), from: claimedAt, until: claimedAt)
    }

    private mutating func addPlace(of number: PhoneNumber, _ dials: DialTally) {
        let key = number.prefixKey(atLeast: question.prefixLength)
        places[key, default: (number, DialTally())].dials += dials
    }

    private mutating func addLead(_ attempt: AttemptRecord, _ dials: DialTally) {
        var mark = leads[attempt.lead] ?? LeadMark()
        if let last = mark.last, attempt.ordinal > 1, attempt.outcome != nil {
            retries[last, default: (DialTally(), .zero)].dials += dials
            retries[last, default: (DialTally(), .zero)].pause += max(.zero, attempt.claimedAt - mark.endedAt)
        }
        mark.isTried = true
        if dials.dials > 0 { mark.isRung = true }
        if dials.live > 0 { mark.isAnswered = true }
        if dials.connected > 0 { mark.isReached = true }
        mark.end(with: attempt)
        leads[attempt.lead] = mark
    }

    private mutating func addTimes(of attempt: AttemptRecord, _ dials: DialTally) {
        let end = attempt.endedAt ?? attempt.claimedAt
        let spell = spell(attempt.run, attempt.claimedAt)
        spells[spell, default: (Span(from: attempt.claimedAt, until: end), DialTally())].dials += dials
        spells[spell]?.span.extend(from: attempt.claimedAt, until: end)
        if attempt.outcome == .connected { result.talk += attempt.talk ?? .zero }
        if let connectedAt = attempt.connectedAt, let answeredAt = attempt.answeredAt {
            result.knownWaits += 1
            result.wait += max(.zero, connectedAt - answeredAt)
        }
        guard let agent = attempt.agent else { return }
        var figures = agents[agent] ?? .none(agent)
        figures.calls += 1
        figures.connected += dials.connected
        figures.missed += attempt.outcome == .agentMissed ? 1 : 0
        figures.talk += attempt.talk ?? .zero
        if dials.connected > 0, let talk = attempt.talk, let short = question.shortCall, talk < short {
            figures.short += 1
        }
        agents[agent] = figures
        extendShift(of: agent, spell, from: attempt.claimedAt, until: end)
    }

    private mutating func extendShift(of agent: AgentID, _ spell: Spell, from: Timestamp, until: Timestamp) {
        shifts[Shift(agent: agent, spell: spell), default: Span(from: from, until: until)].extend(
            from: from, until: until)
    }

    private func spell(_ run: RunID, _ instant: Timestamp) -> Spell {
        Spell(run: run, day: (instant.milliseconds + Int64(question.dayOffset) * 1_000) / 86_400_000)
    }
}

// MARK: - What it came to

extension ReportCount {
    /// The counts.
    var tally: ReportTally {
        var tally = result
        tally.moments = moments.map { moment, counts in
            .init(quarter: moment.quarter, outcome: moment.outcome, attempts: counts.attempts, live: counts.live)
        }.sorted { ($0.quarter, $0.outcome?.rawValue ?? "") < ($1.quarter, $1.outcome?.rawValue ?? "") }
        let last = tries.lastIndex { $0 != DialTally() } ?? -1
        tally.tries = (0..<(last + 1)).map { .init(ordinal: $0 + 1, dials: tries[$0]) }
        tally.retries = CallOutcome.allCases.compactMap { outcome in
            retries[outcome].map { .init(after: outcome, dials: $0.dials, pause: $0.pause) }
        }
        tally.callerIDs = shown
        tally.callerIDCount = callerIDs.count
        tally.agents = agentTallies
        for mark in leads.values {
            tally.leads.tried += mark.isTried ? 1 : 0
            tally.leads.rung += mark.isRung ? 1 : 0
            tally.leads.answered += mark.isAnswered ? 1 : 0
            tally.leads.reached += mark.isReached ? 1 : 0
        }
        addSpells(to: &tally)
        tally.troubles = troubles.mostFrequent(ReportTally.wordLimit)
        return tally
    }

    /// Dials by what their numbers begin with, each with one of the numbers, ascending.
    var prefixes: [(number: PhoneNumber, dials: DialTally)] {
        places.values.sorted { $0.number < $1.number }
    }

    private var shown: [ReportTally.CallerIDTally] {
        let all = callerIDs.map { key, dials in
            ReportTally.CallerIDTally(account: key.account, callerID: key.number, dials: dials)
        }
        let sorted = all.sorted { first, second in
            (second.dials.dials, first.account, first.callerID ?? "")
                < (first.dials.dials, second.account, second.callerID ?? "")
        }
        return Array(sorted.prefix(ReportTally.callerIDLimit))
    }

    private var agentTallies: [ReportTally.AgentTally] {
        var agents = agents
        for (shift, span) in shifts { agents[shift.agent]?.present += span.until - span.from }
        return agents.values.sorted { $0.agent.value < $1.agent.value }
    }

    private func addSpells(to tally: inout ReportTally) {
        let all = spells.map { key, spell in
            ReportTally.SpellTally(run: key.run, from: spell.span.from, until: spell.span.until, dials: spell.dials)
        }.sorted { ($0.from, $0.run.value) < ($1.from, $1.run.value) }
        tally.spellCount = all.count
        tally.spellTime = all.reduce(.zero) { $0 + ($1.until - $1.from) }
        tally.spells = Array(all.suffix(ReportTally.spellLimit))
    }
}

extension AttemptRecord {
    /// Whether a person answered, as far as anybody knows; of an attempt that is open nobody does.
    fileprivate var isLive: Bool {
        guard let outcome, outcome != .machine, cpa?.isLive ?? true else { return false }
        return answeredAt != nil || connectedAt != nil || outcome.wasAnswered
    }
}

extension DialTally {
    fileprivate init(_ attempt: AttemptRecord, isLive: Bool) {
        self.init(
            attempts: attempt.outcome == nil ? 0 : 1, dials: attempt.outcome?.mayHaveRung == true ? 1 : 0,
            live: isLive ? 1 : 0, connected: attempt.outcome == .connected ? 1 : 0)
    }
}

extension ReportTally.AgentTally {
    fileprivate static func none(_ agent: AgentID) -> Self {
        .init(agent: agent, calls: 0, connected: 0, missed: 0, short: 0, talk: .zero, present: .zero)
    }
}

extension PhoneNumber {
    /// What the number begins with, as one integer: enough to tell areas apart, and at least so many digits.
    ///
    /// Seven digits decide in North America, and nine of a mobile number of the mainland; elsewhere nine tell the area.
    fileprivate func prefixKey(atLeast length: Int) -> UInt64 {
        let digits = e164.utf8.dropFirst()
        var key: UInt64 = 0
        for digit in digits.prefix(max(digits.first == UInt8(ascii: "1") ? 7 : 9, length)) {
            key = key * 10 + UInt64(digit & 0x0F)
        }
        return key
    }
}

/// How often words occur.
struct WordCounts {
    private var counts: [String: Int] = [:]

    mutating func add(_ word: String) { counts[word, default: 0] += 1 }

    /// The most frequent, and of equally frequent ones the first by their letters.
    func mostFrequent(_ limit: Int) -> [ReportTally.WordCount] {
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return sorted.prefix(limit).map { .init($0.key, $0.value) }
    }
}
