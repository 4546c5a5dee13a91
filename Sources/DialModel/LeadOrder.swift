/// In which order a campaign's due leads are dialled.
///
/// Call-backs come first of all, then leads of higher priority. Among leads of one priority the lists take turns by their
/// shares, and within a list the lead that has been due for longest is next.
package struct LeadOrder: Hashable, Sendable {
    /// Which of the leads that have been due for equally long is next: all of a list that was just loaded are.
    package enum Sequence: Hashable, Sendable {
        /// As the lists have them.
        case listed
        /// The last one first.
        case newest
        /// By chance, the same chance for the same seed.
        case random(seed: UInt32)
    }

    /// What leads that have been dialled before are to those that have not.
    package enum Retries: String, CaseIterable, Hashable, Sendable {
        /// They come before, as soon as they are due.
        case first
        /// They come after all others.
        case last
        /// Whoever has been due for longest.
        case mixed
    }

    /// The share of a list in the dials.
    package struct Share: Hashable, Sendable {
        /// The list's file name, without folders.
        package var list: String
        /// Its percentage, 1 to 100.
        package var percent: Int

        /// Memberwise.
        package init(list: String, percent: Int) {
            self.list = list
            self.percent = percent
        }
    }

    /// The most lists that may have shares.
    package static let shareLimit = 99

    /// Which lead of a list that was just loaded is next.
    package var sequence: Sequence
    /// When leads are dialled again.
    package var retries: Retries
    /// The shares of lists, which add up to 100; lists without one are dialled when none of these has anybody due.
    package var shares: [Share]

    /// Memberwise, with the defaults of a campaign file.
    package init(sequence: Sequence = .listed, retries: Retries = .first, shares: [Share] = []) {
        self.sequence = sequence
        self.retries = retries
        self.shares = shares
    }
}
