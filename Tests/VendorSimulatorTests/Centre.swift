import CallModel
import DialModel

@testable import VendorSimulator

/// A call centre without chance: every time is a whole second, so that tests can say what happens when.
enum Centre {
    static let start = Timestamp(milliseconds: 1_767_319_384_000)
    static let talks = "13800990001"
    static let answersLater = "13800990002"
    static let impatient = "13800990008"
    static let patient = "13800990014"

    /// Callees by the table of scripted numbers, agents who pick up after 1 s and wrap up for 15 s.
    static func model(pickUp: Duration = .seconds(1), noShow: Double = 0) -> CallModelSettings {
        CallModelSettings(
            mix: .allHuman, humanRing: .constant(.seconds(5)), patience: .constant(.seconds(30)),
            talk: .constant(.seconds(60)), wrapUp: .constant(.seconds(15)), pickUp: .constant(pickUp), noShow: noShow)
    }

    static func figures(
        agents: Int, diallers: Int = 0, startsSignedIn: Bool = true, queueTimeout: Duration = .seconds(60)
    ) -> CallCentreSettings {
        CallCentreSettings(
            agents: agents, diallers: diallers, startsSignedIn: startsSignedIn, setUpDelay: .seconds(1),
            queueTimeout: queueTimeout)
    }

    static func at(_ seconds: Int) -> Timestamp { start + .seconds(seconds) }

    /// The seconds after the start.
    static func seconds(_ time: Timestamp?) -> Int? { time.map { Int(($0 - start).components.seconds) } }

    static func make(
        agents: Int, diallers: Int = 0, startsSignedIn: Bool = true, queueTimeout: Duration = .seconds(60),
        pickUp: Duration = .seconds(1), noShow: Double = 0
    ) -> SimulatedCallCentre {
        SimulatedCallCentre(
            settings: figures(
                agents: agents, diallers: diallers, startsSignedIn: startsSignedIn, queueTimeout: queueTimeout),
            model: CallModel(settings: model(pickUp: pickUp, noShow: noShow), seed: 1), start: start)
    }

    /// A dialect over such a call centre.
    static func dialect(
        agents: Int = 2, pickUp: Duration = .seconds(1), change: (inout SimulatorSettings) -> Void = { _ in }
    ) -> AlibabaDialect {
        var settings = SimulatorSettings(centre: figures(agents: agents), callModel: model(pickUp: pickUp))
        change(&settings)
        return AlibabaDialect(settings: settings, start: start)
    }
}

extension SimulatedCallCentre {
    /// Places a call for an agent who is on the line first, a number of seconds after the start.
    mutating func placeAgentFirst(_ callee: String, for agent: Int, after seconds: Int = 0) -> Int {
        place(caller: "010", callee: callee, destination: .agentFirst(agent), at: Centre.at(seconds))
    }
}

extension AlibabaDialect {
    /// One operation at a number of seconds after the start.
    mutating func call(
        _ action: String, _ own: [String: String] = [:], after seconds: Int = 0, changes: [String: String] = [:]
    ) -> Reply {
        let time = Centre.start + .seconds(seconds)
        let answer = answer(SignedForm.request(action, own, at: time, changes: changes), at: time)
        return Reply(status: answer.status, bytes: faults.style.bytes(of: answer.body))
    }

    /// A DialEx to the queue at a number of seconds after the start.
    mutating func dial(_ callee: String, after seconds: Int = 0) -> Reply {
        call("DialEx", Self.dialForm(callee), after: seconds)
    }

    static func dialForm(_ callee: String) -> [String: String] {
        ["Caller": "01080000001", "Callee": callee, "AnswerMode": "2", "RoutPoint": "sales-queue"]
    }
}
