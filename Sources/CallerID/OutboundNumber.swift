/// One number that an account may show to those it calls.
package struct OutboundNumber: Hashable, Sendable {
    /// What calls a number is for.
    package enum Usage: String, CaseIterable, Hashable, Sendable {
        /// Calls from outside only.
        case inbound = "Inbound"
        /// Calls to outside only.
        case outbound = "Outbound"
        /// Both.
        case both = "Bidirection"
    }

    /// The number as the vendor lists it, a leading zero kept.
    package var number: String
    /// Where the number belongs.
    package var region: NumberRegion
    /// What calls it is for.
    package var usage: Usage
    /// Whether the vendor lets it dial out at all.
    package var allowsOutbound: Bool
    /// The skill groups that it is bound to.
    package var skillGroups: [String]
    /// The agent whose personal number it is.
    package var owner: String?
    /// The virtual number that callees see instead, where there is one.
    package var virtual: VirtualNumber?

    /// Memberwise; an ordinary number that dials out.
    package init(
        _ number: String, region: NumberRegion = NumberRegion(), usage: Usage = .both, allowsOutbound: Bool = true,
        skillGroups: [String] = [], owner: String? = nil, virtual: VirtualNumber? = nil
    ) {
        self.number = number
        self.region = region
        self.usage = usage
        self.allowsOutbound = allowsOutbound
        self.skillGroups = skillGroups
        self.owner = owner
        self.virtual = virtual
    }

    /// Whether it can ever be shown: 400 numbers take calls and place none (`vendors/alibaba-udesk.md`, A2.2, A3.5).
    package var dialsOut: Bool {
        allowsOutbound && usage != .inbound && !number.hasPrefix("400")
    }
}

/// A virtual number that stands in for a real one (`vendors/alibaba-udesk.md`, A3.4).
package struct VirtualNumber: Hashable, Sendable {
    /// The number that callees see.
    package var number: String
    /// Where it belongs, which may be elsewhere than the real number's region.
    package var region: NumberRegion

    /// Memberwise.
    package init(_ number: String, region: NumberRegion) {
        self.number = number
        self.region = region
    }
}

/// A skill group as far as the choice of a number is concerned.
package struct CallerGroup: Hashable, Sendable {
    /// The vendor's id of the group.
    package var id: String
    /// Whether agents of the group may show their personal numbers.
    package var allowsPersonalNumbers: Bool

    /// Memberwise.
    package init(id: String, allowsPersonalNumbers: Bool = false) {
        self.id = id
        self.allowsPersonalNumbers = allowsPersonalNumbers
    }
}

/// The numbers and groups of an account at one moment.
package struct NumberInventory: Hashable, Sendable {
    /// Every number of the account.
    package var numbers: [OutboundNumber]
    /// Every skill group of the account.
    package var groups: [CallerGroup]

    /// Memberwise.
    package init(numbers: [OutboundNumber], groups: [CallerGroup]) {
        self.numbers = numbers
        self.groups = groups
    }
}
