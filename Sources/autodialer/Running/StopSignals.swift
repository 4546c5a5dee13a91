@preconcurrency import Dispatch
import Glibc

/// Signals, as streams.
enum Signals {
    /// Takes signals over; each arrival is an element, and the reactions before return when the stream is dropped.
    ///
    /// When this returns none of them is lost any more; until then they do what they always did.
    static func stream(of numbers: [Int32]) async -> AsyncStream<Int32> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        let sources = numbers.map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
        continuation.onTermination = { _ in
            for source in sources { source.cancel() }
            for number in numbers { signal(number, SIG_DFL) }
        }
        for (source, number) in zip(sources, numbers) {
            source.setEventHandler { continuation.yield(number) }
            await withCheckedContinuation { registered in
                source.setRegistrationHandler { registered.resume() }
                source.resume()
            }
        }
        return stream
    }

    /// Whether whoever started the program said that it should not care.
    static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

/// What asks a program to stop.
enum StopSignals {
    /// SIGINT, SIGTERM, SIGQUIT and SIGHUP.
    ///
    /// Ctrl-\ and a terminal that is closed ask for the same as SIGTERM, unless whoever started the program said that it
    /// should not care, as `nohup` does.
    static func stream() async -> AsyncStream<Int32> {
        await Signals.stream(of: [SIGINT, SIGTERM] + [SIGQUIT, SIGHUP].filter { !Signals.isIgnored($0) })
    }
}
