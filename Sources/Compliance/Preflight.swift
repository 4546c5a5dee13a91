package import DialModel
package import Wording

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
        package var missing: Phrase
        /// Which rules ask for it.
        package var rules: String
        /// Where they say so.
        package var source: RuleSource
    }

    /// Everything that is missing, in the order of the profile; nobody is called before it is there.
    package static func refusals(_ profile: RuleProfile, _ facts: PreflightFacts) -> [Refusal] {
        func refusal(_ missing: Phrase, _ source: RuleSource) -> Refusal {
            Refusal(missing: missing, rules: profile.name, source: source)
        }
        var refusals = profile.requirements.compactMap { requirement in
            missing(requirement.value, facts).map { refusal($0, requirement.source) }
        }
        for rule in profile.lists where !facts.lists.contains(rule.list) {
            refusals.append(
                refusal(PreflightPhrase.listNotAsked.filled(rule.list), rule.maximumAge.source))
        }
        if facts.isVendorPaced {
            let source = profile.firstRuleOfCalls
            guard let source, !facts.hasVendorRulesProof else { return refusals }
            refusals.append(refusal(PreflightPhrase.vendorRules.phrase, source))
            return refusals
        }
        if let ring = profile.abandonment?.minimumRing, facts.ringTimeout < ring.value {
            let seconds = ring.value.milliseconds / 1_000
            refusals.append(refusal(PreflightPhrase.shortRing.filled(seconds), ring.source))
        }
        return refusals
    }

    private static func missing(_ requirement: RuleRequirement, _ facts: PreflightFacts) -> Phrase? {
        switch requirement {
        case .consent:
            facts.hasConsent ? nil : PreflightPhrase.consent.phrase
        case .message:
            // Where an agent is reserved first, nobody can be left without one.
            facts.hasMessage || facts.isAgentReserved ? nil : PreflightPhrase.message.phrase
        case .callerIDProof:
            facts.hasCallerIDProof ? nil : PreflightPhrase.callerIDProof.phrase
        case .houseList:
            facts.lists.isEmpty ? PreflightPhrase.houseList.phrase : nil
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
