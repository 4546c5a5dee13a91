import DialEngine
import DialModel
import Ledger
import Telephony

/// The place of a run at its ledger: alone, or as one of several runners of its campaign.
protocol RunnerSeat: Sendable {
    /// What the ledger said when it gave the run up, which is over then; nil as long as it has not.
    var loss: LedgerError? { get }

    /// Takes the place; the attempts that earlier runs of the campaign left open, as far as nobody else settles them.
    func take(reporting report: RunnerReport) async throws(LedgerError) -> [OpenAttempt]

    /// Keeps the place until the task is cancelled or the run is given up, and has the run know what that brings.
    func keep(reporting report: @escaping @Sendable () async -> SeatReport, telling inbox: Inbox) async

    /// What the run may use at an instant, and the number of the share that says so; nil for whatever there is.
    func allowance(at now: Timestamp) -> (allowed: RunnerAllowance, share: Int64)?

    /// The last instant at which a request may leave for the vendor that the engine lets wait until `limit`.
    func lastDeparture(within limit: Timestamp) -> Timestamp

    /// Commits; after an error the same may be committed again, and happens once.
    func commit(
        _ changes: [AttemptChange], claiming request: ClaimRequest?
    ) async throws(LedgerError) -> ClaimResult

    /// Whether what failed so often is to be tried again, once this returns.
    func mayTryAgain(after error: LedgerError, tries: Int) async -> Bool

    /// Ends the run, and gives the place up to others.
    func leave(because word: RunEnding.Word) async throws(LedgerError)
}

extension RunnerSeat {
    /// How often is tried what cannot be done while another process holds the database for longer than usual.
    static var tryLimit: Int { 5 }
}

/// What a run tells whoever keeps its place.
struct SeatReport: Sendable {
    /// For its leader; what the seat itself knows better is left out.
    var report: RunnerReport
    /// Since when the windows count in which callees are abandoned; none if nobody counts.
    var windows: [Timestamp]
}

/// The place of a campaign's only runner.
struct LoneSeat: RunnerSeat {
    let ledger: any Ledger
    let plan: RunPlan
    let clock: any RunClock

    var loss: LedgerError? { nil }

    func take(reporting report: RunnerReport) async throws(LedgerError) -> [OpenAttempt] {
        try await ledger.openAttempts(of: plan.campaign)
    }

    func keep(reporting report: @escaping @Sendable () async -> SeatReport, telling inbox: Inbox) async {}

    func allowance(at now: Timestamp) -> (allowed: RunnerAllowance, share: Int64)? { nil }

    func lastDeparture(within limit: Timestamp) -> Timestamp { limit }

    func commit(
        _ changes: [AttemptChange], claiming request: ClaimRequest?
    ) async throws(LedgerError) -> ClaimResult {
        try await ledger.commit(changes, claiming: request)
    }

    func mayTryAgain(after error: LedgerError, tries: Int) async -> Bool {
        error.code == .locked && tries < Self.tryLimit
    }

    func leave(because word: RunEnding.Word) async throws(LedgerError) {
        try await ledger.endRun(plan.run, because: word.rawValue, at: clock.now)
    }
}
