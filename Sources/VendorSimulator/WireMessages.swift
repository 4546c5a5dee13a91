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

/// A request as a dialect that pushes sees it: as it came over the wire.
struct RawRequest: Sendable {
    /// The method in capitals.
    var method: String
    /// The path, percent-encoded.
    var path: String
    /// What follows the question mark, percent-encoded; empty when there is none.
    var query = ""
    /// The header fields by name, ascending; one that came several times is one, its values joined by commas.
    var headers: [(name: String, value: String)] = []
    /// The body.
    var body: [UInt8] = []

    /// The value of a header field, whose name may be spelt in capitals or not.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// What a dialect that pushes answers to a request.
struct RawAnswer: Sendable {
    /// The HTTP status.
    var status: Int
    /// The header fields beyond the body's length.
    var headers: [(name: String, value: String)] = []
    /// The body.
    var body: [UInt8] = []
    /// How long the answer is held back, in the run's time; events go out meanwhile.
    var delay = Duration.zero
    /// How it goes out.
    var delivery = WireAnswer.Delivery.plain
}
