/// Where the clock that a run goes by begins: how it stood to the time since its machine started, which nobody can set.
///
/// By two of them a later run on the machine knows by how much the clock was set between the two.
package struct ClockOrigin: Hashable, Sendable, Codable {
    /// The name of the machine's start, another one each time (random(4), `boot_id`).
    package var boot: String
    /// What the clock showed, or would have shown, when the machine started.
    package var zero: Timestamp

    /// Memberwise.
    package init(boot: String, zero: Timestamp) {
        self.boot = boot
        self.zero = zero
    }

    /// By how much the clock was set forward since `earlier`, or back if it is negative; nil where nobody can tell, since the
    /// machine was started again meanwhile or is another one.
    package func advance(since earlier: ClockOrigin) -> Duration? {
        boot == earlier.boot ? zero - earlier.zero : nil
    }
}
