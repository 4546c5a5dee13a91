package import DialModel

/// A claim policy that chooses the numbers to show, by facts that the ledger tells it inside the claiming transaction.
///
/// The facts are those of one vendor account, whoever wrote them: other calls, other campaigns, other processes. Before
/// the first question of a transaction the policy is told what was committed since it was last told, and after each claim
/// of its own what that claim did. So everything is told exactly once and in the order of the file, and a policy counts
/// nothing itself when it decides. When a transaction is undone after the policy was told of it, the policy is asked to
/// forget everything, and begins again with a snapshot.
///
/// One policy serves one ledger, which never calls it from two threads at once.
package protocol CallerIDPolicy: ClaimPolicy {
    /// The vendor account whose numbers it chooses from; a claim for another one throws `.constraint`.
    var account: String { get }
    /// The position of the news that it was told last; nil while it knows nothing.
    var position: Int64? { get }
    /// Takes in news and their position.
    func learn(_ news: CallerIDNews)
    /// Drops everything that it was told, the position included, since some of it did not happen.
    func forget()
}

extension CallerIDPolicy {
    /// It chooses itself.
    package var chooser: (any CallerIDPolicy)? { self }
}

/// What a policy has not heard yet.
package struct CallerIDNews: Hashable, Sendable {
    /// All there is to know, or what is new.
    package enum Content: Hashable, Sendable {
        /// Everything, in place of whatever was known.
        case snapshot(CallerIDSnapshot)
        /// What happened since, in order; it may be nothing.
        case events([CallerIDEvent])
    }

    /// What there is to know.
    package var content: Content
    /// The place in the ledger up to which it is told, over all accounts.
    package var position: Int64

    /// Memberwise.
    package init(content: Content, position: Int64) {
        self.content = content
        self.position = position
    }
}

/// Something that happened to the numbers of an account.
package enum CallerIDEvent: Hashable, Sendable {
    /// A number was chosen for an attempt, and one of its lines is held.
    case claimed(CallerIDUse)
    /// An attempt ended and its line is free.
    case closed(CallerIDUse, outcome: CallOutcome)
    /// A number was paused, resumed or quarantined; this is how it stands.
    case changed(OutboundNumber)
    /// An inventory was imported; these are all the numbers now, ascending.
    case imported([OutboundNumber])
}

/// A number's part in an attempt.
package struct CallerIDUse: Hashable, Sendable {
    /// Whom the line is held for.
    package var attempt: AttemptID
    /// The number, in the vendor's form.
    package var callerID: String
    /// When the attempt was committed, which is the instant of the dial for all counting.
    package var claimedAt: Timestamp

    /// How long an attempt holds its line at most: 45 s of ringing, 60 s of queueing and two hours of talk, so that a
    /// crash leaks no line (`vendors/alibaba-udesk.md`, C4, step 7).
    package static let longestHold = Duration.seconds(45 + 60 + 7_200)

    /// Memberwise.
    package init(attempt: AttemptID, callerID: String, claimedAt: Timestamp) {
        self.attempt = attempt
        self.callerID = callerID
        self.claimedAt = claimedAt
    }

    /// When the line is free even though the attempt is open.
    package var expiresAt: Timestamp { claimedAt + Self.longestHold }
}

extension CallOutcome {
    /// Whether the dial is given back to its number: nobody's phone rang (`vendors/alibaba-udesk.md`, C4, step 7).
    package var givesDialBack: Bool { !mayHaveRung }
}
