import CCurl
import Telephony

extension ChannelConnection {
    /// The most reads in one turn, so that a busy channel does not keep the others waiting.
    private static let maxReadsPerTurn = 16

    /// What the loop has to watch the socket for; zero for nothing.
    var interest: Int32 {
        switch phase {
        case .connecting, .ended: 0
        case .handshaking, .open, .closing, .lingering:
            (isPaused ? 0 : CURL_WAIT_POLLIN) | (isBlocked ? CURL_WAIT_POLLOUT : 0)
        }
    }

    /// Whether there is something to do before the socket says anything.
    var isDue: Bool {
        switch phase {
        case .connecting, .ended: false
        case .handshaking, .open, .closing, .lingering: mayRead && !isPaused || !isBlocked && !outbox.isEmpty
        }
    }

    /// What a poll found the socket to be ready for.
    func socketIsReady(_ events: Int32) {
        if events & CURL_WAIT_POLLIN != 0 { mayRead = true }
        if events & CURL_WAIT_POLLOUT != 0 { isBlocked = false }
    }

    /// Reads and writes what can be read and written now.
    func work(scratch: UnsafeMutableRawBufferPointer) {
        var canWrite = write()
        // What the other side said before it went says more about the end than a failure to write.
        if mayRead || !canWrite, !isPaused { read(scratch: scratch) }
        // Answers to what has been read.
        if canWrite { canWrite = write() }
        if !canWrite { broke(CURLE_SEND_ERROR) }
    }

    /// There is room for messages again: what has been read already comes first.
    func resume() {
        guard isPaused else { return }
        isPaused = false
        mayRead = true
        guard phase == .open else { return }
        timing.opened(now: .now)
        takeFrames([])
    }

    /// Writes what is queued; false if the connection takes nothing any more.
    private func write() -> Bool {
        guard phase != .connecting, phase != .ended, !isBlocked, !outbox.isEmpty else { return true }
        hasSent = true
        let progress = outbox.flush(
            mask: { UInt32.random(in: .min ... .max) },
            write: { [easy] bytes in
                var count = 0
                let code = curl_easy_send(easy, bytes.baseAddress, bytes.count, &count)
                return code == CURLE_OK ? count : code == CURLE_AGAIN ? 0 : nil
            },
            onSent: { $0.continuation.resume(returning: .success(())) })
        isBlocked = progress == .blocked
        return progress != .failed
    }

    private func read(scratch: UnsafeMutableRawBufferPointer) {
        for _ in 0..<Self.maxReadsPerTurn {
            guard phase != .ended, !isPaused else { return }
            var count = 0
            switch curl_easy_recv(easy, scratch.baseAddress, scratch.count, &count) {
            case CURLE_OK where count > 0:
                take(scratch[..<count])
            case CURLE_OK:
                broke(CURLE_GOT_NOTHING)
            case CURLE_AGAIN:
                mayRead = false
                return
            case let code:
                broke(code)
            }
        }
    }

    /// The connection has gone; while closing, that is how it ends.
    private func broke(_ code: CURLcode) {
        switch phase {
        case .closing, .lingering: end()
        case .connecting, .handshaking, .open, .ended: fail(.channelBroken(code, origin))
        }
    }

    private func take(_ bytes: UnsafeMutableRawBufferPointer.SubSequence) {
        switch phase {
        case .handshaking:
            do {
                guard let rest = try handshake.receive(bytes) else { return }
                opened()
                takeFrames(rest)
            } catch {
                fail(.handshakeRefused(error, origin))
            }
        case .open:
            timing.opened(now: .now)
            takeFrames(bytes)
        case .closing:
            takeFrames(bytes)
        case .connecting, .lingering, .ended:
            break
        }
    }

    private func takeFrames(_ bytes: some Sequence<UInt8>) {
        decoder.append(bytes)
        do {
            while phase == .open && !isPaused || phase == .closing, let frame = try decoder.next() {
                if let input = try assembler.receive(frame) { take(input) }
            }
        } catch {
            violated(error)
        }
    }

    private func take(_ input: ChannelInput) {
        switch input {
        case .text(let text):
            guard phase == .open, !job.inbox.append(text) else { return }
            isPaused = true
            timing.paused()
        case .ping(let payload):
            if phase == .open { outbox.pong(payload) }
        case .pong:
            break
        case .close(let code):
            closedByOtherSide(code)
        }
    }
}
