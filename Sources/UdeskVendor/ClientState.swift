import DialModel
import Telephony

/// What the client's tasks share.
struct ClientState: Sendable {
    var board: CallBoard
    /// The number that is shown where a campaign names none.
    var defaultRelay: String?
    /// Whether the vendor has a log of calls where it is looked for.
    var hasLog = true
    /// Since when pushed events are taken in; nil before the run.
    var listensSince: Timestamp?
    /// Where what is to be reported goes while the vendor is observed.
    var reports: AsyncStream<VendorEvent>.Continuation?
    /// What of the vendor cannot be observed at present.
    private var failing: Set<Source> = []

    /// What is observed by asking.
    enum Source: Hashable, Sendable { case agents, calls }

    init(board: CallBoard) {
        self.board = board
    }

    /// Reports what the board has to tell.
    mutating func flush() {
        guard let reports else { return }
        for event in board.takeOutbox() { reports.yield(event) }
    }

    /// Notes a failure; the first of several begins an outage.
    mutating func fail(_ source: Source, _ error: VendorError) {
        let begins = failing.isEmpty
        failing.insert(source)
        if begins { reports?.yield(.trouble(error)) }
    }

    /// Notes a success; the last of several ends an outage.
    mutating func heal(_ source: Source) {
        guard failing.remove(source) != nil, failing.isEmpty else { return }
        reports?.yield(.recovered)
    }
}
