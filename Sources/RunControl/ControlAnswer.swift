package import DialModel
import EventWire
import Wording

/// What a running campaign answers.
package enum ControlAnswer: Hashable, Sendable {
    /// The order has been carried out, or passed on to the vendor; in words.
    case done(String)
    /// The agents, as of an instant of the run's time.
    case agents([AgentLine], at: Timestamp)
    /// The calls that have not ended, as of an instant of the run's time.
    case calls([CallLine], at: Timestamp)
    /// The run at a glance.
    case glance(RunGlance)

    /// Reads the body of a good answer; nil when it is none.
    init?(_ body: [UInt8]) {
        guard let value = JSONValue(parsing: body) else { return nil }
        if let words = value["done"]?.text {
            self = .done(words)
            return
        }
        if let glance = value["glance"] {
            guard let glance = RunGlance(glance) else { return nil }
            self = .glance(glance)
            return
        }
        guard let at = value["at_ms"]?.integer.map(Timestamp.init(milliseconds:)) else { return nil }
        if case .array(let lines) = value["agents"] {
            self = .agents(lines.compactMap(AgentLine.init), at: at)
        } else if case .array(let lines) = value["calls"] {
            self = .calls(lines.compactMap(CallLine.init), at: at)
        } else {
            return nil
        }
    }

    /// The body that carries it.
    var body: [UInt8] {
        switch self {
        case .done(let words): JSONValue.object(["done": .string(words)]).bytes
        case .agents(let lines, let at):
            JSONValue.object(["agents": .array(lines.map(\.json)), "at_ms": .integer(at.milliseconds)]).bytes
        case .calls(let lines, let at):
            JSONValue.object(["calls": .array(lines.map(\.json)), "at_ms": .integer(at.milliseconds)]).bytes
        case .glance(let glance): JSONValue.object(["glance": glance.json]).bytes
        }
    }
}

/// One agent of a run.
package struct AgentLine: Hashable, Sendable {
    /// Who.
    package var agent: String
    /// What they are doing: `idle`, `reserved`, `set_aside`, `busy`, `wrap_up`, `on_break` or `offline`.
    package var state: String
    /// Since when.
    package var since: Timestamp
    /// Whether they are known to go on a break or home after the present call.
    package var isLeaving: Bool
    /// The attempt whose call they have or are to take.
    package var call: Int64?
    /// Whom they have or are to have on the phone, masked unless it was to be revealed.
    package var number: String?
    /// How many calls they did not take.
    package var missed: Int

    /// Memberwise.
    package init(
        agent: String, state: String, since: Timestamp, isLeaving: Bool, call: Int64?, number: String?, missed: Int
    ) {
        self.agent = agent
        self.state = state
        self.since = since
        self.isLeaving = isLeaving
        self.call = call
        self.number = number
        self.missed = missed
    }

    init?(_ json: JSONValue) {
        guard let agent = json["agent"]?.text, let state = json["state"]?.text, let since = json["since_ms"]?.integer
        else { return nil }
        self.init(
            agent: agent, state: state, since: Timestamp(milliseconds: since),
            isLeaving: json["leaving"]?.flag ?? false,
            call: json["call"]?.integer, number: json["number"]?.text, missed: Int(json["missed"]?.integer ?? 0))
    }

    var json: JSONValue {
        .object([
            "agent": .string(agent), "state": .string(state), "since_ms": .integer(since.milliseconds),
            "leaving": .bool(isLeaving), "call": call.map { .integer($0) } ?? .null, "number": .optional(number),
            "missed": .integer(missed),
        ])
    }
}

/// One call of a run that has not ended.
package struct CallLine: Hashable, Sendable {
    /// Its attempt.
    package var call: Int64
    /// Who is called, masked unless it was to be revealed.
    package var number: String
    /// Where it stands, as the ledger has it.
    package var state: String
    /// Since when.
    package var since: Timestamp
    /// The agent reserved for it or joined to it.
    package var agent: String?
    /// The number that the callee is shown; nil where the vendor chooses it.
    package var callerID: String?

    /// Memberwise.
    package init(call: Int64, number: String, state: String, since: Timestamp, agent: String?, callerID: String?) {
        self.call = call
        self.number = number
        self.state = state
        self.since = since
        self.agent = agent
        self.callerID = callerID
    }

    fileprivate init?(_ json: JSONValue) {
        guard let call = json["call"]?.integer, let number = json["number"]?.text, let state = json["state"]?.text,
            let since = json["since_ms"]?.integer
        else { return nil }
        self.init(
            call: call, number: number, state: state, since: Timestamp(milliseconds: since),
            agent: json["agent"]?.text, callerID: json["caller_id"]?.text)
    }

    fileprivate var json: JSONValue {
        .object([
            "call": .integer(call), "number": .string(number), "state": .string(state),
            "since_ms": .integer(since.milliseconds), "agent": .optional(agent), "caller_id": .optional(callerID),
        ])
    }
}

extension ControlError {
    /// Reads the body of a bad answer, whose words are in English; nil when it is none.
    init?(_ body: [UInt8]) {
        guard let error = JSONValue(parsing: body)?["error"], let reason = error["reason"]?.text else { return nil }
        self.init(
            error["code"]?.text.flatMap(Code.init) ?? .refused, ControlPhrase.reading(reason) ?? Phrase(same: reason))
    }

    /// The body that carries it.
    var body: [UInt8] {
        JSONValue.object(["error": .object(["code": .string(code.rawValue), "reason": .string(reason.english)])]).bytes
    }
}

extension JSONValue {
    static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
