import DialModel
import EventWire

/// What the vendor tells of a call at one moment, in a push or in its log (`vendors/alibaba-udesk.md`, B2.2).
///
/// Pushes come at the start, at answers, at hanging up and at the end, and later ones have what the earlier had.
struct CallEvent: Hashable, Sendable {
    /// The vendor's name of the call, which legs of a transfer share.
    var callID: String?
    /// The attempt, by the variable that was given with the request.
    var mark: String?
    var customerPhone: String?
    var displayNumber: String?
    var customerRangAt: Timestamp?
    var customerAnsweredAt: Timestamp?
    var agentAnsweredAt: Timestamp?
    var customerHungUpAt: Timestamp?
    var agentHungUpAt: Timestamp?
    var agent: AgentID?
    /// The vendor's words for what became of the call.
    var result: String?
    /// The vendor's words for why the customer was not reached.
    var defeatCause: String?
    /// When the vendor says that it tells this.
    var toldAt: Timestamp?

    /// Reads an object; nil for one that names no call in any way.
    init?(_ value: JSONValue) {
        callID = value["call_id"]?.text
        mark = Self.mark(in: value["ivr_variables"]) ?? Self.mark(in: value["variables"])
        customerPhone = value["customer_phone"]?.text
        displayNumber = value["display_number"]?.text
        guard callID != nil || mark != nil || customerPhone != nil else { return nil }
        func instant(_ name: String) -> Timestamp? { value[name]?.text.flatMap(WireTime.instant) }
        customerRangAt = instant("customer_ring_at")
        customerAnsweredAt = instant("customer_answer_at")
        agentAnsweredAt = instant("agent_answer_at")
        customerHungUpAt = instant("customer_hangup_at")
        agentHungUpAt = instant("agent_hangup_at")
        agent = value["agent_id"]?.text.map { AgentID($0) }
        result = value["call_result"]?.text
        defeatCause = value["defeat_cause"]?.text
        toldAt = instant("timestamp")
    }

    /// Reads the body of a push: JSON, or a form; nil for what is neither, or names no call.
    init?(body: [UInt8]) {
        if let value = JSONValue(parsing: body) {
            guard case .object = value else { return nil }
            self.init(value)
        } else if let form = URLForm(body) {
            self.init(.object(form.members.mapValues { .string($0) }))
        } else {
            return nil
        }
    }

    /// The earliest instant that it tells of.
    var startedAt: Timestamp? {
        [customerRangAt, customerAnsweredAt, agentAnsweredAt, customerHungUpAt].compactMap { $0 }.min() ?? toldAt
    }

    /// Whether the call is over for the customer.
    ///
    /// The agent's hanging up alone does not say so, for the call may have been handed on.
    var isOver: Bool {
        customerHungUpAt != nil || defeatCause != nil || result.map(Self.finalResults.contains) ?? false
    }

    /// The results that only a call which is over has.
    ///
    /// The documents of the call trigger's push list them among others, such as “客户接听”, which may yet change.
    private static let finalResults: Set<String> = [
        "客户未接", "话机占线", "话机离线", "客服未接", "客服拒接", "客户速挂", "客户挂机", "排队超时", "放弃排队", "未选择队列",
        "customer_missed",
    ]

    /// The attempt's mark in variables that come as an object, or as a text of one.
    private static func mark(in value: JSONValue?) -> String? {
        switch value {
        case .object: value?[WebCallback.variable]?.text
        case .string(let text): JSONValue(parsing: Array(text.utf8))?[WebCallback.variable]?.text
        case .array(let elements): elements.lazy.compactMap { mark(in: $0) }.first
        default: nil
        }
    }
}

/// A form as browsers send it.
struct URLForm: Hashable, Sendable {
    var members: [String: String] = [:]

    /// Reads `name=value` pairs; nil for what has none, or is no text.
    init?(_ body: [UInt8]) {
        guard body.allSatisfy({ (0x21...0x7E).contains($0) }), body.contains(UInt8(ascii: "=")) else { return nil }
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { continue }
            let name = Self.decoded(halves[0])
            members[name] = members[name] ?? Self.decoded(halves[1])
        }
        guard !members.isEmpty else { return nil }
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                result.append(value)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
