import DialModel
import EventWire
import Telephony

extension WinCallVendor {
    /// Puts a question to the REST interface, and answers with the rows.
    func ask(_ question: EnterpriseQuestion) async throws(VendorError) -> [JSONValue] {
        let operation = question.rawValue.split(separator: "/").suffix(2).joined(separator: "/")
        let request = HTTPRequest(
            method: "GET", url: question.url(apiURL: account.apiURL, enterprise: account.enterprise),
            connectTimeout: clock.realTimeout(.seconds(5)), timeout: clock.realTimeout(.seconds(15)))
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            throw self.error(.unavailable, operation, code: error.code, error.message)
        }
        guard response.status == 200 else {
            let meaning: VendorError.Meaning = response.status == 404 ? .misconfigured : .unavailable
            throw error(
                meaning, operation, code: "HTTP \(response.status)", "the interface answered with an HTTP status")
        }
        switch EnterpriseAnswer(response.body) {
        case .rows(let rows): return rows
        case .refused(let code, let message):
            // The enterprise's code is empty or unknown (B.2).
            throw error(["401", "402"].contains(code) ? .misconfigured : .unavailable, operation, code: code, message)
        case .malformed: throw error(.unavailable, operation, code: "Malformed", "the answer cannot be read")
        }
    }
}
