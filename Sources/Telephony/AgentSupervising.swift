package import DialModel

/// A vendor through which a supervisor acts on agents and on their calls: an ability beyond those that every vendor has.
///
/// An order that was taken is not yet a fact: what comes of it is reported by `run(reporting:)`, as of everything. Each of
/// them may be refused, with the vendor's reason in the error.
package protocol AgentSupervising: TelephonyVendor {
    /// Asks the vendor to change what an agent is available for; whoever is in a call changes after it.
    ///
    /// Throws `.refused` where the vendor declines or the agent is not signed in, and `.outcomeUnknown` where the order
    /// may have been carried out.
    func order(_ order: AgentOrder, of agent: AgentID) async throws(VendorError)

    /// Asks the vendor, once, to bring a supervisor's phone into the call that an agent is in, or to do something with it.
    ///
    /// Throws `.refused` where the agent is in no call or the vendor declines, and `.outcomeUnknown` where it may have been
    /// carried out.
    func intervene(_ intervention: CallIntervention, inCallOf agent: AgentID) async throws(VendorError)
}

/// What a supervisor asks of an agent.
package enum AgentOrder: String, CaseIterable, Hashable, Sendable {
    /// To be available for calls.
    case makeReady = "make_ready"
    /// To be signed in and not available.
    case sendOnBreak = "send_on_break"
    /// To be signed out, and to stay so until the end of the run or until made ready.
    case signOut = "sign_out"
}

/// What a supervisor does about the call that an agent is in.
package enum CallIntervention: Hashable, Sendable {
    /// Hears both sides at a phone, unheard.
    case listen(phone: String)
    /// Joins the conversation from a phone.
    case barge(phone: String)
    /// Takes the agent's place at a phone; the agent is out of the call.
    case take(phone: String)
    /// Ends the call.
    case drop
    /// Lets the callee wait, who hears neither side.
    case hold
    /// Takes a waiting callee back.
    case retrieve
    /// Has the agent's phone call a colleague's, while the callee waits.
    case consult(phone: String)
    /// Ends the agent's call with the colleague, and takes the callee back.
    case cancelConsult
    /// Brings callee, agent and the colleague together.
    case conference
    /// Leaves the callee to the colleague; the agent is out of the call.
    case transfer
    /// Has the vendor record the conversation from now on.
    case startRecording
    /// Ends the recording; the conversation goes on.
    case stopRecording

    /// The phone that is to ring for it; nil where none is.
    package var phone: String? {
        switch self {
        case .listen(let phone), .barge(let phone), .take(let phone), .consult(let phone): phone
        case .drop, .hold, .retrieve, .cancelConsult, .conference, .transfer, .startRecording, .stopRecording: nil
        }
    }
}
