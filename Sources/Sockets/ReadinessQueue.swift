import CEpoll
import FlyingSocks
import Glibc

/// Says which sockets have become readable or writable, by epoll(7).
///
/// It never believes to know what the kernel watches. A descriptor that is closed leaves the kernel's set by itself, and
/// its number goes to the next socket; whoever took the one for the other would wait for ever. So every wish is told the
/// kernel anew, and what the kernel no longer knows is no error.
struct ReadinessQueue: EventQueue {
    /// The most events in one answer.
    private static let mostEvents = 64

    /// The kernel's set.
    private var set: Int32 = -1
    /// Becomes readable when nobody shall wait any more.
    private var alarm: Int32 = -1
    private var isStopped = false
    /// What was last asked for of each descriptor.
    private var wishes: [Socket.FileDescriptor: Socket.Events] = [:]

    mutating func open() throws {
        isStopped = false
        do {
            set = try Self.checked(epoll_create1(Int32(EPOLL_CLOEXEC)), "epoll_create1")
            alarm = try Self.checked(eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC)), "eventfd")
            try Self.checked(control(EPOLL_CTL_ADD, alarm, EPOLLIN.rawValue), "epoll_ctl")
        } catch {
            try close()
            throw error
        }
    }

    mutating func stop() throws {
        isStopped = true
        wishes = [:]
        eventfd_write(alarm, 1)
    }

    mutating func close() throws {
        for descriptor in [set, alarm] where descriptor >= 0 { Glibc.close(descriptor) }
        set = -1
        alarm = -1
    }

    mutating func addEvents(_ events: Socket.Events, for socket: Socket.FileDescriptor) throws {
        // Modifying asks again, so that what is ready already is told once more.
        if control(EPOLL_CTL_MOD, socket.rawValue, Self.mask(events)) != 0 {
            try Self.checked(control(EPOLL_CTL_ADD, socket.rawValue, Self.mask(events)), "epoll_ctl")
        }
        wishes[socket] = events
    }

    mutating func removeEvents(_ events: Socket.Events, for socket: Socket.FileDescriptor) throws {
        let left = (wishes[socket] ?? []).subtracting(events)
        wishes[socket] = left.isEmpty ? nil : left
        if left.isEmpty {
            _ = control(EPOLL_CTL_DEL, socket.rawValue, 0)
        } else {
            _ = control(EPOLL_CTL_MOD, socket.rawValue, Self.mask(left))
        }
    }

    func getNotifications() throws -> [EventNotification] {
        guard !isStopped else { throw SocketError.disconnected }
        var events = Array(repeating: epoll_event(), count: Self.mostEvents)
        let count = epoll_wait(set, &events, Int32(events.count), -1)
        if count < 0, errno == EINTR { return [] }
        try Self.checked(count, "epoll_wait")
        let told = events.prefix(Int(count))
        guard !told.contains(where: { $0.data.fd == alarm }) else { throw SocketError.disconnected }
        return told.map(Self.notification)
    }

    /// Of an end or an error everybody is told who waits for the socket, as if it were ready: what they try again then says
    /// what is wrong, and what has arrived before it is still read.
    private static func notification(of event: epoll_event) -> EventNotification {
        let isOver = event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0
        var events: Socket.Events = []
        if isOver || event.events & EPOLLIN.rawValue != 0 { events.insert(.read) }
        if isOver || event.events & EPOLLOUT.rawValue != 0 { events.insert(.write) }
        return EventNotification(file: Socket.FileDescriptor(rawValue: event.data.fd), events: events, errors: [])
    }

    /// Edges: of a state that lasts, such as an end that nobody reads, each wish is told once.
    private static func mask(_ events: Socket.Events) -> UInt32 {
        (events.contains(.read) ? EPOLLIN.rawValue : 0) | (events.contains(.write) ? EPOLLOUT.rawValue : 0)
            | EPOLLET.rawValue
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ mask: UInt32) -> Int32 {
        var event = epoll_event()
        event.events = mask
        event.data.fd = descriptor
        return epoll_ctl(set, operation, descriptor, &event)
    }

    @discardableResult
    private static func checked(_ result: Int32, _ call: String) throws -> Int32 {
        guard result >= 0 else {
            throw SocketError.failed(type: call, errno: errno, message: String(cString: strerror(errno)))
        }
        return result
    }
}
