import CurlTransport
import Foundation
import Telephony

/// Posts what dialects have to tell to the URL that their user has given, one event after the other.
///
/// An event that cannot be brought is not brought again. `@unchecked Sendable`: every access to the state goes through
/// `lock`.
final class EventPoster: @unchecked Sendable {
    /// How long one event may take, in real time.
    private static let timeout = Duration.seconds(10)

    private let lock = NSLock()
    private var url: String?
    private var sink: AsyncStream<String>.Continuation?

    init(url: String?) {
        self.url = url
    }

    /// Where events are posted; nil posts none.
    var address: String? {
        get { lock.withLock { url } }
        set { lock.withLock { url = newValue } }
    }

    /// The events that will be told from now on, for one poster.
    func events() -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        lock.withLock { sink = continuation }
        return stream
    }

    /// Takes what is to be posted; the rest goes elsewhere.
    func send(_ outputs: [(ConnectionID, PushOutput)]) {
        lock.withLock {
            for case (.posting, .event(let text)) in outputs { sink?.yield(text) }
        }
    }

    /// Posts events until cancelled.
    func post(_ events: AsyncStream<String>) async {
        var transport: CurlTransport?
        for await event in events {
            guard let address else { continue }
            let open = transport ?? CurlTransport(settings: CurlSettings())
            transport = open
            let request = HTTPRequest(
                method: "POST", url: address, headers: [HTTPField("Content-Type", "application/json")],
                body: Array(event.utf8), timeout: Self.timeout, connection: .fresh)
            _ = try? await open.send(request)
        }
        await transport?.shutdown()
    }
}
