import DialModel
import EventWire
import Telephony
import Testing

@testable import UdeskVendor

@Suite("What Udesk writes and what is written to it")
struct WireTests {
    @Test(
        "Times have a zone or mean the vendor's home, and whatever is no time is none",
        arguments: [
            ("2018-03-22 11:48:05 +0800", 1_521_690_485), ("2018-03-22 11:48:05", 1_521_690_485),
            ("2018-03-22T03:48:05Z", 1_521_690_485), ("2018-03-22 03:48:05 UTC", 1_521_690_485),
            ("2017-10-11T20:35:37.000+08:00", 1_507_725_337), ("2018-03-21 20:48:05 -0700", 1_521_690_485),
            ("2018-13-22 11:48:05 +0800", nil), ("2018-03-22", nil), ("", nil), ("2018-03-22 11:48:05 +08", nil),
            ("0000-00-00 00:00:00", nil),
        ] as [(String, Int64?)])
    func times(text: String, seconds: Int64?) {
        #expect(WireTime.instant(text) == seconds.map { Timestamp(milliseconds: $0 * 1000) })
    }

    @Test("A span of time is asked for by the vendor's clocks")
    func home() {
        #expect(WireTime.text(Timestamp(milliseconds: 1_521_690_485_900)) == "2018-03-22 11:48:05")
    }

    @Test("A callback names customer, relay number and attempt, as the documents' example does")
    func callback() throws {
        let request = CallRequest(
            attempt: AttemptID(7), number: try #require(PhoneNumber(e164: "+8613666666666")), prefix: "",
            callerID: nil, agent: nil, notAfter: Timestamp(milliseconds: 0))
        let body = String(decoding: WebCallback.body(request, relay: "01086465040"), as: UTF8.self)
        #expect(
            body == #"{"from_number":"13666666666","to_number":"01086465040","variables":{"attempt_id":"7"}}"#)
    }

