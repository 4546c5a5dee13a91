import DialModel
import Telephony

/// The floor's one door: facts go in, one at a time, and what comes of them goes to whom it concerns.
final class BridgeInbox: Sendable {
    typealias Answer = Result<BridgeReply, VendorError>
    /// What is to be reported, and the instants at which time has to be told.
    typealias Streams = (events: AsyncStream<VendorEvent>, deadlines: AsyncStream<Timestamp>)

    struct State {
        var floor: BridgeFloor
        fileprivate var reports: AsyncStream<VendorEvent>.Continuation?
        fileprivate var deadlines: AsyncStream<Timestamp>.Continuation?
        /// The deadline that somebody sleeps for.
        fileprivate var armedFor: Timestamp?
        fileprivate var askers: [Ticket: CheckedContinuation<Answer?, Never>] = [:]
        fileprivate var lastTicket: UInt64 = 0
    }

    let state: Locked<State>

    init(floor: BridgeFloor) {
        state = Locked(State(floor: floor))
    }

    /// Lets facts in from now on.
    func open() -> Streams {
        let (events, reports) = AsyncStream.makeStream(of: VendorEvent.self)
        let (instants, deadlines) = AsyncStream.makeStream(of: Timestamp.self)
        state.with { state in
            state.reports = reports
            state.deadlines = deadlines
            state.armedFor = nil
        }
        return (events, instants)
    }

    /// Lets nothing in any more; whoever still waits is told that nobody knows what comes of it.
    func close() {
        let (askers, answer) = state.with { state in
            defer { state.askers = [:] }
            state.reports?.finish()
            state.deadlines?.finish()
            (state.reports, state.deadlines) = (nil, nil)
            return (state.askers, state.cutShort)
        }
        for asker in askers.values { asker.resume(returning: answer) }
    }

    /// Tells the floor of a fact.
    func take(_ fact: BridgeFact, at now: Timestamp) {
        let answers = state.with { $0.take(fact, at: now) }
        for (asker, answer) in answers { asker.resume(returning: answer) }
    }

    /// An instant has come that was slept for.
    func timeHasCome(_ deadline: Timestamp, at now: Timestamp) {
        state.with { if $0.armedFor == deadline { $0.armedFor = nil } }
        take(.timePassed, at: now)
    }

    /// Asks for something and waits for what becomes of it; nil where it was never taken in, because there is no run or
    /// the asker was cancelled before.
    func ask(_ fact: @Sendable (Ticket) -> BridgeFact, at now: @Sendable () -> Timestamp) async -> Answer? {
        let ticket = state.with { state -> Ticket? in
            guard state.reports != nil else { return nil }
            state.lastTicket += 1
            return Ticket(value: state.lastTicket)
        }
        guard let ticket else { return nil }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOpen = state.with { state in
                    guard state.reports != nil, !Task.isCancelled else { return false }
                    state.askers[ticket] = continuation
                    return true
                }
                guard isOpen else { return continuation.resume(returning: nil) }
                take(fact(ticket), at: now())
            }
        } onCancel: {
            let (asker, answer) = state.with { ($0.askers.removeValue(forKey: ticket), $0.cutShort) }
            asker?.resume(returning: answer)
        }
    }
}

extension BridgeInbox.State {
    /// What was taken in may be carried out, whether anybody waits for it or not.
    fileprivate var cutShort: BridgeInbox.Answer {
        .failure(
            floor.error(
                .outcomeUnknown, "bridge", code: "CutShort",
                "nobody waited for what became of it; it may be carried out"))
    }

    /// Has the floor take a fact in; gives whom to answer, which must not be done under the lock.
    fileprivate mutating func take(
        _ fact: BridgeFact, at now: Timestamp
    ) -> [(CheckedContinuation<BridgeInbox.Answer?, Never>, BridgeInbox.Answer)] {
        guard let reports else { return [] }
        var answers: [(CheckedContinuation<BridgeInbox.Answer?, Never>, BridgeInbox.Answer)] = []
        for directive in floor.handle(fact, at: now) {
            switch directive {
            case .report(let event): reports.yield(event)
            case .answer(let ticket, let answer):
                if let asker = askers.removeValue(forKey: ticket) { answers.append((asker, answer)) }
            }
        }
        if let next = floor.nextDeadline, armedFor.map({ next < $0 }) ?? true {
            armedFor = next
            deadlines?.yield(next)
        }
        return answers
    }
}
