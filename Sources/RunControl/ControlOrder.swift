package import DialModel
import EventWire
package import Telephony
import Wording

/// What an operator or a supervisor wants of a run, and how that is spelt as an HTTP request.
package enum ControlOrder: Hashable, Sendable {
    /// `POST /v1/pause`: no more calls for the time being.
    case pause
    /// `POST /v1/resume`: calls again.
    case resume
    /// `POST /v1/drain`: no more calls, and the end when those in flight have ended.
    case drain
    /// `POST /v1/agents/order` with `agent` and `order`, which is the raw value of an `AgentOrder`.
    case agent(AgentOrder, AgentID)
    /// `POST /v1/calls/order` with `call`, `order` (the word of a `CallIntervention`) and `phone`, where one is rung.
    case call(CallIntervention, AttemptID)

    /// Reads an order; throws `.malformed` or `.unknownRequest`.
    init(path: String, body: [UInt8]) throws(ControlError) {
        switch path {
        case "/v1/pause": self = .pause
        case "/v1/resume": self = .resume
        case "/v1/drain": self = .drain
        case "/v1/agents/order": self = try Self.agentOrder(try Self.members(of: body))
        case "/v1/calls/order": self = try Self.callOrder(try Self.members(of: body))
        default: throw .unknownRequest
        }
    }

    private static func members(of body: [UInt8]) throws(ControlError) -> JSONValue {
        guard let value = JSONValue(parsing: body), case .object = value else {
            throw ControlError(.malformed, ControlPhrase.noObject.phrase)
        }
        return value
    }

    private static func agentOrder(_ body: JSONValue) throws(ControlError) -> ControlOrder {
        guard let agent = body["agent"]?.text else { throw ControlError(.malformed, ControlPhrase.noAgent.phrase) }
        guard let order = body["order"]?.text.flatMap(AgentOrder.init) else {
            throw ControlError(.unknownRequest, ControlPhrase.unknownAgentOrder.phrase)
        }
        return .agent(order, AgentID(agent))
    }

    private static func callOrder(_ body: JSONValue) throws(ControlError) -> ControlOrder {
        guard let call = body["call"]?.integer else { throw ControlError(.malformed, ControlPhrase.noCall.phrase) }
        let phone = body["phone"]?.text
        let intervention: CallIntervention
        switch (body["order"]?.text, phone) {
        case ("drop", _): intervention = .drop
        case ("hold", _): intervention = .hold
        case ("retrieve", _): intervention = .retrieve
        case ("cancel_consult", _): intervention = .cancelConsult
        case ("conference", _): intervention = .conference
        case ("transfer", _): intervention = .transfer
        case ("consult", let phone?): intervention = .consult(phone: phone)
        case ("start_recording", _): intervention = .startRecording
        case ("stop_recording", _): intervention = .stopRecording
        case ("listen", let phone?): intervention = .listen(phone: phone)
        case ("barge", let phone?): intervention = .barge(phone: phone)
        case ("take", let phone?): intervention = .take(phone: phone)
        case ("listen", nil), ("barge", nil), ("take", nil), ("consult", nil):
            throw ControlError(.malformed, ControlPhrase.noPhone.phrase)
        default: throw ControlError(.unknownRequest, ControlPhrase.unknownCallOrder.phrase)
        }
        return .call(intervention, AttemptID(call))
    }

    // MARK: Writing

    /// Where it is sent.
    var path: String {
        switch self {
        case .pause: "/v1/pause"
        case .resume: "/v1/resume"
        case .drain: "/v1/drain"
        case .agent: "/v1/agents/order"
        case .call: "/v1/calls/order"
        }
    }

    /// The body; empty where there is nothing to add.
    var body: [UInt8] {
        switch self {
        case .pause, .resume, .drain: []
        case .agent(let order, let agent):
            JSONValue.object(["agent": .string(agent.value), "order": .string(order.rawValue)]).bytes
        case .call(let intervention, let call):
            JSONValue.object(Self.members(of: intervention, call)).bytes
        }
    }

    private static func members(of intervention: CallIntervention, _ call: AttemptID) -> [String: JSONValue] {
        var members: [String: JSONValue] = ["call": .integer(call.value), "order": .string(intervention.word)]
        switch intervention {
        case .listen(let phone), .barge(let phone), .take(let phone), .consult(let phone):
            members["phone"] = .string(phone)
        case .drop, .hold, .retrieve, .cancelConsult, .conference, .transfer, .startRecording, .stopRecording: break
        }
        return members
    }
}

extension CallIntervention {
    /// The word for it on the wire and in records.
    package var word: String {
        switch self {
        case .listen: "listen"
        case .barge: "barge"
        case .take: "take"
        case .drop: "drop"
        case .hold: "hold"
        case .retrieve: "retrieve"
        case .consult: "consult"
        case .cancelConsult: "cancel_consult"
        case .conference: "conference"
        case .transfer: "transfer"
        case .startRecording: "start_recording"
        case .stopRecording: "stop_recording"
        }
    }
}

extension JSONValue {
    /// The value as a body.
    var bytes: [UInt8] { Array(serialized.utf8) }
}
