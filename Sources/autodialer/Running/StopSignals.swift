@preconcurrency import Dispatch
import Glibc

/// SIGINT, SIGTERM and SIGHUP, as a stream.
enum StopSignals {
    /// Takes the signals over; each arrival is an element, and the reactions before return when the stream is dropped.
    ///
    /// A terminal that is closed asks for the same as SIGTERM, unless whoever started the program said that it should not
    /// care, as `nohup` does.
    static func stream() -> AsyncStream<Int32> {
        AsyncStream { continuation in
            let numbers = [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP])
            let sources = numbers.map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { continuation.yield(number) }
                source.resume()
                return source
            }
            continuation.onTermination = { _ in
                for source in sources { source.cancel() }
                for number in numbers { signal(number, SIG_DFL) }
            }
        }
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
