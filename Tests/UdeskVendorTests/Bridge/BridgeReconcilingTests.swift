import DialModel
import EventWire
import Telephony
import Testing

@testable import UdeskVendor

@Suite("Calls of agents' pages whose fate is unknown")
struct BridgeReconcilingTests {
    /// A floor whose page fetched a command and went away.
    private func doubtful(by item: String) throws -> (BridgeDesk, Ticket) {
        var desk = BridgeDesk()
        desk.open()
        let (ticket, _) = desk.place()
        desk.bring(item)
        #expect(desk.failure(of: ticket)?.meaning == .outcomeUnknown)
        return (desk, ticket)
    }

    private static let losses = [BridgeDesk.event("PageClosed", "{}"), BridgeDesk.event("Disconnected", "{}")]

    @Test("While no page can say so, nobody knows; once one shows no call, there is none", arguments: losses)
    func notFound(item: String) throws {
        var (desk, _) = try doubtful(by: item)
        let followed = try #require(desk.followed)
        #expect(desk.refusal(.reconcile(followed))?.meaning == .unavailable)
        desk.pass(.seconds(10))
        desk.open()
        #expect(desk.outcome(.reconcile(followed)) == .success(.reconciled(.notFound)))
        #expect(desk.facts().isEmpty && desk.activity() == .idle)
    }

    @Test("A state without a call right after the loss settles nothing: the call may be on its way", arguments: losses)
    func tooSoon(item: String) throws {
        var (desk, _) = try doubtful(by: item)
        let followed = try #require(desk.followed)
        desk.open()
        let inquiry = desk.ask(.reconcile(followed))
        #expect(desk.answer(to: inquiry) == nil)
        #expect(desk.activity() == .busy)
        desk.pass(.seconds(5))
        _ = desk.fetch()
        desk.bring(BridgeDesk.state())
        #expect(desk.answer(to: inquiry) == .success(.reconciled(.notFound)))
    }

