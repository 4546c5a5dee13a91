package import DialModel

/// Which numbers a campaign's callees are shown.
package struct CallerIDSettings: Hashable, Sendable {
    /// Who chooses the number, and among which.
    package enum Choice: Hashable, Sendable {
        /// The vendor, by its own rules.
        case vendor
        /// These in turn, in the vendor's form.
        case numbers([String])
        /// One of a pool of the inventory, by rules.
        case pool(String, CallerIDRules)
    }

    /// Who chooses the number, and among which.
    package var choice: Choice

    /// Memberwise; without an argument the vendor chooses.
    package init(_ choice: Choice = .vendor) {
        self.choice = choice
    }

    /// The numbers that the file itself lists; none if the vendor or a pool gives them.
    package var numbers: [String] {
        guard case .numbers(let numbers) = choice else { return [] }
        return numbers
    }
}
