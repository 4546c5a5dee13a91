import DialModel

/// How an agent and their phone are called on the wire (`vendors/well-wincall.md`, A.1).
struct AgentAddress: Hashable, Sendable {
    let agent: AgentID
    let phone: String
    let domain: String

    init(_ login: AgentLogin, domain: String) {
        agent = login.agent
        phone = login.phone
        self.domain = domain
    }

    /// The agent, `5001@test.cc`.
    var loginID: String { "\(agent.value)@\(domain)" }

    /// The phone, `8001@test.cc`.
    var device: String { Self.device(phone, in: domain) }

    /// Where the agent's events are published; the star is the broker's and stands for every kind of them (A.3.2).
    var topic: String { "/topic/event.agent.*." + loginID.replacing(".", with: "_") }

    /// A phone or an outside number as a device, `913800000000@test.cc`; one that has its domain keeps it.
    static func device(_ phone: String, in domain: String) -> String {
        phone.contains("@") ? phone : "\(phone)@\(domain)"
    }

    /// The part of a device or agent before the domain.
    static func localPart(_ name: String) -> String {
        String(name.prefix { $0 != "@" })
    }
}

extension AgentAddress {
    /// Whether a device is this agent's phone.
    func owns(_ device: String) -> Bool {
        Self.localPart(device) == Self.localPart(phone)
    }
}

extension WellAccount {
    /// Whether a phone is an extension of the tenant (A.1), which calls to it do not leave.
    func isInternal(_ phone: String) -> Bool {
        let number = AgentAddress.localPart(phone)
        guard phone == number || phone == AgentAddress.device(number, in: domain) else { return false }
        return number.wholeMatch(of: /8[0-9]{3,5}/) != nil
            || logins.contains { AgentAddress.localPart($0.phone) == number }
    }
}