    @Test("A call that the vendor shows is found and followed to its end", arguments: losses)
    func found(item: String) throws {
        var (desk, _) = try doubtful(by: item)
        desk.begin()
        desk.bring(BridgeDesk.state(agent: "busy", phone: "busy", call: BridgeDesk.callID, number: "013800138000"))
        let followed = try #require(desk.followed)
        #expect(
            desk.outcome(.reconcile(followed)) == .success(.reconciled(.found(VendorCallID("5001/7"), [])))
        )
        desk.bring(BridgeDesk.call("Established"))
        desk.bring(BridgeDesk.call("ConnectionCleared"))
        #expect(desk.ending()?.outcome == .connected)
    }

    @Test("A call that comes after it was given up is the one all the same")
    func late() throws {
        var (desk, _) = try doubtful(by: Self.losses[0])
        desk.pass(.seconds(10))
        desk.open()
        desk.bring(BridgeDesk.call("Established"))
        #expect(desk.facts() == [.answered(.unknown), .connected(BridgeDesk.first)])
    }

    @Test("A call to somebody else is not taken for it")
    func strangers() throws {
        var (desk, _) = try doubtful(by: Self.losses[0])
        desk.pass(.seconds(10))
        desk.begin()
        desk.bring(BridgeDesk.state(agent: "busy", phone: "busy", call: "other", number: "13900139000"))
        let followed = try #require(desk.followed)
        #expect(desk.outcome(.reconcile(followed)) == .success(.reconciled(.notFound)))
        #expect(desk.activity() == .busy)
    }

    @Test("A call from the callee to the agent is not taken for ours", arguments: ["Inbound", "Internal"])
    func incoming(direction: String) throws {
        var (desk, _) = try doubtful(by: Self.losses[0])
        desk.pass(.seconds(10))
        desk.begin()
        desk.bring(
            BridgeDesk.state(
                agent: "busy", phone: "busy", call: "theirs", number: "13800138000", direction: direction))
        let followed = try #require(desk.followed)
        #expect(desk.outcome(.reconcile(followed)) == .success(.reconciled(.notFound)))
        desk.bring(BridgeDesk.call("Established", "theirs", workflow: "in"))
        #expect(desk.facts().isEmpty && desk.activity() == .busy)
    }

    @Test("An agent's own call is not taken for ours by a hidden number that ends otherwise")
    func hidden() throws {
        var (desk, _) = try doubtful(by: Self.losses[0])
        desk.pass(.seconds(10))
        desk.begin()
        desk.bring(BridgeDesk.state(agent: "busy", phone: "busy", call: "own", number: "139****9000"))
        let followed = try #require(desk.followed)
        #expect(desk.outcome(.reconcile(followed)) == .success(.reconciled(.notFound)))
    }

    @Test("An end that was lost follows from the vendor's state", arguments: [true, false])
    func lostEnd(wasEstablished: Bool) {
        var desk = BridgeDesk()
        desk.open()
        _ = desk.ring()
        if wasEstablished { desk.bring(BridgeDesk.call("Established")) }
        desk.bring(BridgeDesk.event("PhoneStateChanged", #"[{"CallID":"","CurState":"idle"}]"#))
        #expect(desk.ending() == nil)
        desk.pass(.seconds(1))
        #expect(desk.fetch().last?["method"]?.text == "ConnectAsync")
        desk.bring(BridgeDesk.state())
        #expect(desk.ending()?.outcome == (wasEstablished ? .connected : .unknown))
        #expect(desk.ending()?.talk == nil)
    }

    @Test("Of a call of which nothing is heard the vendor is asked")
    func quiet() {
        var desk = BridgeDesk()
        desk.open()
        _ = desk.ring()
        for _ in 1...4 {
            desk.pass(.seconds(10))
            #expect(desk.fetch().isEmpty)
        }
        desk.pass(.seconds(5))
        #expect(desk.fetch().map { $0["method"]?.text } == ["ConnectAsync"])
    }

    @Test("A call whose agent's page is gone is over once another page sees the agent idle, or after half an hour")
    func absent() throws {
        var desk = BridgeDesk()
        desk.open()
        desk.open(BridgeDesk.second)
        _ = desk.ring()
        desk.bring(BridgeDesk.call("Established"))
        desk.bring(BridgeDesk.event("PageClosed", "{}"))
        #expect(desk.ending() == nil)
        desk.pass(.seconds(30))
        let question = try #require(desk.fetch(BridgeDesk.second).last)
        #expect(question["method"]?.text == "GetOtherAgentsAsync")
        desk.answer(BridgeDesk.second, question["id"]?.text ?? "", data: #"[{"AgentId":"5003"}]"#)
        #expect(desk.ending() == nil)
        var patient = desk
        patient.pass(.seconds(1800))
        #expect(patient.ending()?.outcome == .connected)
        desk.pass(.seconds(30))
        let again = try #require(desk.fetch(BridgeDesk.second).last)
        desk.answer(BridgeDesk.second, again["id"]?.text ?? "", data: #"[{"AgentId":"5001","State":1}]"#)
        #expect(desk.ending()?.outcome == .connected)
    }

    @Test("However long ago a call was claimed, each run gives the pages ten minutes to come and tell of it")
    func longAgo() throws {
        var desk = BridgeDesk()
        var unnamed = try #require(desk.followed)
        unnamed.placedAfter = BridgeDesk.start - .seconds(720)
        var named = unnamed
        named.vendorCall = VendorCallID("5002/7")
        for wait in [Duration.seconds(599), .seconds(1)] {
            #expect(desk.refusal(.reconcile(unnamed))?.code == "NoPage")
            #expect(desk.refusal(.reconcile(named))?.code == "NoPage")
            desk.pass(wait)
        }
        #expect(desk.outcome(.reconcile(unnamed)) == .success(.reconciled(.notFound)))
        guard case .success(.reconciled(.found(VendorCallID("5002/7"), let facts)))? = desk.outcome(.reconcile(named))
        else {
            Issue.record("a call that was placed is found")
            return
        }
        #expect(facts.count == 1)
    }

    @Test("A call of an earlier run is found at the agent who is in it, and nowhere only once all have shown that")
    func earlierRuns() throws {
        var desk = BridgeDesk()
        let followed = try #require(desk.followed)
        #expect(desk.refusal(.reconcile(followed))?.code == "NoPage")
        desk.open()
        #expect(desk.refusal(.reconcile(followed))?.code == "NoPage")
        var other = desk
        desk.open(BridgeDesk.second)
        #expect(desk.outcome(.reconcile(followed)) == .success(.reconciled(.notFound)))
        other.begin(BridgeDesk.second)
        other.bring(
            BridgeDesk.second,
            BridgeDesk.state(agent: "busy", phone: "busy", call: BridgeDesk.callID, number: "13800138000"))
        #expect(
            other.outcome(.reconcile(followed))
                == .success(.reconciled(.found(VendorCallID("5002/7"), []))))
        var named = followed
        named.vendorCall = VendorCallID("5001/7")
        let inquiry = desk.ask(.reconcile(named))
        _ = desk.fetch()
        desk.bring(BridgeDesk.state())
        guard case .success(.reconciled(.found(_, let facts)))? = desk.answer(to: inquiry) else {
            Issue.record("a call that was placed is found")
            return
        }
        #expect(facts.count == 1)
    }
}
