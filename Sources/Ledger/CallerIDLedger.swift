package import DialModel

/// What is needed of storage to choose numbers to show, and to say afterwards why one was chosen.
///
/// Numbers belong to a vendor account and are named in the vendor's form. A call that names a number which the account
/// does not list throws `.constraint`.
///
/// An attempt that is closed with a reason that names its number (`Quarantine.cause`) takes the number out in the same
/// transaction, as of the attempt's end, if the account lists it: longer each time, and a quarantine that lasts stays as
/// it is.
package protocol CallerIDLedger: Ledger {
    /// The numbers that an account lists, ascending, each with its present status.
    func callerIDs(of account: String) async throws(LedgerError) -> [OutboundNumber]

    /// Takes an inventory in, all or nothing; a number that occurs twice throws `.constraint`.
    ///
    /// With `replacing`, numbers that are not in it are no longer listed; their history stays. The status of a number that
    /// the ledger knows stays as it is, whatever the inventory says.
    func importCallerIDs(
        _ numbers: [OutboundNumber], into account: String, replacing: Bool, at now: Timestamp
    ) async throws(LedgerError) -> CallerIDImport

    /// Takes a number out until it is resumed; the note says who did it and why.
    func pauseCallerID(
        _ number: String, of account: String, because note: String, at now: Timestamp
    ) async throws(LedgerError)

    /// Puts a number back, out of a pause or a quarantine, and lets the next quarantine begin with its shortest step.
    ///
    /// Leads of the account's campaigns that a policy held back are due again, as they are after an import.
    func resumeCallerID(
        _ number: String, of account: String, because note: String, at now: Timestamp
    ) async throws(LedgerError)

    /// What was done with a number, oldest first; it may be listed no longer. Empty if it never was.
    func callerIDHistory(
        of number: String, of account: String
    ) async throws(LedgerError) -> [CallerIDHistoryEntry]

    /// What each number did on each of these days, ascending by number and day; days without a dial are left out.
    func callerIDDays(
        of account: String, days: ClosedRange<ShanghaiDay>
    ) async throws(LedgerError) -> [CallerIDDay]

    /// What a policy would be told at this moment if it knew nothing.
    func callerIDSnapshot(of account: String, at now: Timestamp) async throws(LedgerError) -> CallerIDSnapshot

    /// The dials to a callee from an instant on, by whichever campaign, oldest first.
    func dials(to number: PhoneNumber, since: Timestamp) async throws(LedgerError) -> [CalleeDial]

    /// An attempt, of whichever campaign; nil if there is no such attempt.
    func attempt(_ id: AttemptID) async throws(LedgerError) -> AttemptRecord?

    /// Why an attempt's number was chosen, the JSON text that the policy gave; nil if it gave none.
    func explanation(of attempt: AttemptID) async throws(LedgerError) -> String?
}
