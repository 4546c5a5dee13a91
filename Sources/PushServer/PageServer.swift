package import DialModel
import EventWire
package import Telephony

/// Where a page server listens, and who may come.
package struct PageServerSettings: Hashable, Sendable {
    /// The IPv4 address; this machine's own unless somebody wants it otherwise.
    package var host: String
    /// The TCP port; zero for any that is free.
    package var port: UInt16
    /// The visitors' keys by their names, carried as `Authorization: Bearer …`; no two are alike.
    package var keys: [String: Secret]
    /// How long a request may take to arrive, in real time.
    package var patience: Duration

    /// Memberwise.
    package init(
        host: String = "127.0.0.1", port: UInt16, keys: [String: Secret], patience: Duration = .seconds(10)
    ) {
        self.host = host
        self.port = port
        self.keys = keys
        self.patience = patience
    }
}

/// A small HTTP server from which visitors who have a key of their own get a page, and to which the page talks.
package final class PageServer: PageHosting {
    /// How many connections each visitor's page needs at a time, and others that come and go.
    private static let connectionsEach = 4
    private static let furtherConnections = 16

    private let settings: PageServerSettings
    private let server: RequestServer

    /// A server that does not listen yet.
    package init(settings: PageServerSettings) {
        self.settings = settings
        server = RequestServer(
            limits: RequestLimits(
                host: settings.host, port: settings.port, mostHeadBytes: 8192, mostBodyBytes: 65_536,
                patience: settings.patience,
                mostConnections: settings.keys.count * Self.connectionsEach + Self.furtherConnections))
    }

    /// The port on which it listens; nil as long as it does not.
    package var port: UInt16? { server.port }

    package var address: String? { port.map { "http://\(settings.host):\($0)/" } }

    package func open() async throws(PushListeningError) {
        try server.open()
    }

    package func serve(
        _ answer: @escaping @Sendable (PageRequest) async -> PageAnswer
    ) async throws(PushListeningError) {
        try await server.serve(Desk(keys: settings.keys, answer: answer))
    }

    /// Lets visitors in by their keys.
    private struct Desk: Reception {
        let keys: [String: Secret]
        let answer: @Sendable (PageRequest) async -> PageAnswer

        /// Without a key the page can be asked for, and nothing else.
        func refusal(of head: HTTPRequestHead) -> Int? {
            guard ["GET", "POST"].contains(head.method) else { return 405 }
            let isForPage = head.method == "GET" && head.path == "/" && head.fields["authorization"] == nil
            return isForPage || visitor(of: head) != nil ? nil : 401
        }

        func answer(_ head: HTTPRequestHead, body: [UInt8]) async -> RequestAnswer {
            let answer = await answer(
                PageRequest(
                    method: head.method, path: head.path, query: head.query, visitor: visitor(of: head), body: body))
            let always = [
                HTTPField("Cache-Control", "no-store"), HTTPField("X-Content-Type-Options", "nosniff"),
                HTTPField("Referrer-Policy", "no-referrer"),
            ]
            return RequestAnswer(answer.status, headers: always + answer.headers, body: answer.body)
        }

        /// Whose key it is; every key is compared, so that the time tells nothing.
        private func visitor(of head: HTTPRequestHead) -> String? {
            let offered = head.credential
            var found: String?
            for (name, key) in keys where key.matches(offered) { found = name }
            return found
        }
    }
}
