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
    /// The number pools that it is a member of.
    package var pools: [String]
    /// The agent whose personal number it is.
    package var owner: String?
    /// The virtual number that callees see instead, where there is one.
    package var virtual: VirtualNumber?
    /// What network it is of.
    package var kind: Kind
    /// Who supplies the number.
    package var provider: String?
    /// Whether it may be used at present.
    package var status: Status
    /// What it may be used for, and how much.
    package var limits: NumberLimits

    /// Memberwise; an ordinary number that dials out.
    ///
    /// A missing kind is read off the number.
    package init(
        _ number: String, region: NumberRegion = NumberRegion(), usage: Usage = .both, allowsOutbound: Bool = true,
        skillGroups: [String] = [], pools: [String] = [], owner: String? = nil, virtual: VirtualNumber? = nil,
        kind: Kind? = nil, provider: String? = nil, status: Status = .active, limits: NumberLimits = NumberLimits()
    ) {
        self.number = number
        self.region = region
        self.usage = usage
        self.allowsOutbound = allowsOutbound
        self.skillGroups = skillGroups
        self.pools = pools
        self.owner = owner
        self.virtual = virtual
        self.kind = kind ?? Kind(readOff: number)
        self.provider = provider
        self.status = status
        self.limits = limits
    }

    /// How many calls it may carry at once: a mobile number one, any other at most 20 (`vendors/alibaba-udesk.md`, A3.5).
    package var lines: Int { kind == .mobile ? 1 : limits.maxConcurrent }

    /// Whether it can ever be shown: 400 numbers take calls and place none (`vendors/alibaba-udesk.md`, A2.2, A3.5).
    package var dialsOut: Bool {
        allowsOutbound && usage != .inbound && !number.hasPrefix("400")
    }
}

extension OutboundNumber {
    /// What network a number is of.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A fixed line.
        case landline
        /// A mobile phone.
        case mobile
        /// A service number, 400 or 800.
        case service400
        /// Anything else.
        case other

        /// The kind that the number itself tells.
        package init(readOff number: String) {
            if number.hasPrefix("400") || number.hasPrefix("800") {
                self = .service400
            } else if let national = CalleeNumber.normalised(number) {
                self = national.hasPrefix("0") ? .landline : .mobile
            } else {
                self = .other
            }
        }
    }

    /// Whether its status lets it be shown at an instant.
    package func isInUse(at now: Timestamp) -> Bool {
        switch status {
        case .active: true
        case .paused: false
        case .quarantined(let until): until <= now
        }
    }

    /// Whether a number may be used at present.
    package enum Status: Hashable, Sendable {
        /// It may.
        case active
        /// An operator has taken it out, until they put it back.
        case paused
        /// A vendor refused calls for its sake; it may be tried again at this instant.
        case quarantined(until: Timestamp)
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
