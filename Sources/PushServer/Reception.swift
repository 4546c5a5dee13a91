import EventWire
import Foundation
import Telephony

/// Whoever decides which requests are let in, and answers them.
protocol Reception: Sendable {
    /// Why a request is turned away before its body is read; nil for one that is let in.
    func refusal(of head: HTTPRequestHead) -> Int?

    /// Answers a request that was let in.
    func answer(_ head: HTTPRequestHead, body: [UInt8]) async -> RequestAnswer
}

/// An answer on its way.
struct RequestAnswer: Sendable {
    private static let reasons = [
        200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 405: "Method Not Allowed",
        408: "Request Timeout", 409: "Conflict", 411: "Length Required", 413: "Content Too Large",
        431: "Request Header Fields Too Large", 503: "Service Unavailable",
    ]

    private let status: Int
    private let headers: [HTTPField]
    private let body: [UInt8]

    init(_ status: Int, headers: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The whole answer.
    var bytes: Data {
        var head = "HTTP/1.1 \(status) \(Self.reasons[status] ?? "Error")\r\n"
        for header in headers { head += "\(header.name): \(header.value)\r\n" }
        head += "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        return Data(Array(head.utf8) + body)
    }
}
