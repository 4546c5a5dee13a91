/// Among which leads a row's number is looked for before the row becomes a lead; the first one wins.
///
/// The raw value is the word in campaign files and on the command line.
package enum DuplicateScope: String, CaseIterable, Hashable, Sendable {
    /// Only those of the same list. A number that the campaign has from an earlier list is listed anew: its one lead takes
    /// the new columns, and is due again if it was finished.
    case list
    /// Those of the campaign.
    case campaign
    /// Those of every campaign.
    case all
}

/// Where a number stands already.
package enum DuplicatePlace: String, CaseIterable, Hashable, Sendable {
    /// Further up in the same list.
    case list
    /// In another list of the campaign.
    case campaign
    /// In another campaign.
    case elsewhere
}
