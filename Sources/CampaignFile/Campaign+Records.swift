/// What a campaign says of its calls for the record alone: whatever the FTC's rule of 2024 asks to be kept and no call shows
/// (`features-and-rules.md`, 7.2).
package struct RecordSettings: Hashable, Sendable {
    /// Whom a campaign calls.
    package enum Callees: String, CaseIterable, Hashable, Sendable {
        case consumers, businesses
    }

    /// Who calls.
    package var telemarketer: String?
    /// For whom.
    package var seller: String?
    /// About which goods or services.
    package var product: String?
    /// Whom.
    package var callees: Callees?
    /// Which script agents follow.
    package var script: String?
    /// The name that goes with the caller ID.
    package var callerIDName: String?
    /// Until when the right to show the caller ID holds.
    package var callerIDValidUntil: String?

    /// Nothing.
    package init() {}
}

extension Campaign {
    /// Reads what is said for the record.
    static func readRecords(_ section: Section) -> RecordSettings {
        var settings = RecordSettings()
        let keys = [
            "telemarketer", "seller", "product", "callees", "script", "caller_id_name", "caller_id_valid_until",
        ]
        guard let records = section.section("records", keys: keys, shape: "records: { seller: ..., product: ... }")
        else {
            return settings
        }
        settings.telemarketer = records["telemarketer"]?.text()
        settings.seller = records["seller"]?.text()
        settings.product = records["product"]?.text()
        settings.callees = records["callees"]?.word(RecordSettings.Callees.self)
        settings.script = records["script"]?.text()
        settings.callerIDName = records["caller_id_name"]?.text()
        settings.callerIDValidUntil = records["caller_id_valid_until"]?.text()
        return settings
    }
}
