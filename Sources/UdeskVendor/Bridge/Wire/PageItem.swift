import EventWire

/// Something that a page brings: an event of the SDK, or the answer to a command (`vendors/alibaba-udesk.md`, B5).
struct PageItem: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        /// Nil for an event that means nothing here.
        case event(SDKEvent?)
        case answer(id: String, SDKAnswer)
    }

    /// Its place among everything that the session brings, from one.
    var seq: Int
    var content: Content

    /// The most that is taken at a time.
    static let most = 200

    /// Reads what a page posts, `{"events":[…]}`; nil for anything else.
    static func items(in body: [UInt8]) -> [PageItem]? {
        guard case .array(let elements)? = JSONValue(parsing: body)?["events"], elements.count <= most else {
            return nil
        }
        let items = elements.compactMap { PageItem($0) }
        return items.count == elements.count ? items : nil
    }

    private init?(_ value: JSONValue) {
        guard let seq = value["seq"]?.integer, (1...1 << 40).contains(seq) else { return nil }
        self.seq = Int(seq)
        if let id = value["id"]?.text {
            content = .answer(id: id, SDKAnswer(value))
        } else if let name = value["event"]?.text {
            content = .event(SDKEvent(name: name, payload: value["payload"] ?? .null))
        } else {
            return nil
        }
    }
}
