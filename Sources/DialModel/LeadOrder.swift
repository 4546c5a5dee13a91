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
        case drawn(seed: UInt32)
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

// MARK: - Turns

extension LeadOrder {
    /// The turn of call-backs, before all others.
    package static let callbackTurn = 1_000_000
    /// The priorities that a lead may have; the higher, the sooner.
    package static let priorities = -999...999

    /// What leads that have been dialled before have more in their turn than others.
    package var retryTurn: Int {
        switch retries {
        case .first: 100
        case .last: -100
        case .mixed: 0
        }
    }

    /// The part of a list, from one; zero for one without a share.
    package func part(ofList name: String) -> Int {
        (shares.firstIndex { $0.list == name.fileName } ?? -1) + 1
    }

    /// The turn of a lead: leads of a higher turn are dialled first, those of one turn by how long they have been due.
    ///
    /// Turns that differ only in their part are of one level, and share its dials.
    package func turn(priority: Int, part: Int, isRetry: Bool) -> Int {
        priority * 1_000 + (isRetry ? retryTurn : 0) + part
    }

    /// Which of the leads that have been due for equally long is next: the one with the lowest place, then the lowest id.
    package func place(of lead: LeadID) -> Int64 {
        switch sequence {
        case .listed: 0
        case .newest: -lead.value
        case .drawn(let seed): Self.lot(UInt64(bitPattern: lead.value) ^ (UInt64(seed) << 32))
        }
    }

    private static func lot(_ seed: UInt64) -> Int64 {
        var random = SplitMix64(seed: seed)
        return Int64(random.next() >> 1)
    }

    /// One word for each order, by which the ledger knows whether leads stand in it already.
    package var word: String {
        let sequence =
            switch sequence {
            case .listed: "listed"
            case .newest: "newest"
            case .drawn(let seed): "random(\(seed))"
            }
        return ([sequence, retries.rawValue] + shares.map { "\($0.percent)% \($0.list)" }).joined(separator: "; ")
    }

    /// Whether leads that were just loaded stand in this order without further ado.
    package var isPlain: Bool { sequence == .listed && shares.isEmpty }

    /// The level of a turn, and its part in it.
    package static func split(_ turn: Int) -> (level: Int, part: Int) {
        let part = ((turn % 100) + 100) % 100
        return (turn - part, part)
    }

    /// Whose turn it is for the campaign's `dial`-th dial, of these turns of one level, ascending and not empty.
    ///
    /// Each dial draws a point of a sequence that is spread evenly (multiples of the golden ratio), so that shares are kept
    /// over any number of dials and nothing has to be remembered.
    package func nextTurn(of turns: [Int], dial: Int64) -> Int {
        let percents = turns.map { percent(ofPart: Self.split($0).part) }
        let total = percents.reduce(0, +)
        guard total > 0 else { return turns[0] }
        let point = UInt64(bitPattern: dial) &* 0x9E37_79B9_7F4A_7C15
        var rest = Int(((point >> 32) * UInt64(total)) >> 32)
        for (turn, percent) in zip(turns, percents) {
            if rest < percent { return turn }
            rest -= percent
        }
        return turns[turns.count - 1]
    }

    private func percent(ofPart part: Int) -> Int { part > 0 && part <= shares.count ? shares[part - 1].percent : 0 }
}
