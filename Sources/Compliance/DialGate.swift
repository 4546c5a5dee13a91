package import DialModel
package import Wording

/// What can stand against dialling a lead, in the order in which it is asked.
///
/// The raw value is the word in the funnel and in exports.
package enum Gate: String, CaseIterable, Hashable, Sendable {
    /// The lead is finished or is being dialled.
    case leadState = "lead_state"
    /// Its time is over.
    case expiry
    /// A list forbids its number, or a list that has to be asked is missing or out of date.
    case doNotCall = "do_not_call"
    /// Nobody can show that the callee agreed.
    case consent
    /// The number or the lead has been dialled as often as it may.
    case attemptCap = "attempt_cap"
    /// A call to it was abandoned, and no agent is reserved for the next one.
    case abandonmentLockout = "abandonment_lockout"
    /// It waits after an attempt, or for its call-back.
    case retryWait = "retry_wait"
    /// Nobody knows where the callee lives, and so not what time it is there.
    case timeZone = "time_zone"
    /// It is not the time to ring people where the callee lives, or may live.
    case callingHours = "calling_hours"
    /// No number can be shown.
    case callerID = "caller_id"
    /// The vendor takes no more calls.
    case vendorCapacity = "vendor_capacity"
}

extension Gate {
    /// The gate that a reason for holding a lead back begins with; nil if it names none.
    package init?(holdReason: String) {
        self.init(rawValue: String(holdReason.prefix { $0 != ":" }))
    }
}

/// Why a lead may not be dialled at an instant.
package struct GateBlock: Hashable, Sendable {
    /// The reason as it is kept with a lead that is held back: the gate, and in English what stands against it.
    package var holdReason: String { "\(gate.rawValue): \(detail.english)" }

    /// The gate that is shut.
    package var gate: Gate
    /// When this gate opens by itself; nil for never.
    package var until: Timestamp?
    /// What exactly stands against it, in words for operators, without any telephone number.
    package var detail: Phrase

    /// Memberwise.
    package init(_ gate: Gate, until: Timestamp?, _ detail: Phrase) {
        self.gate = gate
        self.until = until
        self.detail = detail
    }
}

/// Whether a lead may be dialled.
package enum GateAnswer: Hashable, Sendable {
    /// It may.
    case allowed
    /// It may not, for the first reason in the order of the gates; and the first instant at which no gate would stand
    /// against it any more as things are, nil for never.
    case blocked(GateBlock, nextAt: Timestamp?)
}

/// Whether somebody agreed to be called.
package enum Consent: Hashable, Sendable {
    /// The rules do not ask for it.
    case notNeeded
    /// They do, and this is the proof.
    case given(reference: String)
    /// They do, and there is none.
    case missing
}

/// What is known of a lead and its callee when it is asked whether it may be dialled.
package struct GateFacts: Hashable, Sendable {
    /// Where the lead stands.
    package var state: LeadState
    /// When it is no use dialling it any more.
    package var expiresAt: Timestamp?
    /// What a do-not-call list says, or that one is missing or too old to say anything.
    package var doNotCall: DoNotCallFinding?
    /// Whether the callee agreed.
    package var consent: Consent
    /// The dials of the number that count, by whichever campaign.
    package var numberDials: [Timestamp]
    /// The dials of the lead that count.
    package var leadDials: [Timestamp]
    /// When a call to the number was last abandoned.
    package var abandonedAt: Timestamp?
    /// When a call to the number was last taken for one that a machine answered.
    package var machineAt: Timestamp?
    /// Before when it is not dialled, after an attempt or until its call-back.
    package var notBefore: Timestamp
    /// The hours of every place where the callee may live; nil if nobody knows, which forbids dialling.
    package var places: [PlacedHours]?

    /// A lead against which nothing stands.
    package init(places: [PlacedHours]?, notBefore: Timestamp = Timestamp(milliseconds: .min)) {
        state = .waiting
        consent = .notNeeded
        numberDials = []
        leadDials = []
        self.notBefore = notBefore
        self.places = places
    }
}

/// What the rules in force ask for.
package struct GateRules: Hashable, Sendable {
    /// Every cap that applies; all of them have to have room.
    package var caps: [AttemptCap]
    /// How long a number is left alone after an abandoned call, unless an agent is reserved for it.
    package var abandonmentLockout: Duration?
    /// The same after a call that a machine answered.
    package var machineLockout: Duration?
    /// Whether an agent is reserved before the call is placed.
    package var isAgentReserved: Bool
    /// The longest from placing a call to its being answered.
    package var guardTime: Duration
    /// The parts of the day over which a lead's dials are spread; none to dial at any time.
    package var dayParts: [HourSpan]

    /// Memberwise; without caps and lock-outs unless they are given.
    package init(
        caps: [AttemptCap] = [], abandonmentLockout: Duration? = nil, machineLockout: Duration? = nil,
        isAgentReserved: Bool = false, guardTime: Duration = .zero, dayParts: [HourSpan] = []
    ) {
        self.caps = caps
        self.abandonmentLockout = abandonmentLockout
        self.machineLockout = machineLockout
        self.isAgentReserved = isAgentReserved
        self.guardTime = guardTime
        self.dayParts = dayParts
    }
}

