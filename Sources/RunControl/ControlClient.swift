package import Telephony
import Wording

/// Asks a running campaign for something.
package struct ControlClient: Sendable {
    /// Longer than any vendor takes to answer.
    package static let timeout = Duration.seconds(60)

    private let transport: any HTTPTransport

    /// A client over a transport whose requests go to the run's socket, whatever host they name.
    package init(transport: any HTTPTransport) {
        self.transport = transport
    }

    /// Sends one request, once; throws what the run answers, or `.noRun`, `.uncertain` (also after `patience`) or `.io`.
    package func send(
        _ request: ControlRequest, within patience: Duration = ControlClient.timeout
    ) async throws(ControlError) -> ControlAnswer {
        let (method, target) = request.line
        let body = request.body
        let fields = body.isEmpty ? [] : [HTTPField("Content-Type", "application/json")]
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await transport.send(
                HTTPRequest(
                    method: method, url: "http://localhost" + target, headers: fields, body: body,
                    timeout: patience, connection: .fresh))
        } catch {
            switch error.delivery {
            case .notSent: throw ControlError(.noRun, Phrase(same: "\(error)"))
            case .outcomeUnknown: throw ControlError(.uncertain, ControlPhrase.unanswered.filled(error))
            }
        }
        if response.status == 200, let answer = ControlAnswer(response.body) { return answer }
        throw ControlError(response.body) ?? ControlError(.io, ControlPhrase.unreadable.phrase)
    }
}
