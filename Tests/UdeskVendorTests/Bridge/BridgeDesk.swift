import DialModel
import EventWire
import Telephony

@testable import UdeskVendor

/// A floor with agents 5001 and 5002 at a time that is moved by hand, and what comes of what it is told.
struct BridgeDesk {
    static let start = Timestamp(milliseconds: 1_767_319_384_000)
    static let first = AgentID("5001")
    static let second = AgentID("5002")
    static let number = PhoneNumber(e164: "+8613800138000")
    static let callID = "ea648a5d-56f6-432b-44e1-0941febbb870"

    static let account = UdeskBridgeAccount(
        name: "bridge", appID: "18a58d6d-2b4e-44de-5725-31b9e5dbb4b4", secret: Secret("s3cret"),
        logins: [
            AgentLogin(agent: first, password: Secret("key-of-the-first"), phone: ""),
            AgentLogin(agent: second, password: Secret("key-of-the-second"), phone: ""),
        ],
        sdkURL: "https://sdk.example.com/sdk.js", domain: "wss://tower.example.com:443/ws",
        httpDomain: "https://gateway.example.com/backend")

    var floor: BridgeFloor
    var now = BridgeDesk.start
    /// What was reported.
    var reports: [VendorEvent] = []
    private var answers: [Ticket: Result<BridgeReply, VendorError>] = [:]
    private var lastTicket: UInt64 = 0
    private var sessions: [AgentID: String] = [:]
    private var sequences: [AgentID: Int] = [:]
    private var fetched: [AgentID: Int] = [:]

    init(account: UdeskBridgeAccount = BridgeDesk.account) {
        floor = BridgeFloor(account: account, group: "", rhythm: BridgeRhythm(speed: 1), seed: 1, now: now)
        tell(.started)
    }

    // MARK: Facts

    mutating func tell(_ fact: BridgeFact) {
        for directive in floor.handle(fact, at: now) {
            switch directive {
            case .report(let event): reports.append(event)
            case .answer(let ticket, let answer): answers[ticket] = answer
            }
        }
    }

    /// Lets time pass, the floor being told of every deadline on the way.
    mutating func pass(_ length: Duration) {
        let end = now + length
        while let due = floor.nextDeadline, due <= end {
            now = max(now, due)
            tell(.timePassed)
        }
        now = end
    }

    mutating func ask(_ request: BridgeRequest) -> Ticket {
        lastTicket += 1
        let ticket = Ticket(value: lastTicket)
        tell(.asked(ticket, request))
        return ticket
    }

    mutating func visit(_ agent: AgentID, _ visit: PageVisit) -> Ticket {
        lastTicket += 1
        let ticket = Ticket(value: lastTicket)
        tell(.visited(ticket, agent, visit))
        return ticket
    }

    /// What somebody was answered, if they were.
    func answer(to ticket: Ticket) -> Result<BridgeReply, VendorError>? { answers[ticket] }

    func failure(of ticket: Ticket) -> VendorError? {
        guard case .failure(let error)? = answers[ticket] else { return nil }
        return error
    }

    /// Asks for something that is answered at once.
    mutating func outcome(_ request: BridgeRequest) -> Result<BridgeReply, VendorError>? {
        let ticket = ask(request)
        return answer(to: ticket)
    }

    /// Asks for something that is refused at once.
    mutating func refusal(_ request: BridgeRequest) -> VendorError? {
        let ticket = ask(request)
        return failure(of: ticket)
    }

    func page(_ ticket: Ticket) -> JSONValue? {
        guard case .success(.page(let value))? = answers[ticket] else { return nil }
        return value
    }

    // MARK: Pages

