package import DialModel

/// The audit log: who did what when, in entries that each hold the digest of the one before.
///
/// The ledger writes the entry of whatever it does by itself, in the same transaction: runs, dials, lists, do-not-call
/// edits, dispositions, numbers to show and erasures. `record` is for what others do.
package protocol AuditLedger: Sendable {
    /// Notes that a process begins to run a campaign, by which settings and by which clock.
    func beginRun(
        of campaign: CampaignID, vendor: String, under settings: AuditFacts, by clock: ClockOrigin?, at now: Timestamp
    ) async throws(LedgerError) -> RunID

    /// Adds an entry; by the user whose process this is unless an actor is named.
    func record(
        _ action: AuditAction, _ facts: AuditFacts, of campaign: CampaignID?, by actor: String?, at now: Timestamp
    ) async throws(LedgerError)

    /// The entries about a campaign, and those about none in particular, with an id above `after`, in order of id, at most
    /// `limit`.
    func auditRecords(
        of campaign: CampaignID, after: Int64?, limit: Int
    ) async throws(LedgerError) -> [AuditRecord]

    /// Walks the whole log and holds it against the attempts, up to the first fault.
    ///
    /// With `expected`, a digest that was noted earlier has to be that of one of the entries, or of the last one that was
    /// pruned.
    func verifyAudit(expecting expected: AuditDigest?) async throws(LedgerError) -> AuditReport

    /// Removes the entries before the first that is as young as `keptSince`, and adds one that holds the digest of the last
    /// removed; how many they were, none leaves the log as it is.
    func pruneAudit(before keptSince: Timestamp, at now: Timestamp) async throws(LedgerError) -> Int
}

/// What an entry of the audit log tells of; the raw value is the word in the log.
package enum AuditAction: String, CaseIterable, Hashable, Sendable {
    /// The ledger began to keep a log.
    case logBegun = "log_begun"
    /// The oldest entries were removed.
    case logPruned = "log_pruned"
    /// A process began to run a campaign.
    case runBegun = "run_begun"
    /// A run ended.
    case runEnded = "run_ended"
    /// Leads were claimed, and are dialled.
    case dialled
    /// A call that the vendor placed by itself was given an attempt.
    case adopted
    /// A list of leads was loaded.
    case listImported = "list_imported"
    /// What agents said of callees was taken in.
    case dispositionsNoted = "dispositions_noted"
    /// Entries were put on a do-not-call list.
    case doNotCallAdded = "dnc_added"
    /// Entries were taken off one.
    case doNotCallRemoved = "dnc_removed"
    /// A file was loaded into one.
    case doNotCallImported = "dnc_imported"
    /// One was removed.
    case doNotCallDropped = "dnc_dropped"
    /// An inventory of numbers to show was taken in.
    case callerIDsImported = "caller_ids_imported"
    /// A number was taken out.
    case callerIDPaused = "caller_id_paused"
    /// A number was put back.
    case callerIDResumed = "caller_id_resumed"
    /// A number was taken out for a while, since a vendor refused a call for its sake.
    case callerIDQuarantined = "caller_id_quarantined"
    /// Somebody was told what is kept of them.
    case personExported = "person_exported"
    /// Somebody was forgotten.
    case personErased = "person_erased"
    /// Numbers were taken out of records that need not be kept any more.
    case numbersErased = "numbers_erased"
    /// A table is about to be written out; from here on, some of it may have been.
    case exported
    /// All of a table was written out.
    case exportFinished = "export_finished"
    /// A running campaign, one of its agents or one of its calls was given an order.
    case ordered
}

/// The digest of an entry: SHA-256, 32 bytes.
package struct AuditDigest: Hashable, Sendable, CustomStringConvertible {
    /// What stands for the digest before the first entry.
    package static let none = AuditDigest(unchecked: [UInt8](repeating: 0, count: 32))

    /// 32 of them.
    package let bytes: [UInt8]

    private init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A digest of 32 bytes; nil for more or fewer.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.init(unchecked: Array(bytes))
    }

    /// Reads 64 hexadecimal digits; nil for anything else.
    package init?(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == 64, text.count == 64 else { return nil }
        self.init(unchecked: stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }

    package var description: String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

/// An entry of the audit log as it stands in the ledger, whether or not it is sound.
package struct AuditRecord: Hashable, Sendable {
    /// Its id; they follow each other without a gap.
    package var id: Int64
    /// When.
    package var at: Timestamp
    /// Who: a user of the system, or `run 7`.
    package var actor: String
    /// What, an `AuditAction`.
    package var action: String
    /// The campaign's name; nil for what is about none in particular.
    package var campaign: String?
    /// The facts, a JSON object.
    package var facts: String
    /// The digest of the entry before and of this one, in hexadecimal.
    package var digest: String

    /// Memberwise.
    package init(
        id: Int64, at: Timestamp, actor: String, action: String, campaign: String?, facts: String, digest: String
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.action = action
        self.campaign = campaign
        self.facts = facts
        self.digest = digest
    }
}

/// What a walk through the audit log came to.
package struct AuditReport: Hashable, Sendable {
    /// Entries that are sound.
    package var entries = 0
    /// When the first of them was written; nil without any.
    package var from: Timestamp?
    /// When the last of them was written; nil without any.
    package var to: Timestamp?
    /// The id of the last of them; 0 without any.
    package var lastID: Int64 = 0
    /// Its digest.
    package var last = AuditDigest.none
    /// Dials in them whose attempts are there.
    package var dials = 0
    /// Those among them whose callee was forgotten, so that nothing but their being there can be compared.
    package var forgotten = 0
    /// The first thing that is wrong; nil if nothing is.
    package var fault: AuditFault?

    /// Nothing yet.
    package init() {}
}

/// What is wrong with an audit log.
package struct AuditFault: Hashable, Sendable {
    /// The kind of fault; the raw value is its word for programs.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// The entry, or what was before it, is not what was written.
        case changed
        /// The entry is not there, and later ones are.
        case missing
        /// The entry is from before those that were pruned, and should not be there.
        case inserted
        /// The entry and whatever came after it are not there.
        case cut
        /// No entry has the digest that was noted earlier.
        case unknownDigest = "unknown_digest"
        /// There is an attempt of which no entry tells.
        case dialUnlogged = "dial_unlogged"
        /// The entry tells of an attempt that is not there.
        case dialLost = "dial_lost"
        /// The entry tells of an attempt that was another one: its lead, number, time, account or number shown.
        case dialChanged = "dial_changed"
    }

    /// What kind of fault it is.
    package var kind: Kind
    /// The first entry that is not sound; where entries are missing, the first of them.
    package var entry: Int64
    /// When that entry was written, or the next one that is there; nil if there is none.
    package var at: Timestamp?
    /// What that entry, or the next one that is there, tells of; nil if there is none.
    package var action: String?
    /// The attempt, where the fault is about one.
    package var attempt: AttemptID?

    /// Memberwise.
    package init(
        _ kind: Kind, entry: Int64, at: Timestamp? = nil, action: String? = nil, attempt: AttemptID? = nil
    ) {
        self.kind = kind
        self.entry = entry
        self.at = at
        self.action = action
        self.attempt = attempt
    }
}
