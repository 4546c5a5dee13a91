import CCurl
import Telephony

extension ChannelConnection {
    /// Closes the channel at our own wish; `closer` is resumed once the other side has agreed or has had its time.
    func close(_ closer: CheckedContinuation<Void, Never>?) {
        if let closer { closers.append(closer) }
        switch phase {
        case .open:
            job.inbox.finish(.success(nil))
            sendClose(1000)
            phase = .closing
        case .connecting, .handshaking:
            fail(.channelCancelled(hasSent ? .outcomeUnknown : .notSent, origin))
        case .closing:
            break
        case .lingering, .ended:
            closed()
        }
    }

    /// The other side closes: it is answered in kind (RFC 6455, 5.5.1), and ends the connection.
    ///
    /// Codes that are not those of an ordinary end are failures.
    func closedByOtherSide(_ code: UInt16?) {
        switch code {
        case nil, 1000, 1001: job.inbox.finish(.success(nil))
        case let code?: job.inbox.finish(.failure(.channelClosed(origin, withCode: code)))
        }
        sendClose(code)
        linger()
    }

    /// The other side broke the protocol: it is told so, and not listened to any more.
    func violated(_ violation: WebSocketViolation) {
        job.inbox.finish(.failure(.channelViolated(violation, origin)))
        sendClose(violation.code)
        linger()
    }

    /// Does what has become due by `now`.
    func expire(_ now: ContinuousClock.Instant) {
        switch timing.due(at: now) {
        case nil:
            break
        case .openTimeout:
            fail(.openingTimedOut(hasSent ? .outcomeUnknown : .notSent, origin))
        case .ping:
            outbox.ping()
            timing.pinged(now: now)
        case .silence:
            fail(.channelSilent(origin))
        case .closeTimeout:
            end()
        }
    }

    /// Ends a connection that has been closed.
    func end() {
        fail(.channelCancelled(.outcomeUnknown, origin))
    }

    private func sendClose(_ code: UInt16?) {
        for send in outbox.close(code) { send.continuation.resume(returning: .failure(.channelClosed(origin))) }
        timing.closing(now: .now)
    }

    private func linger() {
        phase = .lingering
        closed()
        // What is still in the socket is of no interest, but leaving it there would reset the connection and with it the
        // close frame.
        isPaused = false
        mayRead = true
    }
}
