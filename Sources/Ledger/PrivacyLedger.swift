package import DialModel

/// What storage has of one person, and how it forgets them.
package protocol PrivacyLedger: Sendable {
    /// Everything that is kept of a number, in all campaigns, by campaign and lead.
    func personalRecords(of number: PhoneNumber) async throws(LedgerError) -> [PersonalRecord]

    /// Forgets a number in all campaigns: name, columns and words at once; the number itself where no call to it is as young
    /// as `keptSince`, for records of calls have to be kept for a time.
    ///
    /// No lead of it is dialled any more. Throws `.constraint` while a call to it is open. Doing it again changes nothing.
    func erase(
        _ number: PhoneNumber, keepingCallsSince keptSince: Timestamp, at now: Timestamp
    ) async throws(LedgerError) -> Erasure

    /// Takes the numbers out of calls that were kept after an erasure and are older than `keptSince`; how many leads they
    /// were of.
    func eraseKeptNumbers(before keptSince: Timestamp, at now: Timestamp) async throws(LedgerError) -> Int
}

/// What is kept of a person by one campaign.
package struct PersonalRecord: Hashable, Sendable {
    /// The campaign's name.
    package var campaign: String
    /// The lead.
    package var lead: LeadRecord
    /// Its attempts, oldest first.
    package var attempts: [AttemptRecord]
    /// What agents said, oldest first.
    package var dispositions: [Said]

    /// What an agent said.
    package struct Said: Hashable, Sendable {
        /// What.
        package var disposition: Disposition
        /// When it was taken in.
        package var at: Timestamp
        /// Words.
        package var note: String?

        /// Memberwise.
        package init(disposition: Disposition, at: Timestamp, note: String?) {
            self.disposition = disposition
            self.at = at
            self.note = note
        }
    }

    /// Memberwise.
    package init(campaign: String, lead: LeadRecord, attempts: [AttemptRecord], dispositions: [Said]) {
        self.campaign = campaign
        self.lead = lead
        self.attempts = attempts
        self.dispositions = dispositions
    }
}

/// What an erasure came to.
package struct Erasure: Hashable, Sendable {
    /// Leads of which nothing personal is left.
    package var erased = 0
    /// Leads whose number stays with the records of their calls.
    package var kept = 0
    /// The lists that they were in, each once, by the names under which they were imported.
    package var lists: [String] = []

    /// Nothing.
    package init() {}
}
