package import DialModel

/// A ledger that several runners of one campaign may share, on as many machines.
///
/// One that cannot do this, a file on one machine, has one runner of a campaign at a time by a lock of the kernel, and is
/// no `RunnerLedger`.
///
/// **Leases.** A run is alive from `join` until it ends or is given up. Its lease lasts `LeaseTerms.length` by the
/// ledger's own clock, whatever other clocks show. A run whose lease has lapsed is given up by the next runner of the
/// campaign that joins or renews, in that transaction; then it is *fenced*: everything that it writes throws `.fenced` and
/// changes nothing, for ever. The run's id is the fencing token: ids only grow, none is given out twice, and a process that
/// was fenced begins another run. As long as nobody has given it up, a lapsed lease may be renewed.
///
/// **Takeover.** The open attempts of a run that is not alive belong to whoever takes them over, once; those of runs that are
/// alive are left alone. Runs that never joined count as not alive.
///
/// **Leader.** Each campaign has at most one, a run that is alive; when it is not any more, the next that joins or renews
/// leads, in a new epoch. What it publishes is refused unless it leads in that epoch and has seen the last publication.
package protocol RunnerLedger: Ledger {
    /// Begins the lease of a run that has begun; `name` tells people which process on which machine it is.
    ///
    /// The orders of the answer are the last `pause` that is in force because other runners that are alive were given it.
    func join(
        _ run: RunID, named name: String, reporting report: RunnerReport
    ) async throws(LedgerError) -> LeaseAnswer

    /// Renews the lease of a run that has joined.
    func renew(_ run: RunID, reporting report: RunnerReport) async throws(LedgerError) -> LeaseAnswer

    /// Makes the open attempts of the run's campaign and account whose runners are not alive this run's own: of several runners
    /// that ask at once, one gets each.
    ///
    /// Returns all open attempts that the run has ever taken over, oldest first, so that nothing is lost with an answer; it is
    /// asked again until it has answered once.
    func takeOver(by run: RunID) async throws(LedgerError) -> [OpenAttempt]

    /// As `commit`, by one of several runners; a commit that is repeated, for want of an answer, happens once.
    ///
    /// Commits of a run are numbered from 1 on. The last one that was kept may be repeated, whose answer then has the same
    /// claims and is cut short; any other number than the next is refused with `.constraint`.
    func commit(
        _ changes: [AttemptChange], claiming request: ClaimRequest?, as stamp: CommitStamp
    ) async throws(LedgerError) -> ClaimResult

    /// Gives runners of the campaign new shares; throws `.fenced` unless `run` leads in that epoch, and `.constraint` unless
    /// the publication follows the last one.
    func publish(_ publication: SharePublication, by run: RunID) async throws(LedgerError)

    /// Gives an order to all runners of a campaign, or of every campaign; who are told when they renew, or as soon as a wake
    /// reaches them.
    func give(_ order: RunnerOrder.Kind, to campaign: CampaignID?, by giver: String) async throws(LedgerError)

    /// The runners of a campaign: those that are alive and those that were given up or ended lately, in order of their runs.
    func runners(of campaign: CampaignID) async throws(LedgerError) -> [RunnerRecord]

    /// Yields whenever the runners of a campaign have something to hear of at once; ends when the task is cancelled. A ledger
    /// that can only be asked yields nothing.
    func wakes(of campaign: CampaignID) -> AsyncStream<Void>
}

/// Which commit it is, and of whom.
package struct CommitStamp: Hashable, Sendable {
    /// The run that commits.
    package var run: RunID
    /// The commits of a run are numbered from 1 on.
    package var number: Int64

    /// Memberwise.
    package init(run: RunID, number: Int64) {
        self.run = run
        self.number = number
    }
}

/// A runner, as `status` shows it.
package struct RunnerRecord: Hashable, Sendable {
    /// How it stands.
    package enum State: Hashable, Sendable {
        /// It has a lease, which was renewed so long ago.
        case alive(renewed: Duration)
        /// Its lease has lapsed so long ago, and nobody has given it up yet.
        case lapsed(since: Duration)
        /// It was given up.
        case fenced
        /// It ended.
        case ended
    }

    /// Its run.
    package var run: RunID
    /// Which process on which machine it is, in its own words.
    package var name: String
    /// The account that it works.
    package var vendor: String
    /// How it stands.
    package var state: State
    /// Whether it leads.
    package var isLeader: Bool
    /// What it said last.
    package var report: RunnerReport
    /// What it may use.
    package var share: RunnerShare?

    /// Memberwise.
    package init(
        run: RunID, name: String, vendor: String, state: State, isLeader: Bool, report: RunnerReport,
        share: RunnerShare? = nil
    ) {
        self.run = run
        self.name = name
        self.vendor = vendor
        self.state = state
        self.isLeader = isLeader
        self.report = report
        self.share = share
    }
}
