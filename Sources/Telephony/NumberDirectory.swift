package import DialModel

/// A vendor that can list the numbers of its account: an ability beyond those that every vendor has.
package protocol NumberDirectory: TelephonyVendor {
    /// Every number that the account may show, ascending by number and each of them once.
    ///
    /// A number comes with its region, usage, groups and limits as far as the vendor says; what it does not say is unknown
    /// or stands at its default. Numbers are spelled as `CallEnding.shownCallerID` is, so that the two can be compared
    /// as texts. A number that is listed but may never be shown has `dialsOut` false. Throws when the list cannot be had
    /// whole, never `.refused` or `.outcomeUnknown`.
    func outboundNumbers() async throws(VendorError) -> [OutboundNumber]
}
