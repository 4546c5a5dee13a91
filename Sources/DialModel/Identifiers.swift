/// The row of a campaign in the ledger.
package struct CampaignID: Hashable, Comparable, Sendable {
    /// The ledger's key.
    package let value: Int64
    /// Wraps the ledger's key.
    package init(_ value: Int64) { self.value = value }
    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.value < rhs.value }
}

/// The row of a lead in the ledger: one person or number that a campaign wants to reach.
package struct LeadID: Hashable, Comparable, Sendable, Codable {
    /// The ledger's key.
    package let value: Int64
    /// Wraps the ledger's key.
    package init(_ value: Int64) { self.value = value }
    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.value < rhs.value }
}

/// The row of a list in the ledger: one file that was imported.
package struct ListID: Hashable, Sendable, Codable {
    /// The ledger's key.
    package let value: Int64
    /// Wraps the ledger's key.
    package init(_ value: Int64) { self.value = value }
}

/// The row of an attempt in the ledger: one dial request handed to a vendor, whatever became of it.
///
/// It exists, committed, before the vendor hears of the call; it is the key by which a call is never placed twice.
package struct AttemptID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The ledger's key.
    package let value: Int64
    /// Wraps the ledger's key.
    package init(_ value: Int64) { self.value = value }
    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.value < rhs.value }
    package var description: String { "attempt \(value)" }
}

/// The row of a run in the ledger: one process that ran a campaign for a while.
package struct RunID: Hashable, Comparable, Sendable {
    /// The ledger's key.
    package let value: Int64
    /// Wraps the ledger's key.
    package init(_ value: Int64) { self.value = value }
    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.value < rhs.value }
}

/// A vendor's own name of an agent, opaque to us (Alibaba: the RamId).
package struct AgentID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The vendor's text, kept verbatim.
    package let value: String
    /// Wraps the vendor's text.
    package init(_ value: String) { self.value = value }
    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.value < rhs.value }
    package var description: String { value }
}

/// A vendor's own name of a call, opaque to us (Alibaba: the TaskId).
package struct VendorCallID: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The vendor's text, kept verbatim.
    package let value: String
    /// Wraps the vendor's text.
    package init(_ value: String) { self.value = value }
    package var description: String { value }
}
