import DialModel
import EventWire
import Telephony

extension AlibabaVendor {
    /// Where the answered call goes: to one agent, or to the group's queue (`vendors/alibaba-udesk.md`, A2.4).
    func route(for agent: AgentID?, _ group: SkillGroup) throws(VendorError) -> [String: String] {
        if let agent {
            guard let subdomain = account.subdomain else {
                throw gateway.error(
                    .misconfigured, "DialEx", code: "NoSubdomain",
                    "a call for one agent needs the call center's second-level domain in the account")
            }
            return ["AnswerMode": "1", "RoutPoint": "\(agent.value)@\(subdomain)"]
        }
        guard let queue = group.queue else {
            throw gateway.error(
                .misconfigured, "DialEx", code: "NoQueue",
                "the skill group “\(group.name)” has no queue that answered calls could go to")
        }
        return ["AnswerMode": "2", "RoutPoint": queue]
    }

    /// Lets the vendor choose the number to show; it is asked about the bare number, never with a prefix (A3.1).
    func pickCaller(for number: CalleeSpelling, _ group: SkillGroup) async throws(VendorError) -> String {
        let action = "PickGlobalOutboundNumbers"
        let parameters = [
            "InstanceId": account.instanceID, "CalleeNumber": number.text, "SkillGroupId.1": group.id, "Count": "1",
        ]
        let payload = try await gateway.ask(action, parameters, priority: .dial).payload
        let pairs = payload["DialNumberPairs"]?.list(of: "DialNumberPair") ?? []
        guard let caller = pairs.lazy.compactMap({ $0["Caller"]?["Number"]?.phone }).first else {
            throw gateway.error(
                .refused(.refused), action, code: "NoOutboundNumber", "the vendor has no number to show for this call")
        }
        return caller
    }

    /// The name of the call that `DialEx` accepted.
    ///
    /// Its own status, inside an answer that is `OK` as a whole, may still say that the call failed (A5). An answer
    /// without any name does not prove that no call was placed.
    func acceptedCall(_ payload: JSONValue) throws(VendorError) -> VendorCallID {
        if let status = payload["StatusCode"]?.text, status != "200" {
            let words = payload["StatusDesc"]?.text ?? ""
            throw gateway.error(.refused(.congestion), "DialEx", code: status, words)
        }
        guard let task = payload["TaskId"]?.text else {
            throw gateway.error(
                .outcomeUnknown, "DialEx", code: GatewayAnswer.malformed, "the answer names no call")
        }
        return VendorCallID(task)
    }
}
