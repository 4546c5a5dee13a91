/// What one side offers and wishes in its `heart-beat` header.
package struct STOMPHeartBeat: Hashable, Sendable {
    /// How often this side can send something; zero for never.
    package var sends: Duration
    /// How often this side wants to be sent something; zero for never.
    package var wants: Duration

    /// Memberwise.
    package init(sends: Duration, wants: Duration) {
        self.sends = sends
        self.wants = wants
    }

    /// Reads `10000,10000`, in milliseconds; nil for anything else.
    package init?(_ text: String) {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { Int32(String($0).trimmingBlanks()) }
        guard numbers.count == 2, let sends = numbers[0], let wants = numbers[1], sends >= 0, wants >= 0 else {
            return nil
        }
        self.init(sends: .milliseconds(Int64(sends)), wants: .milliseconds(Int64(wants)))
    }

    /// The header's value.
    package var text: String { "\(Self.milliseconds(sends)),\(Self.milliseconds(wants))" }

    /// How often this side has to send something to `other`; nil for never.
    package func interval(to other: STOMPHeartBeat) -> Duration? {
        sends > .zero && other.wants > .zero ? max(sends, other.wants) : nil
    }

    private static func milliseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
