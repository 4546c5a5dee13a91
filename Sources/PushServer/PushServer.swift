import DialModel
import EventWire
package import Telephony

/// A small HTTP server to which a vendor's servers bring their events.
package final class PushServer: PushListening {
    private let settings: PushServerSettings
    private let server: RequestServer

    /// A server that does not listen yet.
    package init(settings: PushServerSettings) {
        self.settings = settings
        server = RequestServer(limits: settings.limits)
    }

    /// The port on which it listens; nil as long as it does not.
    package var port: UInt16? { server.port }

    package func open() async throws(PushListeningError) {
        try server.open()
    }

    package func serve(
        _ take: @escaping @Sendable (_ body: [UInt8]) async -> Bool
    ) async throws(PushListeningError) {
        try await server.serve(EventIntake(secret: settings.secret, take: take))
    }
}

/// Takes in events from whoever knows the secret; who does not learns nothing else.
private struct EventIntake: Reception {
    let secret: Secret
    let take: @Sendable ([UInt8]) async -> Bool

    func refusal(of head: HTTPRequestHead) -> Int? {
        guard secret.matches(head.credential ?? head.query["token"].map(HTTPRequestHead.decoded)) else { return 401 }
        return head.method == "POST" ? nil : 405
    }

    func answer(_ head: HTTPRequestHead, body: [UInt8]) async -> RequestAnswer {
        RequestAnswer(await take(body) ? 200 : 400)
    }
}
