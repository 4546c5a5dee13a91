/// By what is decided which of a campaign's vendor accounts carries the next call.
package enum RoutingRule: Hashable, Sendable {
    /// The first of them that can take it.
    case order
    /// Each a part of the calls, in whole percent, in the order of the accounts; together a hundred.
    case shares([Int])
    /// The cheapest of them that can take it.
    case cost
}

/// The vendor accounts that a campaign's calls go through.
package struct AccountRouting: Hashable, Sendable {
    /// Their names, each once; at least one.
    package var accounts: [String]
    /// By what is decided which one carries the next call.
    package var rule: RoutingRule

    /// Memberwise; one account carries everything.
    package init(_ accounts: [String], by rule: RoutingRule = .order) {
        precondition(!accounts.isEmpty, "a campaign without an account")
        self.accounts = accounts
        self.rule = rule
    }
}

/// What an account's calls cost, in whatever money; only comparisons are made.
package struct CallPrice: Hashable, Sendable {
    /// For each attempt.
    package var perCall: Double
    /// For each minute of conversation.
    package var perMinute: Double

    /// Memberwise.
    package init(perCall: Double = 0, perMinute: Double = 0) {
        self.perCall = perCall
        self.perMinute = perMinute
    }

    /// The length of conversation by which prices are compared.
    package static let usualTalk = Duration.seconds(60)

    /// The price of an attempt with a conversation of the usual length.
    package var ofUsualCall: Double { perCall + perMinute * Self.usualTalk.seconds / 60 }
}

/// How many calls an account may carry, by contract, whichever campaigns and processes place them.
package struct AccountLimits: Hashable, Sendable {
    /// So many attempts in any span of this length.
    package struct Rate: Hashable, Sendable {
        /// The most attempts.
        package var count: Int
        /// Within how long.
        package var span: Duration

        /// Memberwise.
        package init(_ count: Int, per span: Duration) {
            self.count = count
            self.span = span
        }
    }

    /// The most calls at a time; nil for no limit.
    package var lines: Int?
    /// The most attempts in spans of time; all of them apply.
    package var rates: [Rate]

    /// Memberwise; without an argument nothing is limited.
    package init(lines: Int? = nil, rates: [Rate] = []) {
        self.lines = lines
        self.rates = rates
    }

    /// Whether anything is limited.
    package var isLimited: Bool { lines != nil || !rates.isEmpty }
}
