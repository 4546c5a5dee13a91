import Foundation
import PacingWorld

/// VICIdial's adaptive methods, as `features-and-rules.md`, 2.1, describes them, with their peculiarities.
///
/// Every 15 s the level, lines for each agent who is idle or talks, moves by how many agents were idle or callers waiting;
/// once more than 50 calls are through, a share of drops above the limit slows it down.
final class VICIdialPolicy: DialPolicy {
    /// What becomes of the level while the share of drops is above the limit.
    enum Method: String, CaseIterable {
        /// Down to one line for each agent.
        case hardLimit = "HARD_LIMIT"
        /// Half of it.
        case average = "AVERAGE"
        /// Less of it the nearer the end of the shift is, by a subtraction of clock faces.
        case tapered = "TAPERED"
    }

    private let method: Method
    private let highest: Double
    private let more: Double
    private let limit: Double
    private var level = 1.0
    private var samples: [(idle: Int, waiting: Int, agents: Int)] = []
    /// Calls, human dispositions and drops so far, and what they were when they were last looked at.
    private var calls = 0
    private var dispositions = 0
    private var drops = 0
    private var seen = (calls: 0, dropPercent: 0.0)
    private var finished: [(time: Double, isDrop: Bool)] = []
    private var lastMinute = (calls: 0, dropPercent: 0.0)

    /// The shift begins at nine.
    private static let opening = 9 * 60

    /// Levels up to `highest`, aiming at `more` idle agents than none, with a share of drops up to `limit` percent.
    init(_ method: Method, highest: Double, more: Double, limit: Double) {
        self.method = method
        self.highest = highest
        self.more = more
        self.limit = limit
    }

    /// Whether the dialling loop comes round, which it does every two and a half seconds.
    static func isLoop(_ time: Double) -> Bool { time.truncatingRemainder(dividingBy: 2.5) == 0 }

    /// How many lines are missing to a level.
    static func missing(_ level: Double, in world: World) -> Int {
        let agents = Double(world.count(.idle) + world.count(.talking))
        return max(0, Int((level * agents + 0.5).rounded(.down)) - world.busyLines)
    }

    func heard(_ news: News, at time: Double) {
        switch news {
        case .unanswered, .connected: finish(at: time, isDrop: false)
        case .judged(let call): if !call.callee.isLive { finish(at: time, isDrop: false) }
        case .abandoned:
            finish(at: time, isDrop: true)
            drops += 1
            dispositions += 1
        case .wrapUpEnded(let call, _): if call.callee.kind == .person { dispositions += 1 }
        case .placed, .answered, .talkEnded, .leaves, .stays, .vendorFailed: break
        }
    }

    private func finish(at time: Double, isDrop: Bool) {
        calls += 1
        finished.append((time, isDrop))
    }

    func calls(in world: World, at time: Double) -> Int {
        func comesRound(_ period: Double) -> Bool { time.truncatingRemainder(dividingBy: period) == 0 }
        if comesRound(1) {
            samples.append((world.count(.idle), world.waiting.count, world.signedIn))
            if samples.count > 15 { samples.removeFirst() }
        }
        if comesRound(60) { look(at: time) }
        if comesRound(15), time > 0 { adapt(at: time, end: world.scenario.duration) }
        return Self.isLoop(time) ? Self.missing(level, in: world) : 0
    }

    private func look(at time: Double) {
        finished.removeAll { $0.time <= time - 60 }
        let dropped = finished.count { $0.isDrop }
        lastMinute = (finished.count, 100 * Double(dropped) / Double(max(1, finished.count)))
        seen = (calls, 100 * Double(drops) / Double(max(1, dispositions)))
    }

    private func adapt(at time: Double, end: Double) {
        let agents = samples.reduce(0) { $0 + $1.agents }
        guard agents > 0 else { return }
        let surplus = Double(samples.reduce(0) { $0 + $1.idle - $1.waiting })
        let move = (surplus + more * Double(samples.count)) / Double(agents)
        var next = max(1, min(level * (1 + move), highest))
        if lastMinute.calls > 20, lastMinute.dropPercent > 50 { next /= 2 }
        if seen.calls > 50, seen.dropPercent > limit {
            switch method {
            case .hardLimit: next = 1
            case .average: next /= 2
            case .tapered: next *= Self.taper(at: time, end: end)
            }
        }
        level = max(1, (next * 1000).rounded() / 1000)
    }

    /// The rest of the shift as a difference of hours and minutes written as one number, in thousandths.
    private static func taper(at time: Double, end: Double) -> Double {
        func face(_ seconds: Double) -> Int {
            let minutes = opening + Int(seconds / 60)
            return minutes / 60 * 100 + minutes % 60
        }
        let left = face(end) - face(time)
        return left < 0 ? 0 : min(1, Double(left) / 1000)
    }
}
