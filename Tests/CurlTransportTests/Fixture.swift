import CurlTransport
import Telephony

/// Runs `body` with a transport that knows no environment but `environment`, and shuts it down afterwards.
func withTransport(
    _ settings: CurlSettings = CurlSettings(), environment: [String: String] = [:],
    _ body: (CurlTransport) async throws -> Void
) async throws {
    let transport = CurlTransport(settings: settings, environment: environment)
    do {
        try await body(transport)
    } catch {
        await transport.shutdown()
        throw error
    }
    await transport.shutdown()
}

/// A request that should have failed was answered.
struct Answered: Error {
    var response: HTTPResponse
}

extension CurlTransport {
    /// The error that a request ends with; throws when it is answered.
    func failure(_ request: HTTPRequest) async throws(Answered) -> TransportError {
        let response: HTTPResponse
        do {
            response = try await send(request)
        } catch {
            return error
        }
        throw Answered(response: response)
    }
}

extension HTTPResponse {
    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }
}

extension HTTPRequest {
    /// A question.
    static func get(_ url: String, timeout: Duration = .seconds(600)) -> HTTPRequest {
        var request = HTTPRequest(method: "GET", url: url, timeout: timeout)
        request.connectTimeout = timeout
        return request
    }

    /// Something that must not happen twice.
    static func dial(_ url: String, timeout: Duration = .seconds(600)) -> HTTPRequest {
        var request = HTTPRequest(
            method: "POST", url: url, body: Array("dial".utf8), timeout: timeout, connection: .fresh)
        request.connectTimeout = timeout
        return request
    }
}

/// What all tasks end with, in order.
func values<Value>(of tasks: [Task<Value, any Error>]) async throws -> [Value] {
    var values: [Value] = []
    for task in tasks { values.append(try await task.value) }
    return values
}