/// The one answer to whether a lead may be dialled: for claims, plans, explanations, forecasts and preflight alike.
package struct DialGate: Sendable {
    /// A gate that others keep: what stands against an instant, nil if nothing does.
    package typealias LaterGate = (Timestamp) -> GateBlock?

    /// The lead and its callee.
    package var facts: GateFacts
    /// The rules.
    package var rules: GateRules

    /// How often gates may shift an instant before it counts as never.
    private static let roundLimit = 200

    /// Memberwise.
    package init(facts: GateFacts, rules: GateRules) {
        self.facts = facts
        self.rules = rules
    }

    /// Whether the lead may be dialled at `now`; `later` are the gates of caller IDs and vendors, in order.
    package func answer(at now: Timestamp, later: [LaterGate] = []) -> GateAnswer {
        guard let block = block(at: now, later) else { return .allowed }
        return .blocked(block, nextAt: next(after: block, at: now, later))
    }

    private func next(after first: GateBlock, at now: Timestamp, _ later: [LaterGate]) -> Timestamp? {
        var block = first
        var instant = now
        for _ in 0..<Self.roundLimit {
            guard let until = block.until, until > instant, until.milliseconds != .max else { return nil }
            instant = until
            guard let another = self.block(at: instant, later) else { return instant }
            block = another
        }
        return nil
    }

    private func block(at now: Timestamp, _ later: [LaterGate]) -> GateBlock? {
        stateBlock ?? expiryBlock(now) ?? listBlock(now) ?? consentBlock ?? capBlock(now) ?? lockoutBlock(now)
            ?? waitBlock(now) ?? hoursBlock(now) ?? later.lazy.compactMap { $0(now) }.first
    }

    private var stateBlock: GateBlock? {
        switch facts.state {
        case .waiting: nil
        case .dialing: GateBlock(.leadState, until: nil, GatePhrase.attemptOpen.phrase)
        case .finished: GateBlock(.leadState, until: nil, GatePhrase.leadFinished.phrase)
        case .standby: GateBlock(.leadState, until: nil, GatePhrase.standby.phrase)
        }
    }

    private func expiryBlock(_ now: Timestamp) -> GateBlock? {
        guard let end = facts.expiresAt, now >= end else { return nil }
        return GateBlock(.expiry, until: nil, GatePhrase.expired.phrase)
    }

    private func listBlock(_ now: Timestamp) -> GateBlock? {
        switch facts.doNotCall {
        case nil: nil
        case .outdated(let list):
            GateBlock(.doNotCall, until: nil, GatePhrase.listOutdated.filled(list))
        case .missing(let list):
            GateBlock(.doNotCall, until: nil, GatePhrase.listMissing.filled(list))
        case .listed(let list, let until):
            until.map { now < $0 } ?? true
                ? GateBlock(.doNotCall, until: until, GatePhrase.listed.filled(list)) : nil
        }
    }

    private var consentBlock: GateBlock? {
        facts.consent == .missing ? GateBlock(.consent, until: nil, GatePhrase.noConsent.phrase) : nil
    }

    /// Of several caps that are full, the one that stays so for longest.
    private func capBlock(_ now: Timestamp) -> GateBlock? {
        let clocks = facts.places?.map(\.clocks) ?? []
        let full = rules.caps.compactMap { cap -> (cap: AttemptCap, freeAt: Timestamp)? in
            let dials = cap.scope == .number ? facts.numberDials : facts.leadDials
            return CapGate.freeAt(cap, dials: dials, clocks: clocks, at: now).map { (cap, $0) }
        }
        guard let (cap, freeAt) = full.max(by: { $0.freeAt < $1.freeAt }) else { return nil }
        let isEver = freeAt.milliseconds == .max
        return GateBlock(.attemptCap, until: isEver ? nil : freeAt, cap.phrase)
    }

    private func lockoutBlock(_ now: Timestamp) -> GateBlock? {
        guard !rules.isAgentReserved else { return nil }
        let ends = [
            lockoutEnd(facts.abandonedAt, rules.abandonmentLockout), lockoutEnd(facts.machineAt, rules.machineLockout),
        ]
        guard let end = ends.compactMap(\.self).max(), now < end else { return nil }
        return GateBlock(.abandonmentLockout, until: end, GatePhrase.lockedOut.phrase)
    }

    /// The first instant after the lock-out, which includes its last (`features-and-rules.md`, 7.6, row 12).
    private func lockoutEnd(_ since: Timestamp?, _ length: Duration?) -> Timestamp? {
        guard let since, let length else { return nil }
        return since + length + .milliseconds(1)
    }

    private func waitBlock(_ now: Timestamp) -> GateBlock? {
        if now < facts.notBefore {
            return GateBlock(.retryWait, until: facts.notBefore, GatePhrase.waits.phrase)
        }
        let free = DayPartGate.freeAt(rules.dayParts, dials: facts.leadDials, places: facts.places ?? [], at: now)
        return free.map { GateBlock(.retryWait, until: $0, GatePhrase.dayPart.phrase) }
    }

    private func hoursBlock(_ now: Timestamp) -> GateBlock? {
        guard let places = facts.places, !places.isEmpty else {
            return GateBlock(.timeZone, until: nil, GatePhrase.unknownZone.phrase)
        }
        guard !HoursGate.isOpen(places, at: now, guardTime: rules.guardTime) else { return nil }
        let sources = places.flatMap(\.sources).reduce(into: [RuleOrigin]()) { if !$0.contains($1) { $0.append($1) } }
        return GateBlock(
            .callingHours, until: HoursGate.firstOpening(places, from: now, guardTime: rules.guardTime),
            GatePhrase.outsideHours.filled(Phrase(listing: sources.map(\.phrase))))
    }
}
