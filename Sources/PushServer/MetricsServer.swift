import EventWire
package import Telephony

/// A small HTTP server that tells whoever is on this machine how things stand: `GET /metrics`, and nothing else.
///
/// It listens on the loopback address only. What it tells holds neither telephone numbers nor secrets, and it takes nothing
/// in, so that it asks nobody who they are.
package final class MetricsServer: Sendable {
    private let server: RequestServer

    /// A server that does not listen yet; port 0 stands for any that is free.
    package init(port: UInt16) {
        server = RequestServer(
            limits: RequestLimits(
                host: "127.0.0.1", port: port, mostHeadBytes: 8_192, mostBodyBytes: 0, patience: .seconds(10),
                mostConnections: 8))
    }

    /// The port on which it listens; nil as long as it does not.
    package var port: UInt16? { server.port }

    /// Begins to listen.
    package func open() throws(PushListeningError) {
        try server.open()
    }

    /// Answers with what `text` says, as `contentType`, until cancelled.
    package func serve(
        contentType: String, _ text: @escaping @Sendable () async -> String
    ) async throws(PushListeningError) {
        try await server.serve(MetricsDesk(contentType: contentType, text: text))
    }
}

/// Tells metrics to everybody who asks for them.
private struct MetricsDesk: Reception {
    let contentType: String
    let text: @Sendable () async -> String

    func refusal(of head: HTTPRequestHead) -> Int? {
        guard head.path == "/metrics" else { return 404 }
        return head.method == "GET" ? nil : 405
    }

    func answer(_ head: HTTPRequestHead, body: [UInt8]) async -> RequestAnswer {
        RequestAnswer(
            200, headers: [HTTPField("Content-Type", contentType), HTTPField("Cache-Control", "no-store")],
            body: Array(await text().utf8))
    }
}
