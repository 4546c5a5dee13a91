/// What do-not-call lists say of a number.
package enum DoNotCallFinding: Hashable, Sendable {
    /// It is on this list; until then, for ever if nil.
    case listed(list: String, until: Timestamp?)
    /// This list, which has to be asked, is older than it may be.
    case outdated(list: String)
    /// This list, which has to be asked, is not there.
    case missing(list: String)
}

/// Whom a do-not-call list binds.
package enum DoNotCallScope: Hashable, Sendable {
    /// Every campaign that asks the list.
    case global
    /// One campaign.
    case campaign(CampaignID)

    /// The campaign; nil for all.
    package var campaign: CampaignID? {
        switch self {
        case .global: nil
        case .campaign(let campaign): campaign
        }
    }
}

/// Which do-not-call list is meant; two scopes may each have one of the same name.
package struct DoNotCallListName: Hashable, Sendable {
    /// One's own list, which every campaign asks and which has no age.
    package static let house = "house"
    /// Those whose data was erased, as hashes; every campaign asks it, and it has no age.
    package static let erased = "erased"
    /// The lists of all campaigns that every campaign asks.
    package static let always = [house, erased]

    /// What campaign files call it: `national`.
    package var name: String
    /// Whom it binds.
    package var scope: DoNotCallScope

    /// Memberwise; for all campaigns unless a scope is given.
    package init(_ name: String, scope: DoNotCallScope = .global) {
        self.name = name
        self.scope = scope
    }
}

/// What an entry of a do-not-call list forbids: one number, or all that begin alike.
///
/// In normal form, which begins as E.164 does: `+8613800138000` for a number; `+86138*` for every number with these first
/// digits, however many follow; `+1201XXXXXXX` for every one with these first digits and so many more. It prints masked if
/// it is a number; a wildcard is nobody's.
package struct DoNotCallPattern: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The most digits that a number has (ITU-T E.164, section 6).
    private static let digitLimit = 15

    /// The normal form.
    package let text: String

    /// One number.
    package init(_ number: PhoneNumber) {
        text = number.e164
    }

    /// Reads a normal form; nil if it is none.
    package init?(normalForm text: String) {
        let digits = text.dropFirst().prefix { $0.isASCII && $0.isNumber }
        guard text.hasPrefix("+"), let first = digits.first, first != "0" else { return nil }
        switch text.dropFirst(1 + digits.count) {
        case "":
            guard PhoneNumber(e164: text) != nil else { return nil }
        case "*":
            guard digits.count <= Self.digitLimit else { return nil }
        case let places:
            guard places.allSatisfy({ $0 == "X" }), digits.count + places.count <= Self.digitLimit else { return nil }
        }
        self.text = text
    }

    /// The number; nil for a wildcard.
    package var number: PhoneNumber? { PhoneNumber(e164: text) }

    /// Whether it may forbid more than one number.
    package var isWildcard: Bool { text.hasSuffix("*") || text.hasSuffix("X") }

    /// The same for the `LIKE` of SQL.
    package var like: String { text.replacing("X", with: "_").replacing("*", with: "%") }

    /// Every wildcard that would forbid a number, by which it is looked up.
    package static func wildcards(forbidding number: PhoneNumber) -> [String] {
        let count = number.e164.utf8.count
        return (2...count).flatMap { length -> [String] in
            let prefix = String(number.e164.prefix(length))
            return length == count
                ? [prefix + "*"] : [prefix + "*", prefix + String(repeating: "X", count: count - length)]
        }
    }

    package var description: String { number?.masked ?? text }
    package var debugDescription: String { description }
}

/// What a cell of a do-not-call list says.
package enum DoNotCallReading: Hashable, Sendable {
    /// Whom it forbids to call.
    case entry(DoNotCallPattern)
    /// Nothing that can be kept; never a guess.
    case rejected(DoNotCallRejection)
}

/// Why a row is not taken into a do-not-call list.
package enum DoNotCallRejection: Hashable, Sendable {
    /// Its number is none.
    case number(NumberRejection)
    /// It is meant as a wildcard, and is none.
    case malformedWildcard
    /// A wildcard without country code, of a country where nobody knows how such numbers begin abroad.
    case nationalWildcard
    /// A wildcard for a list that keeps hashes.
    case hashedWildcard
}
