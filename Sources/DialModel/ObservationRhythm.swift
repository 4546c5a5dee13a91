/// How often a vendor is asked about agents and calls; who is told of every change at once asks never.
package struct ObservationRhythm: Hashable, Sendable, Codable {
    /// The time between two questions about all agents; zero for a vendor that tells by itself.
    package var agents: Duration
    /// The time before each of the first questions about a call, while it may still fail.
    package var firstLook: Duration
    /// How many of those there are.
    package var firstLooks: Int
    /// The time between later questions about a call; zero for a vendor that tells by itself.
    package var laterLook: Duration

    /// Memberwise.
    package init(agents: Duration, firstLook: Duration, firstLooks: Int, laterLook: Duration) {
        self.agents = agents
        self.firstLook = firstLook
        self.firstLooks = firstLooks
        self.laterLook = laterLook
    }

    /// A vendor that tells by itself.
    package static let prompt = ObservationRhythm(agents: .zero, firstLook: .zero, firstLooks: 0, laterLook: .zero)

    /// The wait before the next question about a call that has been asked about so many times.
    package func wait(after looks: Int) -> Duration { looks < firstLooks ? firstLook : laterLook }

    /// How long after its placing a call is asked about next, of something that happened when it was `age` old.
    package func age(ofLookAfter age: Duration) -> Duration {
        let age = age.milliseconds
        let (first, later) = (firstLook.milliseconds, laterLook.milliseconds)
        let early = first * Int64(firstLooks)
        if age <= early, first > 0 { return .milliseconds(max(1, (age + first - 1) / first) * first) }
        guard later > 0 else { return .milliseconds(age) }
        return .milliseconds(early + (age - early + later - 1) / later * later)
    }

    /// How old a call was when it was asked about last, that is `age` old: what happened since is not known yet.
    package func age(ofLookBefore age: Duration) -> Duration {
        let age = age.milliseconds
        let (first, later) = (firstLook.milliseconds, laterLook.milliseconds)
        let early = first * Int64(firstLooks)
        if age < early { return .milliseconds(age / first * first) }
        guard later > 0 else { return .milliseconds(age) }
        return .milliseconds(early + (age - early) / later * later)
    }
}
