import DialModel
import Telephony

/// The floor's one door in: anybody posts, whoever drives the floor takes everything that has arrived at once.
final class FloorInbox: Sendable {
    typealias Answer = Result<FloorReply, VendorError>

    private struct State {
        var isOpen = false
        var events: [FloorEvent] = []
        var reader: CheckedContinuation<Void, Never>?
        var askers: [Ticket: CheckedContinuation<Answer?, Never>] = [:]
        var lastTicket: UInt64 = 0
    }

    private let state = Locked(State())

    /// Lets events and questions in from now on.
    func open() { state.with { $0.isOpen = true } }

    /// Hands an event over; before the run and after it nobody takes it.
    func post(_ event: FloorEvent) {
        let reader = state.with { state -> CheckedContinuation<Void, Never>? in
            guard state.isOpen else { return nil }
            state.events.append(event)
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    /// Waits for events and takes them all, in the order of arrival; there is one reader.
    func next() async -> [FloorEvent] {
        await withCheckedContinuation { continuation in
            let hasEvents = state.with { state in
                guard state.events.isEmpty else { return true }
                state.reader = continuation
                return false
            }
            if hasEvents { continuation.resume() }
        }
        return state.with { state in
            defer { state.events = [] }
            return state.events
        }
    }

    /// Asks for something and waits for what becomes of it; nil while there is no run.
    func ask(_ request: FloorRequest) async -> Answer? {
        await withCheckedContinuation { continuation in
            let ticket = state.with { state -> Ticket? in
                guard state.isOpen else { return nil }
                state.lastTicket += 1
                let ticket = Ticket(value: state.lastTicket)
                state.askers[ticket] = continuation
                return ticket
            }
            guard let ticket else { return continuation.resume(returning: nil) }
            post(.asked(ticket, request))
        }
    }

    /// Tells whoever asked.
    func answer(_ ticket: Ticket, _ answer: Answer) {
        state.with { $0.askers.removeValue(forKey: ticket) }?.resume(returning: answer)
    }

    /// Lets nothing in any more; whoever still waits is told that there is no run.
    func close() {
        let askers = state.with { state in
            defer { state = State(lastTicket: state.lastTicket) }
            return state.askers
        }
        for asker in askers.values { asker.resume(returning: nil) }
    }
}
