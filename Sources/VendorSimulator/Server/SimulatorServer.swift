import DialModel
import FlyingFox
import FlyingSocks
import Foundation
import Telephony

import struct FlyingFox.HTTPRequest
import struct FlyingFox.HTTPResponse

/// The simulator's HTTP face: it takes requests apart for the dialects and sends answers as the faults will have them.
struct SimulatorServer: HTTPHandler {
    let state: SimulatorState
    let clock: any RunClock
    let gate: ConnectionGate
    let isOpenToAll: Bool

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        if isOpenToAll, request.path.hasPrefix("/simulator/") { return try await control(request) }
        guard gate.admits(limit: state.faults.refuseConnectionsAfter) else { return reset(request) }
        if request.headers[.upgrade]?.lowercased() == "websocket" { return try await open(request) }
        guard request.path == "/" else { return try await answerRaw(request) }
        let body = try await request.bodyData
        let wire = WireRequest(
            method: request.method.rawValue, query: request.target.query(), body: String(decoding: body, as: UTF8.self))
        let (answer, faults) = state.answer(wire)
        if answer.delivery == .hangThenReset {
            try await clock.sleep(for: .milliseconds(faults.hangMs))
            return reset(request)
        }
        return respond(to: request, answer, faults)
    }

    /// A request of a vendor that pushes.
    private func answerRaw(_ request: HTTPRequest) async throws -> HTTPResponse {
        let raw = RawRequest(request, body: Array(try await request.bodyData))
        guard let answer = state.answer(raw) else { return HTTPResponse(statusCode: .notFound) }
        if answer.delay > .zero { try await clock.sleep(for: answer.delay) }
        if answer.delivery == .hangThenReset {
            try await clock.sleep(for: .milliseconds(state.faults.hangMs))
            return reset(request)
        }
        var headers = HTTPHeaders()
        for header in answer.headers { headers.addValue(header.value, for: HTTPHeader(header.name)) }
        let status = HTTPStatusCode(answer.status, phrase: answer.status < 300 ? "OK" : "Error")
        return HTTPResponse(statusCode: status, headers: headers, body: Data(answer.body))
    }

    /// Opens a connection on which a vendor pushes.
    private func open(_ request: HTTPRequest) async throws -> HTTPResponse {
        let raw = RawRequest(request, body: [])
        guard state.pushes(on: raw.path), case .ip4(_, port: let client) = request.remoteAddress,
            let server = gate.port
        else { return HTTPResponse(statusCode: .notFound) }
        let handler = PushHandler(
            state: state, request: raw, ports: PushConnections.Ports(server: server, client: client))
        return try await WebSocketHTTPHandler(handler: MessageFrameWSHandler(handler: handler)).handleRequest(request)
    }

    private func respond(to request: HTTPRequest, _ answer: WireAnswer, _ faults: SimulatorFaults) -> HTTPResponse {
        var headers = HTTPHeaders()
        headers[.contentType] =
            faults.wrongContentType ? "text/html;charset=utf-8" : "application/json;charset=utf-8"
        var bytes = faults.style.bytes(of: answer.body)
        if faults.gzip {
            bytes = Gzip.packed(bytes)
            headers[HTTPHeader("Content-Encoding")] = "gzip"
        }
        let status = HTTPStatusCode(answer.status, phrase: answer.status == 200 ? "OK" : "Error")
        guard faults.slowBodies else {
            return HTTPResponse(statusCode: status, headers: headers, body: Data(bytes))
        }
        let slow = SlowBody(bytes: bytes, pieceLength: 16, wait: .milliseconds(20), clock: clock)
        let body = HTTPBodySequence(from: slow, count: bytes.count, suggestedBufferSize: 16)
        return HTTPResponse(statusCode: status, headers: headers, body: body)
    }

    /// Breaks the connection off; the answer that the server then tries to send reaches nobody.
    private func reset(_ request: HTTPRequest) -> HTTPResponse {
        if case .ip4(_, port: let clientPort) = request.remoteAddress, let serverPort = gate.port {
            ConnectionReset.reset(serverPort: serverPort, clientPort: clientPort)
        }
        return HTTPResponse(statusCode: .internalServerError)
    }
}

/// The endpoints beside the vendor's API, for runners in other processes and for tests.
extension SimulatorServer {
    private func control(_ request: HTTPRequest) async throws -> HTTPResponse {
        switch (request.method, request.path) {
        case (.GET, "/simulator/clock"): return json(clockReading)
        case (.GET, "/simulator/calls"): return json(state.callList)
        case (.GET, "/simulator/agents"): return json(state.agentList)
        case (.GET, "/simulator/requests"): return json(state.requestCounts)
        case (.POST, "/simulator/faults"):
            guard let faults = SimulatorFaults(json: try await request.bodyData) else {
                return HTTPResponse(statusCode: .badRequest)
            }
            state.faults = faults
            gate.countAnew()
            return json(.object([("ok", .bool(true))]))
        default: return try await answerRaw(request)
        }
    }

    private var clockReading: JSON {
        let anchor = (clock as? SystemClock)?.anchor ?? clock.now
        return .object([
            ("now_ms", .number(clock.now.milliseconds)), ("anchor_ms", .number(anchor.milliseconds)),
            ("speed", .decimal(clock.speed)),
        ])
    }

    private func json(_ value: JSON) -> HTTPResponse {
        HTTPResponse(
            statusCode: .ok, headers: [.contentType: "application/json;charset=utf-8"],
            body: Data(JSONStyle().bytes(of: value)))
    }
}

/// A connection on which a vendor pushes, at the moment at which both sides have agreed to it.
private struct PushHandler: WSMessageHandler {
    let state: SimulatorState
    let request: RawRequest
    let ports: PushConnections.Ports

    func makeMessages(for client: AsyncStream<WSMessage>) async throws -> AsyncStream<WSMessage> {
        state.open(request, messages: client, ports: ports) ?? AsyncStream { $0.finish() }
    }
}

extension RawRequest {
    /// A request as the server has read it.
    fileprivate init(_ request: HTTPRequest, body: [UInt8]) {
        self.init(
            method: request.method.rawValue, path: request.target.path(), query: request.target.query(),
            headers: request.headers.keys.map(\.rawValue).sorted().map { ($0, request.headers[HTTPHeader($0)] ?? "") },
            body: body)
    }
}
