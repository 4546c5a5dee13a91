/// A call that the vendor has, by the names that it goes by.
package struct LiveCall: Hashable, Sendable, Codable {
    /// The attempt that it belongs to, under which the vendor client reports it.
    package var attempt: AttemptID
    /// The vendor's name of it; nil where news of it came before its acceptance.
    package var vendorCall: VendorCallID?

    /// Memberwise.
    package init(attempt: AttemptID, vendorCall: VendorCallID?) {
        self.attempt = attempt
        self.vendorCall = vendorCall
    }
}
