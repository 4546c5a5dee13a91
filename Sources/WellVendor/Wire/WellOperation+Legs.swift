import EventWire
import Telephony

extension WellOperation {
    /// Hangs a device up (`dropConnection`, `forceDrop`, A.5); a second one finds nothing to hang up.
    static func drop(_ leg: CallLeg) -> WellOperation {
        WellOperation(name: "dropConnection", method: "DELETE", path: leg.path, connection: .fresh, isUrgent: true)
    }

    /// Leaves a call to another phone (`singleStepTransfer`, `forceTake`, A.5).
    ///
    /// The device is out of the call at once; if the other phone does not answer, the callee is dropped.
    static func transfer(_ leg: CallLeg, to phone: String) -> WellOperation {
        post("singleStepTransfer", leg, ["transferTo": phone])
    }

    /// Calls a further phone into a conversation (`forceJoin`, A.5).
    static func join(_ leg: CallLeg, by phone: String) -> WellOperation {
        post("singleStepConference", leg, ["conferenceParticipant": phone, "participationType": "Active"])
    }

    /// Lets the other side of a device wait (`holdCall`, A.5).
    static func hold(_ leg: CallLeg) -> WellOperation { post("hold", leg) }

    /// Takes it back (`retrieveCall`, A.5).
    static func retrieve(_ leg: CallLeg) -> WellOperation { post("retrieve", leg) }

    /// Calls a colleague while the other side of a device waits (`consult`, A.5).
    static func consult(_ leg: CallLeg, with phone: String) -> WellOperation {
        post("consult", leg, ["consultationParticipant": phone])
    }

    /// What becomes of a consultation and of the call that waits for it, in the vendor's words (A.5).
    enum ConsultationStep: String, CaseIterable, Hashable, Sendable {
        /// The consultation ends, and the call is taken back.
        case cancel = "cancelConsult"
        /// Both become one call of three.
        case conference
        /// The callee is left to the colleague.
        case transfer
    }

    /// Does something about a consultation; the leg is that of the call that waits for it.
    static func settle(_ consultation: String, by step: ConsultationStep, of leg: CallLeg) -> WellOperation {
        post(step.rawValue, leg, ["consultCallId": consultation])
    }

    /// Begins or ends the recording of the call that a device is in (`startRecording`, `stopRecording`, A.5).
    static func recording(_ step: RecordingStep, at device: String) -> WellOperation {
        WellOperation(
            name: "\(step)Recording", method: "POST",
            path: "/api/csta/callControl/recording/\(step.rawValue)?extension=\(device)", connection: .fresh,
            isUrgent: true)
    }

    /// What is done about a recording, in the vendor's words.
    enum RecordingStep: String, Hashable, Sendable {
        case start = "Start"
        case stop = "Stop"
    }

    /// Lets a phone hear a call (`forceListen`, A.5).
    static func listen(to callID: String, at device: String) -> WellOperation {
        WellOperation(
            name: "spy", method: "POST", path: "\(CallLeg.calls)/\(callID)/spy?deviceId=\(device)", connection: .fresh,
            isUrgent: true)
    }

    private static func post(_ name: String, _ leg: CallLeg, _ members: [String: String] = [:]) -> WellOperation {
        WellOperation(
            name: name, method: "POST", path: leg.path + "/" + name,
            body: members.isEmpty ? nil : .object(members.mapValues { .string($0) }), connection: .fresh,
            isUrgent: true)
    }
}
