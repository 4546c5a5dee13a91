/// A place on this machine from which people's browsers have a page, and to which the page brings what it has to tell.
package protocol PageHosting: Sendable {
    /// Begins to listen, so that nobody is turned away from now on; does nothing if it listens already.
    func open() async throws(PushListeningError)

    /// Where the page is to be had, `http://127.0.0.1:8091/`; nil as long as nothing listens.
    var address: String? { get }

    /// Answers requests until cancelled; listens first if need be.
    ///
    /// `answer` may be called by several tasks at the same time, and each may take as long as it bounds itself. A request with
    /// a key is somebody's, and one with a wrong key is turned away and never handed on; without any key nothing but the
    /// page itself can be asked for. Whatever is too large, too slow or no request at all is turned away.
    func serve(_ answer: @escaping @Sendable (PageRequest) async -> PageAnswer) async throws(PushListeningError)
}

/// A request of a page, or for it.
package struct PageRequest: Hashable, Sendable {
    /// The method in capitals.
    package var method: String
    /// The path, percent-encoded.
    package var path: String
    /// The parameters of the query by name, as they were spelt.
    package var query: [String: String]
    /// Whose key it carried; nil for a request for the page itself, which needs none.
    package var visitor: String?
    /// The body; empty where there is none.
    package var body: [UInt8]

    /// Memberwise.
    package init(method: String, path: String, query: [String: String] = [:], visitor: String?, body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.visitor = visitor
        self.body = body
    }
}

/// What a page is answered.
package struct PageAnswer: Hashable, Sendable {
    /// The status, one of those of HTTP.
    package var status: Int
    /// Header fields beyond those that say how long the body is and that nothing may be kept.
    package var headers: [HTTPField]
    /// The body; empty for none.
    package var body: [UInt8]

    /// Memberwise.
    package init(status: Int, headers: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
