package import DialEngine
package import DialModel

/// Keeps what an engine was told and what it answered, so that a run can be replayed.
///
/// Called by one runner, in order; it must return soon and may not fail the run.
package protocol EventRecorder: Sendable {
    /// The engine is about to be told this: what ends the process now is in the recording.
    func willHandle(_ event: DialEvent, at now: Timestamp)

    /// What it answered.
    func didHandle(_ directives: [Directive])
}
