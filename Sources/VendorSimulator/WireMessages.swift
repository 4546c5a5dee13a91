/// A request as a dialect sees it, freed of its transport.
struct WireRequest: Sendable {
    /// The method in capitals.
    var method: String
    /// The parameters of query and body together.
    var parameters: FormParameters

    /// Reads a request's query and form body.
    init(method: String, query: String, body: String) {
        self.method = method
        parameters = FormParameters([query, body])
    }
}

/// What a dialect answers.
struct WireAnswer: Sendable {
    /// How the answer goes out.
    enum Delivery: Hashable, Sendable {
        /// As it is.
        case plain
        /// Not at all: the connection hangs, then it is reset.
        case hangThenReset
    }

    /// The HTTP status.
    var status: Int
    /// The body.
    var body: JSON
    /// How it goes out.
    var delivery = Delivery.plain
}
