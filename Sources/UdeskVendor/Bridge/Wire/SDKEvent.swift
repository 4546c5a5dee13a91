import EventWire

/// An event of the SDK, as far as it means anything for calls and agents (`vendors/alibaba-udesk.md`, B3).
enum SDKEvent: Hashable, Sendable {
    /// Where the vendor stands, told after every connection.
    case state(Snapshot)
    /// The SDK is ready; the rest is told by the state.
    case ready(agent: String?, phone: String?)
    case agent(String)
    case phone(String)
    /// What an agent's phone does in a call; no call where it is in none.
    case phoneInCall(state: String, call: String?)
    case call(CallNews)
    /// The SDK lost its connection.
    case disconnected
    /// The page goes away.
    case closed

    /// Where the vendor stands with an agent.
    struct Snapshot: Hashable, Sendable {
        var agent: String?
        var phone: String?
        /// The call that the agent is in; nil where there is none.
        var call: String?
        /// The other side of that call.
        var number: String?
        /// Whether the agent makes the call, as far as that is told.
        var isOutbound: Bool?
        var isEstablished = false
    }

    /// What is told of a call.
    struct CallNews: Hashable, Sendable {
        enum Kind: String, Hashable, Sendable {
            case offered = "Delivered"
            case originated = "Originated"
            case established = "Established"
            case cleared = "ConnectionCleared"
            case held = "Held"
            case retrieved = "Retrieved"
            case conferenced = "Conferenced"
            case transferred = "Transferred"
        }

        var kind: Kind
        var call: String
        var workflow: String?
        /// Whether the agent makes the call, where that is told by the word for its direction.
        var direction: Bool?
        /// Names the leg that it is about, where that is told.
        var channel: String?
        var customer: String?
        /// The number that the customer is shown.
        var shown: String?

        /// Whether an agent makes the call, rather than being given it; what is offered is given unless it says otherwise.
        var isOutbound: Bool { direction != false && (workflow?.hasPrefix("out") ?? (kind != .offered)) }
    }

    /// Reads an event by its name; nil for one that means nothing here, or cannot be read.
    init?(name: String, payload: JSONValue) {
        let answer = SDKAnswer(payload)
        guard answer.isDone || answer.code.isEmpty else { return nil }
        let data = answer.object
        switch name {
        case "GetState": self = .state(Snapshot(data))
        case "Ready": self = .ready(agent: data["CurState"]?.text, phone: data["CurExtState"]?.text)
        case "AgentStateChanged":
            guard let state = data["CurState"]?.text else { return nil }
            self = .agent(state)
        case "PhoneModeChanged":
            guard let state = data["CurExtState"]?.text else { return nil }
            self = .phone(state)
        case "PhoneStateChanged":
            guard let state = data["CurState"]?.text else { return nil }
            self = .phoneInCall(state: state, call: data["CallID"]?.text)
        case "Disconnected": self = .disconnected
        case "PageClosed": self = .closed
        default:
            let kind = name == "AdvancedCallStatusChanged" ? data["CallEvent"] ?? data["AdvancedCallStatus"] : nil
            guard let news = CallNews(kind?.text ?? name, data) else { return nil }
            self = .call(news)
        }
    }
}

extension SDKEvent.Snapshot {
    fileprivate init(_ data: JSONValue) {
        agent = data["CurState"]?.text
        phone = data["CurExtState"]?.text
        call = data["CallID"]?.text
        number = data["DestNumber"]?.text ?? SDKEvent.number(data["CustomerInfo"])
        isOutbound = SDKEvent.isOutbound(data)
        isEstablished = data["AdvancedCallStatus"]?.text == SDKEvent.CallNews.Kind.established.rawValue
    }
}

extension SDKEvent.CallNews {
    fileprivate init?(_ name: String, _ data: JSONValue) {
        guard let kind = Kind(rawValue: name), let call = data["CallID"]?.text else { return nil }
        self.kind = kind
        self.call = call
        workflow = data["WorkFlow"]?.text
        direction = SDKEvent.isOutbound(data)
        channel = data["ChannelUUID"]?.text
        customer = SDKEvent.number(data["CustomerInfo"]) ?? SDKEvent.number(data["CalledInfo"])
        shown = SDKEvent.number(data["DisplayInfo"]) ?? data["DisplayNum"]?.text
    }
}

extension SDKEvent {
    /// Whether the agent makes a call; nil where no direction is told.
    fileprivate static func isOutbound(_ data: JSONValue) -> Bool? {
        data["CallDirection"]?.text.map { $0.lowercased() == "outbound" }
    }

    /// The number of a party; the documents spell its name in two ways.
    fileprivate static func number(_ party: JSONValue?) -> String? {
        party?["TelNumber"]?.text ?? party?["Number"]?.text
    }
}
