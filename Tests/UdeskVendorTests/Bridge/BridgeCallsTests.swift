import DialModel
import EventWire
import Telephony
import Testing

@testable import UdeskVendor

@Suite("Calls that agents' pages make")
struct BridgeCallsTests {
    @Test("A conversation is told from ringing to its end, with the number that was shown as it was chosen")
    func conversation() throws {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, command) = desk.place(callerID: "0101")
        #expect(command?["method"]?.text == "MakeCallAsync")
        #expect(command?["args"] == .array([.string("13800138000"), .object(["BizId": .string("7")])]))
        #expect(desk.activity() == .busy && desk.answer(to: ticket) == nil)
        desk.answer(command?["id"]?.text ?? "")
        #expect(desk.answer(to: ticket) == .success(.placed(VendorCallID("5001/7"))))
        desk.bring(BridgeDesk.call("Originated"))
        desk.bring(BridgeDesk.advanced("Originated", channel: "own"))
        #expect(desk.facts().isEmpty)
        desk.bring(BridgeDesk.call("Originated"))
        desk.bring(BridgeDesk.advanced("Originated", channel: "callee"))
        desk.bring(BridgeDesk.call("Established"))
        desk.bring(BridgeDesk.advanced("Established", channel: "callee"))
        desk.pass(.seconds(30))
        desk.bring(BridgeDesk.call("ConnectionCleared"))
        desk.bring(BridgeDesk.call("ConnectionCleared"))
        let ending = try #require(desk.ending())
        #expect(desk.facts() == [.ringing, .answered(.unknown), .connected(BridgeDesk.first), .ended(ending)])
        #expect(ending.outcome == .connected && ending.talk == .seconds(30) && ending.shownCallerID == "0101")
        #expect(desk.activity() == .idle)
    }

    @Test("A call that goes straight out rings at the callee's from the first event on")
    func directCall() {
        var desk = BridgeDesk()
        desk.open()
        let (_, command) = desk.place()
        desk.answer(command?["id"]?.text ?? "")
        desk.bring(BridgeDesk.call("Originated", workflow: "out_direct"))
        #expect(desk.facts() == [.ringing])
        desk.bring(BridgeDesk.call("ConnectionCleared", workflow: "out_direct"))
        #expect(desk.ending()?.outcome == .noAnswer)
    }

    @Test("An agent whose phone was told to ring and nothing else missed the call")
    func missed() {
        var desk = BridgeDesk()
        desk.open()
        _ = desk.ring()
        desk.bring(BridgeDesk.event("PhoneStateChanged", #"[{"CallID":"\#(BridgeDesk.callID)","CurState":"ringing"}]"#))
        desk.bring(BridgeDesk.call("ConnectionCleared"))
        #expect(desk.ending()?.outcome == .agentMissed)
    }

    @Test(
        "News of a call that comes before its answer is told, and the answer changes nothing",
        arguments: ["0000", "0001"])
    func eventFirst(code: String) {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, command) = desk.place()
        desk.bring(BridgeDesk.call("Established"))
        desk.answer(command?["id"]?.text ?? "", code: code)
        #expect(desk.answer(to: ticket) == .success(.placed(VendorCallID("5001/7"))))
        #expect(desk.facts() == [.answered(.unknown), .connected(BridgeDesk.first)])
    }

    @Test("A command that was declined is believed only once the vendor shows no call for as long as one may take")
    func declined() {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, command) = desk.place()
        desk.answer(command?["id"]?.text ?? "", code: "0001", message: "not now")
        #expect(desk.answer(to: ticket) == nil)
        #expect(desk.fetch().last?["method"]?.text == "ConnectAsync")
        desk.bring(BridgeDesk.state())
        #expect(desk.answer(to: ticket) == nil && desk.activity() == .busy)
        desk.settle()
        #expect(desk.failure(of: ticket)?.meaning == .refused(.refused))
        #expect(desk.failure(of: ticket)?.message == "not now")
        #expect(desk.facts().isEmpty)
    }

    @Test("A command that was declined because the agent was not free says nothing about the callee")
    func declinedForAgent() {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, command) = desk.place()
        desk.answer(command?["id"]?.text ?? "", code: "0001")
        desk.bring(BridgeDesk.state(agent: "busy"))
        desk.settle()
        #expect(desk.failure(of: ticket)?.meaning == .refused(.notPlaced))
    }

    @Test("A command that was declined while its call was being set up counts as carried out once the phone rings")
    func placedAfterDeclining() {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, command) = desk.place()
        desk.answer(command?["id"]?.text ?? "", code: "0001")
        desk.bring(BridgeDesk.state())
        desk.pass(.seconds(3))
        desk.bring(BridgeDesk.call("Originated"))
        #expect(desk.answer(to: ticket) == .success(.placed(VendorCallID("5001/7"))))
        desk.bring(BridgeDesk.call("ConnectionCleared"))
        #expect(desk.ending() != nil)
    }

    @Test("A call that rings after its being declined was believed is not taken for a stranger's")
    func placedLongAfterDeclining() {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, command) = desk.place()
        desk.answer(command?["id"]?.text ?? "", code: "0001")
        desk.settle()
        #expect(desk.failure(of: ticket) != nil)
        desk.bring(BridgeDesk.call("Established"))
        #expect(desk.facts() == [.answered(.unknown), .connected(BridgeDesk.first)])
    }

    @Test("An answer without a code leaves open what was done", arguments: ["", "bridge-failed"])
    func unclear(code: String) {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, command) = desk.place()
        desk.answer(command?["id"]?.text ?? "", code: code)
        #expect(desk.failure(of: ticket)?.meaning == .outcomeUnknown)
    }

    @Test("A command that was declined although there is a call counts as carried out")
    func declinedInVain() {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, command) = desk.place()
        desk.answer(command?["id"]?.text ?? "", code: "0001")
        desk.bring(BridgeDesk.state(agent: "busy", phone: "busy", call: BridgeDesk.callID, number: "13800138000"))
        #expect(desk.answer(to: ticket) == .success(.placed(VendorCallID("5001/7"))))
    }

    @Test("What the page never fetched was not sent, and is not sent any more")
    func unfetched() throws {
        var desk = BridgeDesk()
        desk.open()
        let request = try #require(desk.request())
        let ticket = desk.ask(.place(request))
        desk.pass(.seconds(11))
        #expect(desk.fetch().allSatisfy { $0["method"]?.text != "MakeCallAsync" })
        guard case .throttled? = desk.failure(of: ticket)?.meaning else {
            Issue.record("\(String(describing: desk.answer(to: ticket)))")
            return
        }
        #expect(desk.activity() == .idle)
    }

    @Test("A page that fetched a command too late says so, and nothing was dialled")
    func tooLate() {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, command) = desk.place()
        desk.answer(command?["id"]?.text ?? "", code: "bridge-too-late")
        guard case .throttled? = desk.failure(of: ticket)?.meaning else {
            Issue.record("it may be dialled again")
            return
        }
    }

    @Test("A command whose answer was lost is not handed out again after its time, nor after it was given up")
    func handedOutOnce() {
        for limit in [11, 16] {
            var desk = BridgeDesk()
            desk.open()
            let (ticket, command) = desk.place()
            #expect(command?["within"]?.integer == 10_000)
            desk.forgetFetched()
            desk.pass(.seconds(limit))
            #expect(desk.fetch().allSatisfy { $0["method"]?.text != "MakeCallAsync" })
            desk.pass(.seconds(16 - limit))
            #expect(desk.failure(of: ticket)?.meaning == .outcomeUnknown)
        }
    }

    @Test("How long a page has waited is told with what it is to do, and how long that is good for")
    func lifetimes() throws {
        var desk = BridgeDesk()
        desk.open()
        _ = desk.fetch()
        let session = desk.session(of: BridgeDesk.first)
        let poll = desk.visit(BridgeDesk.first, .commands(session: session, after: 99, wait: .seconds(25)))
        desk.pass(.seconds(8))
        let request = try #require(desk.request())
        _ = desk.ask(.place(request))
        let page = try #require(desk.page(poll))
        #expect(page["waited"]?.integer == 8000)
        guard case .array(let commands)? = page["commands"] else { return }
        #expect(commands.map { $0["within"]?.integer } == [10_000])
    }

    @Test("A page that says after all that it fetched a command too late settles that nothing was dialled")
    func tooLateAfterAll() throws {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, command) = desk.place()
        desk.pass(.seconds(15))
        #expect(desk.failure(of: ticket)?.meaning == .outcomeUnknown)
        let inquiry = desk.ask(.reconcile(try #require(desk.followed)))
        #expect(desk.answer(to: inquiry) == nil)
        desk.answer(command?["id"]?.text ?? "", code: "bridge-too-late")
        #expect(desk.answer(to: inquiry) == .success(.reconciled(.notFound)))
        #expect(desk.activity() == .idle)
        desk.bring(BridgeDesk.call("Originated"))
        #expect(desk.facts().isEmpty)
    }

    @Test("The chosen number is selected first where another is, in the place of a pool by its id")
    func selecting() {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, selection) = desk.place(callerID: "0202")
        #expect(selection?["method"]?.text == "SetSpNumberAsync")
        desk.answer(selection?["id"]?.text ?? "")
        let dial = desk.fetch().last
        #expect(dial?["method"]?.text == "MakeCallAsync")
        desk.answer(dial?["id"]?.text ?? "")
        #expect(desk.answer(to: ticket) == .success(.placed(VendorCallID("5001/7"))))
        desk.bring(BridgeDesk.call("ConnectionCleared"))
        #expect(desk.ending()?.shownCallerID == "101")
        #expect(desk.place(8, callerID: "0202").command?["method"]?.text == "MakeCallAsync")

        var pooled = BridgeDesk()
        pooled.open()
        pooled.floor.seats[0].numbers.isPooled = true
        pooled.floor.seats[0].numbers.ids = ["0101": "sp-1"]
        let (refused, command) = pooled.place(callerID: "0101")
        #expect(command?["method"]?.text == "SetSpNumberPoolNumAsync")
        pooled.answer(command?["id"]?.text ?? "", code: "0001")
        #expect(pooled.failure(of: refused)?.meaning == .refused(.notPlaced))
        #expect(pooled.fetch().isEmpty)
    }

    @Test("An agent who has selected no number shows the tenant's, which need not be selected then")
    func tenantNumber() {
        var desk = BridgeDesk()
        desk.begin()
        desk.bring(BridgeDesk.state())
        for command in desk.fetch() where command["method"]?.text == "GetCurrentSpNumberAsync" {
            desk.answer(command["id"]?.text ?? "")
        }
        let question = desk.fetch().last
        #expect(question?["method"]?.text == "GetCurrentSpNumberAsync")
        #expect(question?["args"] == .array([.object(["OwnerType": .string("app")])]))
        desk.answer(BridgeDesk.first, question?["id"]?.text ?? "", data: #""0202""#)
        #expect(desk.place(callerID: "0202").command?["method"]?.text == "MakeCallAsync")
    }

    @Test("An agent in a call of their own, and one who may not show the number, are not called for")
    func unready() throws {
        var desk = BridgeDesk()
        desk.open()
        let foreign = try #require(desk.request(callerID: "0909"))
        #expect(desk.refusal(.place(foreign))?.meaning == .refused(.notPlaced))
        desk.bring(BridgeDesk.call("Delivered", "other", number: "13900139000", workflow: "in"))
        #expect(desk.activity() == .busy)
        let request = try #require(desk.request())
        #expect(desk.refusal(.place(request))?.meaning == .refused(.notPlaced))
        let nobody = try #require(desk.request(agent: nil))
        #expect(desk.refusal(.place(nobody))?.meaning == .misconfigured)
        desk.bring(BridgeDesk.call("ConnectionCleared", "other", number: "13900139000", workflow: "in"))
        #expect(desk.activity() == .idle)
    }

    @Test("A call is hung up by its name, or as soon as it has one")
    func hangingUp() {
        var desk = BridgeDesk()
        desk.open()
        let live = LiveCall(attempt: AttemptID(7), vendorCall: nil)
        let (_, command) = desk.place()
        desk.answer(command?["id"]?.text ?? "")
        #expect(desk.outcome(.hangUp(live)) == .success(.done))
        #expect(desk.fetch().isEmpty)
        desk.bring(BridgeDesk.call("Originated"))
        let hangUp = desk.fetch()
        #expect(hangUp.map { $0["method"]?.text } == ["HangupAsync"])
        #expect(hangUp.first?["args"] == .array([.string(BridgeDesk.callID)]))
        desk.bring(BridgeDesk.call("ConnectionCleared"))
        #expect(desk.ending()?.outcome == .noAnswer)
        #expect(desk.outcome(.hangUp(live)) == .success(.done))
    }

    @Test(
        "A call that is to be ended is, however often the vendor declines or its page is lost on the way",
        arguments: ["0001", "", nil])
    func hangingUpAgain(code: String?) {
        var desk = BridgeDesk()
        desk.open()
        _ = desk.ring()
        #expect(desk.outcome(.hangUp(LiveCall(attempt: AttemptID(7), vendorCall: nil))) == .success(.done))
        let first = desk.fetch().last
        #expect(first?["method"]?.text == "HangupAsync")
        if let code {
            desk.answer(first?["id"]?.text ?? "", code: code)
            desk.pass(.seconds(5))
            #expect(desk.fetch().last?["method"]?.text == "ConnectAsync")
        } else {
            desk.bring(BridgeDesk.event("PageClosed", "{}"))
            desk.begin()
        }
        desk.bring(BridgeDesk.state(agent: "busy", phone: "busy", call: BridgeDesk.callID, number: "13800138000"))
        #expect(desk.fetch().contains { $0["method"]?.text == "HangupAsync" })
    }

    @Test("A call is ended that was to be while its page was away")
    func hangingUpWithoutPage() {
        var desk = BridgeDesk()
        desk.open()
        _ = desk.ring()
        desk.bring(BridgeDesk.event("Disconnected", "{}"))
        #expect(desk.outcome(.hangUp(LiveCall(attempt: AttemptID(7), vendorCall: nil))) == .success(.done))
        #expect(desk.fetch().isEmpty)
        desk.bring(BridgeDesk.state(agent: "busy", phone: "busy", call: BridgeDesk.callID, number: "13800138000"))
        #expect(desk.fetch().contains { $0["method"]?.text == "HangupAsync" })
    }

    @Test("A call that nobody answers is ended in the end")
    func endless() {
        var desk = BridgeDesk()
        desk.open()
        _ = desk.ring()
        for _ in 1...9 {
            desk.pass(.seconds(10))
            for command in desk.fetch() where command["method"]?.text == "ConnectAsync" {
                desk.answer(command["id"]?.text ?? "")
                desk.bring(BridgeDesk.state(agent: "busy", phone: "busy", call: BridgeDesk.callID))
            }
        }
        #expect(desk.fetch().isEmpty == false || desk.floor.seats[0].call?.isEndSent == true)
    }

    @Test("Supervisors' orders wait for the end of a call; interventions go to whose page they are for")
    func supervising() {
        var desk = BridgeDesk()
        desk.open()
        desk.open(BridgeDesk.second)
        _ = desk.ring()
        #expect(desk.outcome(.order(.sendOnBreak, BridgeDesk.first)) == .success(.done))
        #expect(desk.fetch().isEmpty)
        let listen = desk.ask(.intervene(.listen(phone: "5002"), BridgeDesk.first))
        let command = desk.fetch(BridgeDesk.second).last
        #expect(command?["method"]?.text == "EavesdropAsync")
        desk.answer(BridgeDesk.second, command?["id"]?.text ?? "", code: "0001")
        #expect(desk.failure(of: listen)?.meaning == .refused(.refused))
        func args(_ member: String, _ value: String) -> JSONValue {
            .array([.object(["CallId": .string(BridgeDesk.callID), member: .string(value)])])
        }
        _ = desk.ask(.intervene(.take(phone: "13700137000"), BridgeDesk.first))
        let toLine = desk.fetch().last
        #expect(toLine?["method"]?.text == "TransferAsync" && toLine?["args"] == args("AgentPhone", "13700137000"))
        _ = desk.ask(.intervene(.take(phone: "5002"), BridgeDesk.first))
        let byPage = desk.fetch(BridgeDesk.second).last
        #expect(byPage?["method"]?.text == "SubstituteAsync" && byPage?["args"] == args("AgentId", "5001"))
        desk.bring(BridgeDesk.second, BridgeDesk.event("PageClosed", "{}"))
        _ = desk.ask(.intervene(.take(phone: "5002"), BridgeDesk.first))
        let toAgent = desk.fetch().last
        #expect(toAgent?["method"]?.text == "TransferAsync" && toAgent?["args"] == args("AgentId", "5002"))
        desk.bring(BridgeDesk.call("ConnectionCleared"))
        let order = desk.fetch().last
        #expect(order?["method"]?.text == "SetAgentStateAsync" && order?["args"] == .array([.string("onBreak")]))
    }
}
