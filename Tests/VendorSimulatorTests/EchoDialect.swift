import DialModel

@testable import VendorSimulator

/// A vendor of nothing: it does what the texts that come in tell it to, and pushes what becomes of its calls.
struct EchoDialect: PushDialect {
    let vendor = "echo"
    var faults = SimulatorFaults()
    private(set) var nextDueAt: Timestamp?
    private var connections: [ConnectionID] = []
    private var owners: [Int: ConnectionID] = [:]
    private var output: [(ConnectionID, PushOutput)] = []
    private var reminded: ConnectionID?

    func callID(ofCall ordinal: Int) -> String? { owners[ordinal] == nil ? nil : "echo-\(ordinal)" }

    func pushes(on path: String) -> Bool { path == "/echo/socket" }

    mutating func opened(_ connection: ConnectionID, by request: RawRequest, in world: inout SimulatedCallCentre) {
        connections.append(connection)
        output.append((connection, .text("open \(request.query) \(request.header("X-Echo") ?? "")")))
    }

    /// `call NUMBER` dials for the first agent, `remind MS` speaks up later, `count` tells how many connections are open,
    /// `event TEXT` comes back as an event, `close` and `cut` end the connection, and anything else comes back as it is.
    mutating func received(_ text: String, from connection: ConnectionID, in world: inout SimulatedCallCentre) {
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        switch (words.first, words.last) {
        case ("call", let number?):
            let call = world.place(caller: "010", callee: number, destination: .agentFirst(0), at: world.now)
            owners[call] = connection
        case ("remind", let milliseconds?):
            reminded = connection
            nextDueAt = world.now + .milliseconds(Int64(milliseconds) ?? 0)
        case ("count", _): output.append((connection, .text("\(connections.count)")))
        case ("event", let text?): output.append((connection, .event(text)))
        case ("close", _): output.append((connection, .close(code: 4000, reason: "enough")))
        case ("cut", _): output.append((connection, .cut))
        default: output.append((connection, .text(text)))
        }
    }

    mutating func closed(_ connection: ConnectionID, in world: inout SimulatedCallCentre) {
        connections.removeAll { $0 == connection }
    }

    mutating func answer(_ request: RawRequest, in world: inout SimulatedCallCentre) -> RawAnswer? {
        guard request.path.hasPrefix("/echo/") else { return nil }
        var answer = RawAnswer(status: 201, headers: [("X-Echo", request.header("x-echo") ?? "")])
        answer.body = Array("\(request.method) \(request.path)?\(request.query) ".utf8) + request.body
        if request.query == "hang" { answer.delivery = .hangThenReset }
        if request.query == "late" { answer.delay = .seconds(100) }
        return answer
    }

    mutating func take(_ changes: [WorldChange], in world: inout SimulatedCallCentre) {
        for change in changes {
            switch change {
            case .happened(let call, let entry):
                guard let connection = owners[call] else { continue }
                output.append((connection, .event(entry.happening.rawValue)))
            case .ended(let call, _):
                guard let connection = owners[call], let ending = world.calls[call].ending else { continue }
                output.append((connection, .event(ending.rawValue)))
            case .agentChanged: continue
            }
        }
    }

    mutating func timePassed(in world: inout SimulatedCallCentre) {
        nextDueAt = nil
        if let reminded { output.append((reminded, .event("time \(world.now.milliseconds)"))) }
    }

    mutating func takeOutput() -> [(ConnectionID, PushOutput)] {
        defer { output = [] }
        return output
    }
}
