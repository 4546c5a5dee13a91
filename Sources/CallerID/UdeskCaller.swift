package import DialModel

/// What a Udesk agent or tenant has set as the number to show (`vendors/alibaba-udesk.md`, C5).
package enum UdeskCallerSetting: Hashable, Sendable {
    /// Type 1: one number.
    case number(String)
    /// Type 2: a number pool.
    case pool(String)
}

/// Where the number to show comes from on a Udesk account (C5).
package enum UdeskCaller {
    /// The agent's setting, else the tenant's, else the tenant's default number; nil if nothing is set anywhere.
    ///
    /// One number is a source of one: what stands against it is answered with `retryAt` or `noNumber`, never with another
    /// number.
    package static func resolve(
        agent: UdeskCallerSetting?, tenant: UdeskCallerSetting?, tenantDefault: String?
    ) -> CandidateSource? {
        switch agent ?? tenant ?? tenantDefault.map(UdeskCallerSetting.number) {
        case .number(let number): .number(number)
        case .pool(let id): .pool(id)
        case nil: nil
        }
    }

    /// The pool to choose from; regions do not count for one number.
    package static func pool(
        id: String, agent: UdeskCallerSetting?, tenant: UdeskCallerSetting?, tenantDefault: String?,
        rules: CallerIDRules
    ) -> CallerIDPool? {
        guard let source = resolve(agent: agent, tenant: tenant, tenantDefault: tenantDefault) else { return nil }
        var rules = rules
        if case .number = source {
            rules.regionMode = .any
            rules.holdForLocal = .zero
        }
        return CallerIDPool(id: id, source: source, rules: rules)
    }

    /// Whether the number that a callee saw, as the vendor reports it, is the one that was chosen.
    package static func isShown(_ reported: String, chosen: String) -> Bool {
        (CalleeNumber.normalised(reported) ?? reported) == (CalleeNumber.normalised(chosen) ?? chosen)
    }
}
