import DialModel
import Ledger
import Logging
import Telephony

/// What a run tells its log and whoever looks on.
extension CampaignRunner {
    /// Tells what was kept: each attempt by its id, and no number in full.
    func tellOfCommit(_ changes: [AttemptChange], _ result: ClaimResult) {
        observer?.committed(changes, claims: result.claims.count, at: clock.now)
        for change in changes {
            switch change {
            case .reached(let attempt, let state, _, let detail):
                var facts: Logger.Metadata = ["attempt": "\(attempt.value)"]
                if let agent = detail.agent { facts["agent"] = "\(agent)" }
                logger.debug("\(state.rawValue)", metadata: facts)
            case .closed(let attempt, let closing):
                logger.info(
                    "closed", metadata: ["attempt": "\(attempt.value)", "outcome": "\(closing.outcome.rawValue)"])
            }
        }
        for claim in result.claims {
            logger.debug(
                "claimed",
                metadata: [
                    "attempt": "\(claim.attempt.value)", "lead": "\(claim.lead.value)",
                    "number": "\(claim.number.masked)",
                ])
        }
    }

    /// What a failed request is about, for the log.
    static func facts(of error: VendorError, in attempt: AttemptID) -> Logger.Metadata {
        ["attempt": "\(attempt.value)", "operation": "\(error.operation)", "error": "\(error)"]
    }

    /// Has somebody look on while the vendor is asked for something; to be called with what came of it.
    func asking(_ request: VendorRequest) -> @Sendable (VendorError?) -> Void {
        guard let observer else { return { _ in } }
        return observer.asking(request)
    }

    /// News that the run has not taken in yet.
    package nonisolated var waitingNotices: Int { inbox.count }
}
