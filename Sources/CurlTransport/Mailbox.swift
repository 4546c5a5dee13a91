import CCurl
import Foundation
import Synchronization
import Telephony

/// What callers ask of the loop.
enum Command: Sendable {
    /// Queue a request.
    case start(Job)
    /// Give a request up, or the opening of a channel, wherever it is.
    case cancel(Ticket)
    /// Open a channel.
    case openChannel(ChannelJob)
    /// Send a message on a channel, which leads to the origin.
    case sendOnChannel(UInt64, ChannelSend, Origin)
    /// Give the sending of a message up.
    case cancelSend(Ticket, channel: UInt64)
    /// Go on reading a channel whose inbox was full.
    case resumeChannel(UInt64)
    /// Close a channel; the continuation is resumed when that is done.
    case closeChannel(UInt64, CheckedContinuation<Void, Never>?)
    /// Fail everything and end the thread; the continuation is resumed when it has.
    case stop(CheckedContinuation<Void, Never>?)
}

/// The name of one request, channel or message, and whether its caller has given up.
final class Ticket: Sendable {
    let id: UInt64
    /// Set before the command that gives it up is posted, because that can overtake the one that starts it.
    let isCancelled = Atomic<Bool>(false)

    /// A ticket with the name `id`.
    init(id: UInt64) {
        self.id = id
    }
}

/// One request on its way to the loop, and the caller who waits for its end.
struct Job: Sendable {
    var ticket: Ticket
    var request: HTTPRequest
    var origin: Origin
    var continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>
}

/// The door between callers and the loop's thread.
///
/// `@unchecked Sendable`: `commands` and `isOpen` are touched under `lock` only, and `multi` is waited upon by the loop's
/// thread, woken under `lock` while open, and freed after `close`.
final class Mailbox: @unchecked Sendable {
    /// libcurl's multi handle; nil when libcurl could not be started.
    let multi: UnsafeMutableRawPointer?
    private let lock = NSLock()
    private var commands: [Command] = []
    private var isOpen: Bool

    /// Opens the door, unless there is no libcurl behind it.
    init() {
        multi = curl_multi_init()
        isOpen = multi != nil
    }

    /// Hands a command over and wakes the loop; false when the loop has ended.
    func post(_ command: Command) -> Bool {
        lock.withLock {
            guard isOpen else { return false }
            commands.append(command)
            // The loop takes all commands at once: only the first of them has to wake it.
            if commands.count == 1 { curl_multi_wakeup(multi) }
            return true
        }
    }

    /// Takes all commands that have arrived.
    func take() -> [Command] {
        lock.withLock {
            let taken = commands
            commands.removeAll(keepingCapacity: false)
            return taken
        }
    }

    /// Closes the door and takes what came last; nobody wakes `multi` afterwards.
    func close() -> [Command] {
        lock.withLock {
            isOpen = false
            let taken = commands
            commands.removeAll()
            return taken
        }
    }
}
