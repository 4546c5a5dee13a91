import DialModel

/// What one page of an agent is told and has told, from its coming to its going.
struct PageSession: Sendable {
    /// A command that the page has not confirmed.
    struct Queued: Hashable, Sendable {
        var seq: Int
        var id: String
        var command: SDKCommand
        /// The last instant at which it may be carried out.
        var notAfter: Timestamp
        /// Whether it was handed to the page, which may have carried it out.
        var isHandedOut = false
    }

    /// A page that waits for commands.
    struct Poll: Hashable, Sendable {
        var ticket: Ticket
        var since: Timestamp
        var deadline: Timestamp
    }

    /// The most commands that wait for a page.
    static let mostQueued = 64

    let id: String
    var heardAt: Timestamp
    var poll: Poll?
    /// The seq up to which everything that the page brings has been taken.
    private(set) var taken = 0
    private var lastSeq = 0
    private(set) var queue: [Queued] = []

    init(id: String, now: Timestamp) {
        self.id = id
        heardAt = now
    }

    /// Enters a command; nil when too many wait.
    mutating func enter(_ command: SDKCommand, notAfter: Timestamp) -> String? {
        guard queue.count < Self.mostQueued else { return nil }
        lastSeq += 1
        // A session's name makes it another than that of a page before.
        let name = "\(id)-\(lastSeq)"
        queue.append(Queued(seq: lastSeq, id: name, command: command, notAfter: notAfter))
        return name
    }

    /// Forgets the commands that the page says it has.
    mutating func confirm(_ seq: Int) { queue.removeAll { $0.isHandedOut && $0.seq <= seq } }

    /// Hands the others out, those among them that may have got lost on the way.
    mutating func handOut() -> [Queued] {
        for index in queue.indices { queue[index].isHandedOut = true }
        return queue
    }

    /// Never hands a command out any more; whether it never was.
    mutating func withdraw(_ id: String) -> Bool {
        guard let index = queue.firstIndex(where: { $0.id == id }) else { return false }
        return !queue.remove(at: index).isHandedOut
    }

    /// The items that are new, in their order, up to the first one that is missing.
    mutating func news(of items: [PageItem]) -> [PageItem] {
        var news: [PageItem] = []
        for item in items.sorted(by: { $0.seq < $1.seq }) where item.seq == taken + 1 {
            taken = item.seq
            news.append(item)
        }
        return news
    }
}
