import DialModel
import EventWire

/// An event of the channel, decoded tolerantly: of what may be missing, much is (`vendors/well-wincall.md`, A.6).
struct WellEvent: Hashable, Sendable {
    /// What happened, in the vendor's words; whatever is not among them is of no concern here.
    enum Name: String, CaseIterable, Hashable, Sendable {
        case agentLoggedOn, agentLoggedOff, agentReady, agentNotReady, agentAllocated, agentWorkingAfterCall
        case serviceInitiated, originated, delivered, established, failed, connectionCleared, conferenced
        case transferred
    }

    var name: Name
    /// Counts the events; the vendor's own program compares it with that of the event before.
    var serial: Int64?
    var at: Timestamp?
    /// The phone of the agent whose events these are.
    var subscriber: String?
    /// Why an agent is not ready.
    var reason: String?
    var callID: String?
    var callingDevice: String?
    var calledDevice: String?
    var alertingDevice: String?
    var answeringDevice: String?
    var releasingDevice: String?
    /// Who hung up first.
    var hangupDevice: String?
    /// The network's word for the end (A.6.3).
    var cause: String?
    /// Who has a call that was left to them.
    var transferredToDevice: String?
    /// The calls that became one, and the name of that.
    var oldCalls: [String] = []
    var newCall: String?
    var failedCode: String?
    var failedMessage: String?

    /// Reads a message's body; nil for what is no event, or one of no concern.
    init?(_ body: [UInt8]) {
        guard let value = JSONValue(parsing: body),
            let name = value["eventName"]?.text.flatMap(Name.init(rawValue:))
        else { return nil }
        self.name = name
        serial = value["serial"]?.integer
        at = value["eventTime"].flatMap(WireTime.instant)
        subscriber = value["srcDeviceId"]?.text
        reason = value["reason"]?.text
        callID = value["callId"]?.text
        callingDevice = value["callingDevice"]?.text
        calledDevice = value["calledDevice"]?.text
        alertingDevice = value["alertingDevice"]?.text
        answeringDevice = value["answeringDevice"]?.text
        releasingDevice = value["releasingDevice"]?.text
        hangupDevice = value["hangupDevice"]?.text
        cause = value["cause"]?.text
        transferredToDevice = value["transferredToDevice"]?.text
        oldCalls = ["primaryOldCall", "secondaryOldCall"].compactMap { Self.call(value[$0]) }
        newCall = Self.call(value["newCall"])
        failedCode = value["failedCode"]?.text
        failedMessage = value["failedMsg"]?.text
    }

    /// A call that is named by its id, or by an object with that; `0` stands for none.
    private static func call(_ value: JSONValue?) -> String? {
        let name = value?.text ?? value?["callId"]?.text
        return name == "0" ? nil : name
    }
}
