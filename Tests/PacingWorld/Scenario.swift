/// A shift to simulate: who is called, by whom, and what happens meanwhile (`pacing.md`, section 2).
///
/// Times are in seconds.
package struct Scenario: Sendable, Decodable {
    /// What it is called.
    package var name: String
    /// How many agents are signed in at the start.
    package var agents: Int
    /// The chance that a call is answered by a person, by the time of its dial.
    package var answerRate: Course
    /// The chance that a machine answers.
    package var machineRate: Double
    /// The chance that the network refuses a call.
    package var failureRate: Double
    /// How long the shift is.
    package var duration: Double
    /// How many calls may ring, wait and be talked on at a time; nil for no limit.
    package var lines: Int?
    /// How long a phone rings at most.
    package var ringTimeout: Double
    /// How long a person who has answered waits for an agent.
    package var patience: Double
    /// How long it rings until a person answers, or a machine.
    package var personRing, machineRing: Distribution
    /// How long it takes the network to refuse a call.
    package var failureDelay: Distribution
    /// Call progress analysis.
    package var analysis: Analysis
    /// How long people talk, and what agents have to do afterwards.
    package var talk, wrapUp: Distribution
    /// The same for a machine that was taken for a person.
    package var machineTalk, machineWrapUp: Distribution
    /// Calls per second, and how many may be saved up.
    package var callsPerSecond, burst: Double
    /// Calls per second for each agent who is signed in; nil for no such limit.
    package var callsPerAgentSecond: Double?
    /// How many leads there are; nil for more than can be dialled.
    package var leads: Int?
    /// Stretches of the list that answer more or less.
    package var segments: Segments?
    /// Agents who leave and return.
    package var staffChanges: [StaffChange]?
    /// When the vendor takes no calls: beginnings and ends.
    package var outages: [[Double]]?

    private enum CodingKeys: String, CodingKey {
        case name, agents, duration, segments, outages, talk
        case answerRate = "p"
        case machineRate = "p_machine"
        case failureRate = "p_fail"
        case lines = "trunks"
        case ringTimeout = "ring_timeout"
        case patience = "answer_patience"
        case personRing = "ring_human"
        case machineRing = "ring_machine"
        case failureDelay = "fail_time"
        case analysis = "amd"
        case wrapUp = "wrap"
        case machineTalk = "talk_machine"
        case machineWrapUp = "wrap_machine"
        case callsPerSecond = "cps"
        case burst = "cps_burst"
        case callsPerAgentSecond = "agent_cps"
        case leads = "list_size"
        case staffChanges = "staff_events"
    }

    /// The segment of a lead, and how much likelier than others its people answer.
    package func segment(of lead: Int) -> (number: Int, multiplier: Double) {
        guard let segments else { return (0, 1) }
        let number = lead / segments.size % segments.multipliers.count
        return (number, segments.multipliers[number])
    }

    /// Whether the vendor takes no calls.
    package func isOut(at time: Double) -> Bool {
        outages?.contains { $0[0] <= time && time < $0[1] } ?? false
    }
}

/// What call progress analysis takes and gets wrong.
package struct Analysis: Sendable, Decodable {
    /// Whether there is any.
    package var isOn: Bool
    /// How long it takes.
    package var delay: Distribution
    /// The share of people who are taken for machines, and of machines that are taken for people.
    package var lostPeople, passedMachines: Double

    private enum CodingKeys: String, CodingKey {
        case delay
        case isOn = "enabled"
        case lostPeople = "fp"
        case passedMachines = "fn"
    }
}

/// Stretches of a list.
package struct Segments: Sendable, Decodable {
    /// How many leads each of them has; after the last one the first comes again.
    package var size: Int
    /// How much likelier than others their people answer.
    package var multipliers: [Double]

    private enum CodingKeys: String, CodingKey {
        case size
        case multipliers = "mult"
    }

    /// Memberwise.
    package init(size: Int, multipliers: [Double]) {
        self.size = size
        self.multipliers = multipliers
    }
}

/// Agents leave, each after the call they have, or return.
package struct StaffChange: Sendable, Decodable {
    /// When.
    package var time: Double
    /// Whether they leave.
    package var isLeaving: Bool
    /// How many they are.
    package var agents: Int

    /// Reads `[3000, "leave", 4]`.
    package init(from decoder: any Decoder) throws {
        var fields = try decoder.unkeyedContainer()
        time = try fields.decode(Double.self)
        isLeaving = try fields.decode(String.self) == "leave"
        agents = try fields.decode(Int.self)
    }
}

/// A value that changes with time, in straight lines between points.
package struct Course: Sendable, Decodable {
    /// Times and values.
    package var points: [[Double]]

    /// The same for ever, or straight lines between points.
    package init(_ points: [[Double]]) { self.points = points }

    /// Reads a number, or a list of times and values.
    package init(from decoder: any Decoder) throws {
        let field = try decoder.singleValueContainer()
        if let value = try? field.decode(Double.self) {
            points = [[0, value]]
        } else {
            points = try field.decode([[Double]].self)
        }
    }

    /// The value at a time.
    package func value(at time: Double) -> Double {
        guard let next = points.firstIndex(where: { time <= $0[0] }) else { return points.last?[1] ?? 0 }
        guard next > 0 else { return points[0][1] }
        let (before, after) = (points[next - 1], points[next])
        return before[1] + (after[1] - before[1]) * (time - before[0]) / (after[0] - before[0])
    }
}
