import DialModel
import Telephony

/// Why a call is not dialled.
enum DialRefusal: Hashable, Sendable {
    /// The agent is not ours.
    case noSuchAgent
    /// The agent is not signed in, or cannot be seen.
    case agentAway
    /// The agent's phone is in a call, or not to be used.
    case agentBusy
    /// Every automatic phone is in a call, or there is none.
    case noDiallerFree
    /// The agent may dial with other prefixes only.
    case prefixUnknown([String])
    /// Calls in this way are dropped at once; whether there is any other way.
    case dropsAtOnce(isHopeless: Bool)
}

/// A phone that is kept for a call, and from when on it may dial.
struct DialTurn: Hashable, Sendable {
    var agent: AgentID
    var notBefore: Timestamp
}

/// What a call is sent with.
struct DialOrder: Hashable, Sendable {
    var address: AgentAddress
    var session: Secret
    var dialled: String
}

/// What became of the request for a call.
enum DialAnswer: Hashable, Sendable {
    case accepted(callID: String)
    /// It is certain that there is no call.
    case declined(Treatment?)
    /// There may be one.
    case unknown
}

extension Switchboard {
    private static let firstAbsence = Duration.seconds(15)
    private static let longestAbsence = Duration.seconds(120)
    private static let shortPause = Duration.seconds(5)
    private static let mostRefusals = 3
    private static let refusalPause = Duration.seconds(60)
    private static let lookForLostDial = Duration.seconds(2)

    /// Keeps a phone for a call: the agent's, or that of the automatic phone that has waited longest.
    mutating func reserve(_ request: CallRequest, at now: Timestamp) -> Result<DialTurn, DialRefused> {
        let index: Int
        switch phone(for: request, at: now) {
        case .success(let found): index = found
        case .failure(let refused): return .failure(refused)
        }
        let way = InstantDrops.Key(prefix: request.prefix, callerID: request.callerID)
        switch drops.verdict(on: way, numbers: shownNumbers.count, at: now) {
        case .fine: break
        case .avoid: return .failure(DialRefused(.dropsAtOnce(isHopeless: false)))
        case .hopeless: return .failure(DialRefused(.dropsAtOnce(isHopeless: true)))
        }
        let prefixes = desks[index].prefixes
        if !request.prefix.isEmpty, !prefixes.isEmpty, !prefixes.contains(request.prefix) {
            return .failure(DialRefused(.prefixUnknown(prefixes)))
        }
        desks[index].dial = Desk.Dial(attempt: request.attempt)
        tellOfAgents(at: now)
        return .success(DialTurn(agent: desks[index].login.agent, notBefore: desks[index].nextDialAt))
    }

    /// What to send, at the last moment; nil if the phone has been taken by something else meanwhile.
    mutating func start(_ request: CallRequest, at now: Timestamp) -> DialOrder? {
        guard let index = desks.firstIndex(where: { $0.dial?.attempt == request.attempt }) else { return nil }
        guard desks[index].isSignedIn, desks[index].isWatched, desks[index].openCalls.isEmpty,
            desks[index].mode != .allocated, desks[index].nextDialAt <= now, let session = desks[index].session
        else { return nil }
        let dialled = DialledNumber.text(request.number, prefix: request.prefix)
        let address = desks[index].address
        desks[index].dial?.stage = .sent
        desks[index].nextDialAt = now + account.dialInterval
        desks[index].earlyEvents.removeAll()
        desks[index].revision += 1
        follow(
            TrackedCall(
                attempt: request.attempt, owner: address, isForAgent: request.agent != nil, dialled: dialled,
                prefix: request.prefix, callerID: request.callerID, placedAt: now, ringTimeout: request.ringTimeout))
        return DialOrder(address: address, session: session, dialled: dialled)
    }

    /// Gives a phone back whose call was not sent.
    mutating func release(_ attempt: AttemptID, at now: Timestamp) {
        for index in desks.indices where desks[index].dial?.attempt == attempt { desks[index].dial = nil }
        tellOfAgents(at: now)
    }

    /// Takes in what became of the request of a phone for a call.
    ///
    /// The time until the next one counts from here, so that requests reach the vendor no closer than that, however long
    /// either was under way.
    mutating func finish(_ attempt: AttemptID, of agent: AgentID, _ answer: DialAnswer, at now: Timestamp) {
        guard let index = index(of: agent) else { return }
        desks[index].nextDialAt = now + account.dialInterval
        desks[index].revision += 1
        switch answer {
        case .accepted(let callID):
            desks[index].absencesInARow = 0
            desks[index].refusalsInARow = 0
            bind(attempt, to: callID, at: index, now: now)
            if calls[attempt]?.hasEnded == true { desks[index].close(callID) }
        case .declined(let treatment):
            forget(attempt)
            if let treatment { pause(index, because: treatment, at: now) }
        case .unknown:
            // An event may have named the call already.
            guard desks[index].dial?.attempt == attempt else { break }
            desks[index].dial?.stage = .lost(now)
            desks[index].wantSync(by: now + Self.lookForLostDial)
        }
        tellOfAgents(at: now)
    }

    /// What a status other than success means for the agent whose request it answers.
    mutating func pause(_ index: Int, because treatment: Treatment, at now: Timestamp) {
        switch treatment {
        case .phoneAbsent:
            let pause = Self.firstAbsence * (1 << min(desks[index].absencesInARow, 3))
            desks[index].absencesInARow += 1
            desks[index].pausedUntil = now + min(pause, Self.longestAbsence)
        case .notNow:
            desks[index].pausedUntil = now + Self.shortPause
            desks[index].wantSync(by: now + Self.shortPause)
        case .refused:
            desks[index].refusalsInARow += 1
            guard desks[index].refusalsInARow >= Self.mostRefusals else { return }
            desks[index].refusalsInARow = 0
            desks[index].pausedUntil = now + Self.refusalPause
        case .signedOut, .sessionExpired, .stopsAgent, .alreadySignedIn, .licencesUsedUp:
            desks[index].isSynced = false
            desks[index].wantSync(by: now)
        case .quotaUsedUp: desks[index].isOnBreak = true
        case .harmless, .failed: return
        }
    }

    private func phone(for request: CallRequest, at now: Timestamp) -> Result<Int, DialRefused> {
        guard let agent = request.agent else {
            let free = desks.indices.filter { desks[$0].login.isDialler && desks[$0].mayDial(at: now) }
            guard let next = free.min(by: { (desks[$0].nextDialAt, $0) < (desks[$1].nextDialAt, $1) }) else {
                return .failure(DialRefused(.noDiallerFree))
            }
            return .success(next)
        }
        guard let index = index(of: agent) else { return .failure(DialRefused(.noSuchAgent)) }
        guard desks[index].isSignedIn, desks[index].isWatched else { return .failure(DialRefused(.agentAway)) }
        guard desks[index].mayDial(at: now) else { return .failure(DialRefused(.agentBusy)) }
        return .success(index)
    }
}

/// A refusal, to be thrown.
struct DialRefused: Error, Hashable, Sendable {
    var why: DialRefusal

    init(_ why: DialRefusal) { self.why = why }
}
