import DialModel
import EventWire

/// How a run stands as a whole.
package struct RunState: Hashable, Sendable {
    /// The word for what holds dialling back, as the metric `autodialer_paused` has it; nil where nothing does.
    package var pause: String?
    /// Who paused it, if somebody did.
    package var pausedBy: String?
    /// Whether it has stood still since it began, although something could go on.
    package var isStalledSinceStart: Bool
    /// How long nothing has gone on although something could.
    package var stalled: Duration
    /// Calls that have not ended.
    package var openCalls: Int
    /// Agents who are signed in.
    package var signedIn: Int
    /// Those of them who could take a call.
    package var free: Int

    /// Memberwise; a run in which nothing is going on.
    package init(
        pause: String? = nil, pausedBy: String? = nil, isStalledSinceStart: Bool = false, stalled: Duration = .zero,
        openCalls: Int = 0, signedIn: Int = 0, free: Int = 0
    ) {
        self.pause = pause
        self.pausedBy = pausedBy
        self.isStalledSinceStart = isStalledSinceStart
        self.stalled = stalled
        self.openCalls = openCalls
        self.signedIn = signedIn
        self.free = free
    }

    init?(_ json: JSONValue) {
        guard let stalled = json["stalled_ms"]?.integer else { return nil }
        self.init(
            pause: json["pause"]?.text, pausedBy: json["paused_by"]?.text,
            isStalledSinceStart: json["stalled_since_start"]?.flag ?? false, stalled: .milliseconds(stalled),
            openCalls: Int(json["open_calls"]?.integer ?? 0), signedIn: Int(json["signed_in"]?.integer ?? 0),
            free: Int(json["free"]?.integer ?? 0))
    }

    var json: JSONValue {
        .object([
            "pause": pause.map { .string($0) } ?? .null, "paused_by": pausedBy.map { .string($0) } ?? .null,
            "stalled_since_start": .bool(isStalledSinceStart), "stalled_ms": .integer(stalled.milliseconds),
            "open_calls": .integer(Int64(openCalls)), "signed_in": .integer(Int64(signedIn)),
            "free": .integer(Int64(free)),
        ])
    }
}
