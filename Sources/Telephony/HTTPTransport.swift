/// Carries single HTTP requests.
package protocol HTTPTransport: Sendable {
    /// Sends one request, at most once on the wire, and answers with the whole response, whatever its status.
    ///
    /// Cancelling the task abandons the request and throws a `TransportError` that says whether it may have been sent.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}

/// One HTTP request.
package struct HTTPRequest: Hashable, Sendable {
    /// Whether a connection that has carried other requests may carry this one.
    package enum Connection: Hashable, Sendable {
        /// For questions: libcurl may repeat a request over a fresh connection when a reused one dies unanswered.
        case reusable
        /// For whatever must not happen twice.
        case fresh
    }

    /// The method, `GET`, `POST` or `DELETE`.
    package var method: String
    /// The absolute URL, already percent-encoded.
    package var url: String
    /// Header fields in order.
    package var headers: [HTTPField]
    /// The body; empty for none.
    package var body: [UInt8]
    /// The longest that connecting may take.
    package var connectTimeout: Duration
    /// The longest that everything may take, counted from the moment the request leaves the queue.
    package var timeout: Duration
    /// Whether the connection may be a used one.
    package var connection: Connection

    /// Memberwise, with the time-outs that suit vendors' gateways.
    package init(
        method: String, url: String, headers: [HTTPField] = [], body: [UInt8] = [],
        connectTimeout: Duration = .seconds(5), timeout: Duration = .seconds(15), connection: Connection = .reusable
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connectTimeout = connectTimeout
        self.timeout = timeout
        self.connection = connection
    }
}

/// One header field.
package struct HTTPField: Hashable, Sendable {
    /// The name, compared without case.
    package var name: String
    /// The value without surrounding blanks.
    package var value: String

    /// Memberwise.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// One HTTP response.
package struct HTTPResponse: Hashable, Sendable {
    /// The status code.
    package var status: Int
    /// Header fields of the final response, in order.
    package var headers: [HTTPField]
    /// The body, content codings removed.
    package var body: [UInt8]

    /// Memberwise.
    package init(status: Int, headers: [HTTPField], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header field.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why a request got no response.
package struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is certain about the request.
    package enum Delivery: Hashable, Sendable {
        /// No byte of the request left: the other side cannot have acted.
        case notSent
        /// The other side may have received the request, and acted.
        case outcomeUnknown
    }

    /// What is certain about the request.
    package var delivery: Delivery
    /// libcurl's name of the failure, `CURLE_COULDNT_CONNECT`; or `cancelled`; or `WEBSOCKET_` and the code that a channel was
    /// closed with, `WEBSOCKET_1011`.
    package var code: String
    /// A sentence for a person, naming host and port but no path, query or body.
    package var message: String

    /// Memberwise.
    package init(_ delivery: Delivery, code: String, message: String) {
        self.delivery = delivery
        self.code = code
        self.message = message
    }

    package var description: String { "\(message) (\(code))" }
}
