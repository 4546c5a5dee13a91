import EventWire
import Telephony

extension WellOperation {
    /// Hangs a device up (`dropConnection`, `forceDrop`, A.5); a second one finds nothing to hang up.
    static func drop(_ leg: CallLeg) -> WellOperation {
        WellOperation(name: "dropConnection", method: "DELETE", path: leg.path, connection: .fresh)
    }

    /// Leaves a call to another phone (`singleStepTransfer`, `forceTake`, A.5).
    ///
    /// The device is out of the call at once; if the other phone does not answer, the callee is dropped.
    static func transfer(_ leg: CallLeg, to phone: String) -> WellOperation {
        WellOperation(
            name: "singleStepTransfer", method: "POST", path: leg.path + "/singleStepTransfer",
            body: .object(["transferTo": .string(phone)]), connection: .fresh)
    }

    /// Calls a further phone into a conversation (`forceJoin`, A.5).
    static func join(_ leg: CallLeg, by phone: String) -> WellOperation {
        WellOperation(
            name: "singleStepConference", method: "POST", path: leg.path + "/singleStepConference",
            body: .object(["conferenceParticipant": .string(phone), "participationType": .string("Active")]),
            connection: .fresh)
    }

    /// Lets a phone hear a call (`forceListen`, A.5).
    static func listen(to callID: String, at device: String) -> WellOperation {
        WellOperation(
            name: "spy", method: "POST", path: "\(CallLeg.calls)/\(callID)/spy?deviceId=\(device)", connection: .fresh)
    }
}
