package import DialModel

/// What a campaign brings along that its rules may ask for before anybody is called.
package struct PreflightFacts: Hashable, Sendable {
    /// Whether an agent is reserved before each call, so that none can be abandoned.
    package var isAgentReserved: Bool
    /// How long phones ring.
    package var ringTimeout: Duration
    /// Whether something shows that callees agreed to be called.
    package var hasConsent: Bool
    /// Whether callees for whom no agent is ready hear a message.
    package var hasMessage: Bool
    /// Whether something shows the right to show the caller ID.
    package var hasCallerIDProof: Bool
    /// The do-not-call lists that the campaign asks.
    package var lists: [String]
    /// Whether the vendor chooses whom to call and when, so that no rule is kept by asking before a call.
    package var isVendorPaced: Bool
    /// Whether something shows that the vendor keeps the rules then.
    package var hasVendorRulesProof: Bool

    /// Memberwise.
    package init(
        isAgentReserved: Bool, ringTimeout: Duration, hasConsent: Bool, hasMessage: Bool, hasCallerIDProof: Bool,
        lists: [String], isVendorPaced: Bool = false, hasVendorRulesProof: Bool = false
    ) {
        self.isVendorPaced = isVendorPaced
        self.hasVendorRulesProof = hasVendorRulesProof
        self.isAgentReserved = isAgentReserved
        self.ringTimeout = ringTimeout
        self.hasConsent = hasConsent
        self.hasMessage = hasMessage
        self.hasCallerIDProof = hasCallerIDProof
        self.lists = lists
    }
}

/// What has to be there before anybody is called (`features-and-rules.md`, 5.13).
package enum Preflight {
    /// A thing that is missing.
    package struct Refusal: Hashable, Sendable {
        /// What is missing, and how to say that it is there.
        package var text: String
        /// Which rules ask for it.
        package var rules: String
        /// Where they say so.
        package var source: RuleSource
    }

    /// Everything that is missing, in the order of the profile; nobody is called before it is there.
    package static func refusals(_ profile: RuleProfile, _ facts: PreflightFacts) -> [Refusal] {
        func refusal(_ text: String, _ source: RuleSource) -> Refusal {
            Refusal(text: text, rules: profile.name, source: source)
        }
        var refusals = profile.requirements.compactMap { requirement in
            missing(requirement.value, facts).map { refusal($0, requirement.source) }
        }
        for rule in profile.lists where !facts.lists.contains(rule.list) {
            refusals.append(
                refusal(
                    "the do-not-call list \"\(rule.list)\" is not asked; write dnc: { lists: [\(rule.list)] }",
                    rule.maximumAge.source))
        }
        if facts.isVendorPaced {
            let source = profile.firstRuleOfCalls
            guard let source, !facts.hasVendorRulesProof else { return refusals }
            refusals.append(
                refusal(
                    "the vendor chooses whom to call and when, and nothing shows that it keeps these rules; write "
                        + "compliance: { vendor_rules_proof: ... }", source))
            return refusals
        }
        if let ring = profile.abandonment?.minimumRing, facts.ringTimeout < ring.value {
            let seconds = ring.value.milliseconds / 1_000
            refusals.append(
                refusal("phones ring too short a time; write dial: { ring_timeout: \(seconds)s } or more", ring.source))
        }
        return refusals
    }

    private static func missing(_ requirement: RuleRequirement, _ facts: PreflightFacts) -> String? {
        switch requirement {
        case .consent:
            facts.hasConsent
                ? nil : "nothing shows that callees agreed; write consent: { reference: ... } or { column: ... }"
        case .message:
            // Where an agent is reserved first, nobody can be left without one.
            facts.hasMessage || facts.isAgentReserved
                ? nil
                : "callees for whom no agent is ready hear nothing; write compliance: { message: ... }, or use mode: progressive"
        case .callerIDProof:
            facts.hasCallerIDProof
                ? nil
                : "nothing shows the right to show the caller ID; write compliance: { caller_id_proof: ... }"
        case .houseList:
            facts.lists.isEmpty
                ? "the campaign names no do-not-call list of your own; write dnc: { lists: [house] }" : nil
        }
    }
}

extension RuleProfile {
    /// Where the first of the rules is from that are kept by asking before each call; nil if there is none.
    fileprivate var firstRuleOfCalls: RuleSource? {
        outerHours?.source ?? holidays?.source ?? caps.first?.source ?? lists.first?.maximumAge.source
            ?? regions.lazy.compactMap(\.firstRuleOfCalls).first ?? abandonment?.limitPerMille.source
    }
}

extension RegionRules {
    /// Where the first of its rules is from; nil if there is none.
    fileprivate var firstRuleOfCalls: RuleSource? { hours?.source ?? holidays ?? caps.first?.source }
}
