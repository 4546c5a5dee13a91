import DialModel
import EventWire
import Telephony
import Testing

@testable import UdeskVendor

@Suite("Agents' pages")
struct BridgePagesTests {
    @Test("An agent is idle only if both their own state and their phone's are, and only while their page is there")
    func activity() {
        var desk = BridgeDesk()
        desk.begin()
        desk.bring(BridgeDesk.event("Ready", #"[{"CurState":"idle","CurExtState":"idle"}]"#))
        #expect(desk.activity() != .idle)
        let states: [(agent: String, phone: String, activity: AgentActivity)] = [
            ("idle", "idle", .idle), ("busy", "idle", .busy), ("idle", "ringing", .busy), ("idle", "offline", .offline),
            ("onBreak", "idle", .onBreak), ("offline", "idle", .offline), ("something", "idle", .busy),
            ("idle", "idle", .idle),
        ]
        for state in states {
            desk.bring(BridgeDesk.state(agent: state.agent, phone: state.phone))
            #expect(desk.activity() == state.activity, "\(state)")
        }
        desk.bring(BridgeDesk.event("PageClosed", "{}"))
        #expect(desk.activity() == .offline)
    }

    @Test("Agents are told of once somebody is there, or it has been waited for long enough")
    func firstReport() {
        var desk = BridgeDesk()
        #expect(desk.reports.isEmpty)
        desk.pass(.seconds(15))
        #expect(desk.activity() == .offline)
        #expect(desk.reports.contains { if case .trouble(let error) = $0 { error.code == "NoPage" } else { false } })
        desk.open()
        #expect(desk.reports.contains(.recovered))
        #expect(desk.activity() == .idle && desk.activity(BridgeDesk.second) == .offline)
    }

    @Test("A second run is told everything anew")
    func secondRun() {
        var desk = BridgeDesk()
        desk.open()
        desk.reports = []
        desk.tell(.started)
        #expect(desk.activity() == .idle)
        desk.bring(BridgeDesk.event("PageClosed", "{}"))
        desk.reports = []
        desk.tell(.started)
        #expect(desk.reports.isEmpty)
        desk.pass(.seconds(15))
        #expect(desk.activity() == .offline)
        #expect(desk.reports.contains { if case .trouble = $0 { true } else { false } })
    }

    @Test("Each connection has a token of its own, and nobody learns the secret")
    func tokens() throws {
        var desk = BridgeDesk()
        desk.begin()
        let session = desk.session(of: BridgeDesk.first)
        let firstVisit = desk.visit(BridgeDesk.first, .token(session: session))
        let first = try #require(desk.page(firstVisit))
        desk.pass(.seconds(20))
        let secondVisit = desk.visit(BridgeDesk.first, .token(session: session))
        let second = try #require(desk.page(secondVisit))
        #expect(first["token"] != second["token"] && first["timestamp"]?.text == "1767319384")
        #expect(first["appId"]?.text == BridgeDesk.account.appID)
        #expect(!first.serialized.contains("s3cret"))
    }

    @Test("What comes twice counts once, and what comes too early waits for what is missing")
    func order() {
        var desk = BridgeDesk()
        desk.begin()
        let idle = BridgeDesk.state(agent: "idle")
        let busy = BridgeDesk.event("AgentStateChanged", #"[{"CurState":"busy"}]"#)
        desk.bring(BridgeDesk.first, [busy], from: 2)
        #expect(desk.activity() == nil)
        desk.bring(BridgeDesk.first, [idle, busy], from: 1)
        #expect(desk.activity() == .busy)
        desk.bring(BridgeDesk.first, [idle], from: 1)
        #expect(desk.activity() == .busy)
        desk.bring(BridgeDesk.first, [idle], from: 3)
        #expect(desk.activity() == .idle)
    }

    @Test("Commands are handed out again until they are confirmed, in order")
    func handingOut() {
        var desk = BridgeDesk()
        desk.begin()
        desk.bring(BridgeDesk.state())
        let session = desk.session(of: BridgeDesk.first)
        func sequences(_ ticket: Ticket) -> [Int64] {
            guard case .array(let commands)? = desk.page(ticket)?["commands"] else { return [] }
            return commands.compactMap { $0["seq"]?.integer }
        }
        let lost = desk.visit(BridgeDesk.first, .commands(session: session, after: 0, wait: .seconds(25)))
        #expect(sequences(lost) == [1, 2, 3, 4])
        let again = desk.visit(BridgeDesk.first, .commands(session: session, after: 0, wait: .seconds(25)))
        #expect(sequences(again) == [1, 2, 3, 4])
        let rest = desk.visit(BridgeDesk.first, .commands(session: session, after: 3, wait: .seconds(25)))
        #expect(sequences(rest) == [4])
        let waiting = desk.visit(BridgeDesk.first, .commands(session: session, after: 4, wait: .seconds(25)))
        #expect(desk.answer(to: waiting) == nil)
        desk.pass(.seconds(25))
        #expect(sequences(waiting) == [])
        #expect(desk.page(waiting) != nil)
    }

    @Test("A page that is opened again takes the place of the other, which is told so")
    func replacing() {
        var desk = BridgeDesk()
        desk.open()
        let old = desk.session(of: BridgeDesk.first)
        desk.begin()
        #expect(desk.activity() == .offline)
        let replaced = desk.visit(BridgeDesk.first, .commands(session: old, after: 0, wait: .zero))
        #expect(desk.answer(to: replaced) == .success(.noSession(.replaced)))
        let unknown = desk.visit(BridgeDesk.first, .token(session: "of an earlier run"))
        #expect(desk.answer(to: unknown) == .success(.noSession(.unknown)))
    }

    @Test("The page of an agent of another group is told so")
    func otherGroup() {
        var desk = BridgeDesk()
        let foreign = desk.visit(AgentID("5009"), .begin)
        #expect(desk.answer(to: foreign) == .success(.noSession(.otherGroup)))
    }

    @Test("A page of which nothing is heard is gone, and its agent cannot be called for")
    func silence() throws {
        var desk = BridgeDesk()
        desk.open()
        desk.pass(.seconds(44))
        #expect(desk.activity() == .idle)
        desk.pass(.seconds(1))
        #expect(desk.activity() == .offline)
        let request = try #require(desk.request())
        #expect(desk.refusal(.place(request))?.meaning == .unavailable)
        #expect(
            desk.reports.contains { if case .trouble(let error) = $0 { error.code == "PageSilent" } else { false } })
    }

    @Test("A page whose SDK says nothing is asked to connect again")
    func mutePages() {
        var desk = BridgeDesk()
        desk.begin()
        for _ in 1...2 {
            desk.pass(.seconds(15))
            let commands = desk.fetch()
            #expect(commands.last?["method"]?.text == "ConnectAsync")
            desk.answer(commands.last?["id"]?.text ?? "")
        }
        desk.bring(BridgeDesk.state())
        #expect(desk.activity() == .idle)
    }

    @Test("Which numbers there are is known once a page has told; an agent who may not show the campaign's is named")
    func numbers() {
        var desk = BridgeDesk()
        desk.floor.callerIDs = ["0303"]
        let early = desk.ask(.numbers)
        desk.open()
        #expect(desk.answer(to: early) == .success(.numbers(["0101", "0202"])))
        #expect(desk.reports.contains { if case .agentUnusable(BridgeDesk.first, _) = $0 { true } else { false } })
        var empty = BridgeDesk()
        let late = empty.ask(.numbers)
        empty.pass(.seconds(15))
        #expect(empty.failure(of: late)?.code == "NoPage")
    }
}