    @Test(
        "Numbers are dialled as inside China, with the prefix before them",
        arguments: [
            ("+8613800138000", "9", "913800138000"), ("+861080000001", "", "01080000001"),
            ("+864001234567", "", "4001234567"), ("+12015550123", "", "0012015550123"),
        ])
    func numbers(e164: String, prefix: String, expected: String) throws {
        let number = CalleeSpelling(try #require(PhoneNumber(e164: e164)))
        #expect(prefix + number.text == expected)
        #expect(number.isWritten(as: expected))
        #expect(!number.isContradicted(by: "********"))
        #expect(number.isContradicted(by: "13999999999"))
    }

    @Test(
        "Hidden digits leave open whose number it is, as far as the others agree",
        arguments: [
            ("138****8000", false), ("0138****8000", false), ("+86 138****8000", false), ("138…8000", false),
            ("13800138***", false), ("138****8001", true), ("139****8000", true), ("139…8001", true),
        ])
    func hidden(spelling: String, isContradicted: Bool) throws {
        let number = CalleeSpelling(try #require(PhoneNumber(e164: "+8613800138000")))
        #expect(number.isContradicted(by: spelling) == isContradicted)
    }

    @Test(
        "A push may be JSON or a form, and its variables an object or the text of one",
        arguments: [
            #"{"call_id":"c1","customer_phone":"13800138000","ivr_variables":"{\"attempt_id\":\"7\"}","agent_id":78}"#,
            #"{"call_id":"c1","customer_phone":"13800138000","ivr_variables":{"attempt_id":7},"agent_id":"78"}"#,
            "call_id=c1&customer_phone=13800138000&ivr_variables=%7B%22attempt_id%22%3A%227%22%7D&agent_id=78",
        ])
    func pushes(body: String) throws {
        let event = try #require(CallEvent(body: Array(body.utf8)))
        #expect(event.callID == "c1")
        #expect(event.mark == "7")
        #expect(event.customerPhone == "13800138000")
        #expect(event.agent == AgentID("78"))
        #expect(!event.isOver)
    }

    @Test(
        "What names no call is no event",
        arguments: ["", "{}", "[]", "null", "hello", #"{"workflow":"in"}"#, "workflow=in", "\u{0}=\u{1}", "=", "&&"])
    func noEvents(body: String) {
        #expect(CallEvent(body: Array(body.utf8)) == nil)
    }

    @Test("The agents of the documents' example are all offline, and other states mean what they say")
    func agents() throws {
        let text = """
            {"code":1000,"data":[{"id":1,"nick_name":"agent1","avatar":null,"duty":null,"ticket_receive_status":true,
            "im_status":"busy","call_status":"offline","mpv_status":"idle"},
            {"id":2,"nick_name":"agent2","avatar":null,"duty":null,"ticket_receive_status":true,"im_status":"offline",
            "call_status":"idle","mpv_status":"online"},{"id":2,"call_status":"busy"},{"nick_name":"nobody"}]}
            """
        let members = try #require(JSONValue(parsing: Array(text.utf8)))
        #expect(
            MonitoredAgent.observations(in: members) == [
                AgentObservation(id: AgentID("1"), name: "agent1", activity: .offline, since: nil),
                AgentObservation(id: AgentID("2"), name: "agent2", activity: .idle, since: nil),
            ])
        #expect(MonitoredAgent.activity("busy") == .busy)
        #expect(MonitoredAgent.activity("online") == .onBreak)
        #expect(MonitoredAgent.activity("new word") == .busy)
        #expect(MonitoredAgent.observations(in: .object(["code": .number("1000")])) == nil)
    }

    @Test("Relay numbers may be texts, numbers or objects")
    func relays() throws {
        let text = #"{"items":["01086465040",4001234567,{"id":3,"number":"02180000001"},{"id":4}]}"#
        let members = try #require(JSONValue(parsing: Array(text.utf8)))
        #expect(RelayNumbers.numbers(in: members) == ["01086465040", "4001234567", "02180000001"])
    }

    @Test(
        "Causes mean what the table says, and those that it lacks no answer",
        arguments: [
            ("您拨打的号码是空号", .invalidNumber), ("用户忙", .busy), ("正在通话中", .busy), ("已关机", .unreachable), ("用户拒接", .rejected),
            ("无人接听", .noAnswer), ("其他", .noAnswer), (nil, .noAnswer),
        ] as [(String?, CallOutcome)])
    func causes(cause: String?, outcome: CallOutcome) {
        #expect(FailureWord.assumed.outcome(of: cause) == outcome)
    }

    @Test(
        "Each answer has its treatment (vendors/alibaba-udesk.md, B4)",
        arguments: [
            (429, #"{"code":2005}"#, .throttled), (200, #"{"code":2005,"message":"请求频率过高"}"#, .throttled),
            (401, "", .notAllowed), (403, #"{"code":403}"#, .notAllowed), (200, #"{"code":401}"#, .notAllowed),
            (404, "<html>", .noSuchOperation), (410, "", .noSuchOperation), (400, #"{"code":2000}"#, .declined),
            (422, "", .declined), (500, #"{"code":500}"#, .doubtful), (502, "", .doubtful),
            (200, #"{"code":9999}"#, .doubtful), (200, #"{"code":2000}"#, .declined), (200, "", .doubtful),
            (202, #"{"accepted":true}"#, nil), (200, #"{"code":1000}"#, nil), (200, #"{"code":"1000"}"#, nil),
        ] as [(Int, String, Treatment?)])
    func treatments(status: Int, body: String, expected: Treatment?) {
        let answer = OpenAPIAnswer(HTTPResponse(status: status, headers: [], body: Array(body.utf8)))
        switch answer {
        case .members: #expect(expected == nil)
        case .failure(let failure): #expect(failure.treatment(refusalCodes: ["2000"]) == expected)
        }
    }
}
