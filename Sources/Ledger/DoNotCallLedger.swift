package import DialModel

/// What the commands need from storage about people who must not be called.
///
/// Whatever lets somebody go has the leads asked about anew that waited because of it.
package protocol DoNotCallLedger: Sendable {
    /// All lists, those of all campaigns first, then by campaign, each by name.
    func doNotCallLists(at now: Timestamp) async throws(LedgerError) -> [DoNotCallList]

    /// Adds entries to a list, which is made if it is not there; of two ends, the later one counts.
    ///
    /// Throws `.constraint` for a wildcard in a list that keeps hashes, and for `hashed` in one that keeps numbers.
    func addDoNotCall(
        _ entries: [DoNotCallEntry], to list: DoNotCallListName, hashed: Bool, because source: String, at now: Timestamp
    ) async throws(LedgerError) -> DoNotCallChange

    /// Takes entries off a list; those that it does not have count as unchanged.
    func removeDoNotCall(
        _ patterns: [DoNotCallPattern], from list: DoNotCallListName, at now: Timestamp
    ) async throws(LedgerError) -> DoNotCallChange

    /// Loads a file into a list, all or nothing of it.
    ///
    /// Batches are pulled from `source` on the ledger's own executor until it has no more; when it throws, nothing is
    /// kept and the call throws `.rejectedBySource`. Doing it again changes nothing.
    func importDoNotCall(
        _ wish: DoNotCallImport, from source: any DoNotCallSource, at now: Timestamp
    ) async throws(LedgerError) -> DoNotCallChange

    /// Removes a list with all its entries; how many they were, nil if there is no such list.
    func dropDoNotCall(_ list: DoNotCallListName, at now: Timestamp) async throws(LedgerError) -> Int?

    /// What each list of all campaigns, and of the given one, says of a number.
    func doNotCallAnswers(
        about number: PhoneNumber, for campaign: CampaignID?, at now: Timestamp
    ) async throws(LedgerError) -> [DoNotCallAnswer]

    /// The lists that are asked for and are not there or too old, in the order of the demands, whether or not it is strict.
    func doNotCallGaps(
        in question: DoNotCallQuestion, of campaign: CampaignID?, at now: Timestamp
    ) async throws(LedgerError) -> [DoNotCallFinding]
}