    /// Opens an agent's page, whose SDK says where it stands and which numbers there are.
    mutating func open(_ agent: AgentID = BridgeDesk.first, call: String = "", numbers: String = #"["0101","0202"]"#) {
        begin(agent)
        bring(agent, Self.state(call: call))
        let commands = fetch(agent)
        for command in commands {
            guard let id = command["id"]?.text else { continue }
            switch command["method"]?.text {
            case "GetSpNumbersAsync": answer(agent, id, data: numbers)
            case "GetCurrentSpNumberAsync": answer(agent, id, data: #""0101""#)
            default: answer(agent, id, data: #"{"list":[],"defaultId":null}"#)
            }
        }
    }

    mutating func begin(_ agent: AgentID = BridgeDesk.first) {
        let ticket = visit(agent, .begin)
        sessions[agent] = page(ticket)?["session"]?.text
        (sequences[agent], fetched[agent]) = (0, 0)
    }

    func session(of agent: AgentID) -> String { sessions[agent] ?? "" }

    /// Fetches what is to be done, without waiting.
    mutating func fetch(_ agent: AgentID = BridgeDesk.first) -> [JSONValue] {
        let poll = visit(agent, .commands(session: session(of: agent), after: fetched[agent] ?? 0, wait: .zero))
        guard case .array(let commands)? = page(poll)?["commands"] else { return [] }
        fetched[agent] = commands.compactMap { $0["seq"]?.integer }.max().map { Int($0) } ?? fetched[agent]
        return commands
    }

    /// Has the first agent's page lose what it was told to do.
    mutating func forgetFetched() { fetched[Self.first] = 0 }

    /// Brings an event of the SDK; the text is the JSON of its name and payload.
    mutating func bring(_ agent: AgentID, _ item: String) {
        let seq = (sequences[agent] ?? 0) + 1
        sequences[agent] = seq
        bring(agent, [item], from: seq)
    }

    /// Brings an event of the first agent's SDK.
    mutating func bring(_ item: String) { bring(Self.first, item) }

    mutating func bring(_ agent: AgentID, _ items: [String], from seq: Int) {
        let body = items.enumerated().map { #"{"seq":\#(seq + $0.offset),\#($0.element)}"# }.joined(separator: ",")
        guard let read = PageItem.items(in: Array(#"{"events":[\#(body)]}"#.utf8)) else { return }
        _ = visit(agent, .bring(session: session(of: agent), read))
    }

    mutating func answer(_ agent: AgentID, _ id: String, code: String = "0000", data: String = "null") {
        bring(agent, #""id":"\#(id)","Code":"\#(code)","Message":"","Visible":false,"Data":\#(data)"#)
    }

    /// Answers a command of the first agent.
    mutating func answer(_ id: String, code: String = "0000", message: String = "") {
        bring(#""id":"\#(id)","Code":"\#(code)","Message":"\#(message)","Visible":\#(!message.isEmpty),"Data":null"#)
    }

    // MARK: Texts

    static func state(
        agent: String = "idle", phone: String = "idle", call: String = "", number: String = "",
        direction: String = "Outbound"
    ) -> String {
        event(
            "GetState",
            #"{"CurState":"\#(agent)","CurExtState":"\#(phone)","CallID":"\#(call)","DestNumber":"\#(number)","#
                + #""CallDirection":"\#(direction)"}"#)
    }

    static func event(_ name: String, _ data: String) -> String {
        #""event":"\#(name)","payload":{"Code":"0000","Message":"","Visible":false,"Data":\#(data)}"#
    }

    /// An event of a call, in its short form.
    static func call(
        _ name: String, _ call: String = callID, number: String = "13800138000", workflow: String = "out_callback"
    ) -> String {
        event(
            name,
            #"{"CallID":"\#(call)","WorkFlow":"\#(workflow)","CustomerInfo":{"Number":"\#(number)","City":"北京"},"#
                + #""DisplayNum":"101"}"#)
    }

    /// An event of a call, in its long form.
    static func advanced(_ name: String, channel: String, workflow: String = "out_callback") -> String {
        event(
            "AdvancedCallStatusChanged",
            #"{"CallID":"\#(callID)","CallEvent":"\#(name)","ChannelUUID":"\#(channel)","WorkFlow":"\#(workflow)","#
                + #""CustomerInfo":{"TelNumber":"13800138000"},"DisplayInfo":{"TelNumber":"0101","City":"扬州市"}}"#)
    }

    // MARK: Calls

    func request(_ attempt: Int64 = 7, agent: AgentID? = BridgeDesk.first, callerID: String? = nil) -> CallRequest? {
        Self.number.map {
            CallRequest(
                attempt: AttemptID(attempt), number: $0, prefix: "", callerID: callerID, agent: agent,
                notAfter: now + .seconds(10))
        }
    }

    /// Asks for a call and gives the ticket with the command that the page fetched for it.
    mutating func place(_ attempt: Int64 = 7, callerID: String? = nil) -> (ticket: Ticket, command: JSONValue?) {
        guard let request = request(attempt, callerID: callerID) else { return (Ticket(value: 0), nil) }
        let ticket = ask(.place(request))
        return (ticket, fetch().last)
    }

    /// Asks for a call, and has the vendor accept it and name it.
    mutating func ring() -> Ticket {
        let (ticket, command) = place()
        answer(command?["id"]?.text ?? "")
        bring(Self.first, Self.call("Originated"))
        return ticket
    }

    /// Has as much time pass as a call may take to show, after which the first agent's SDK says where it stands.
    mutating func settle(_ state: String = BridgeDesk.state()) {
        pass(BridgeRhythm.settling)
        _ = fetch()
        bring(state)
    }

    func facts(_ attempt: Int64 = 7) -> [CallProgress] {
        reports.compactMap { if case .call(AttemptID(attempt), let fact, _) = $0 { fact } else { nil } }
    }

    func ending(_ attempt: Int64 = 7) -> CallEnding? {
        for case .ended(let ending) in facts(attempt) { return ending }
        return nil
    }

    func activity(_ agent: AgentID = BridgeDesk.first) -> AgentActivity? {
        for case .agents(let agents, _) in reports.reversed() { return agents.first { $0.id == agent }?.activity }
        return nil
    }

    var followed: FollowedCall? {
        Self.number.map {
            FollowedCall(attempt: AttemptID(7), number: $0, prefix: "", vendorCall: nil, placedAfter: Self.start)
        }
    }
}
