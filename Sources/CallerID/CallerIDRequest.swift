package import DialModel

/// A callee for whom a number to show is wanted.
package struct CallerIDRequest: Hashable, Sendable, Codable {
    /// Where the callee lives, as far as it is known; looked up for the bare number, never with a dial prefix.
    package var region: NumberRegion
    /// What the callee has been through today.
    package var callee: CalleeUsage
    /// How long the contact has waited for a local number.
    package var waited: Duration

    /// Memberwise.
    package init(region: NumberRegion, callee: CalleeUsage = CalleeUsage(), waited: Duration = .zero) {
        self.region = region
        self.callee = callee
        self.waited = waited
    }
}

/// What a callee has been through today, over all numbers and campaigns.
package struct CalleeUsage: Hashable, Sendable, Codable {
    /// Whether a list of ours or the vendor's forbids the call.
    package var isBlacklisted: Bool
    /// How many dials of the day rang or were answered.
    package var dialsToday: Int
    /// When those of the last minutes were made, in no order.
    package var recentDials: [Timestamp]
    /// The numbers that rang the callee today.
    package var callersToday: [String]

    /// Untouched, without arguments.
    package init(
        isBlacklisted: Bool = false, dialsToday: Int = 0, recentDials: [Timestamp] = [], callersToday: [String] = []
    ) {
        self.isBlacklisted = isBlacklisted
        self.dialsToday = dialsToday
        self.recentDials = recentDials
        self.callersToday = callersToday
    }
}
