import DialModel
import EventWire
import Telephony
import Testing

@testable import WellVendor

@Suite("Well's requests and answers")
struct WireTests {
    private static let login = AgentLogin(agent: AgentID("5001"), password: Secret("p&w +1"), phone: "8001")
    private static let address = AgentAddress(login, domain: "test.cc")
    private static let leg = CallLeg(callID: "6aee1dda-d4a2", device: "8001@test.cc")

    @Test("A call carries what the vendor's documents ask for, and cpa as a text")
    func writesMakeCall() throws {
        let number = try #require(PhoneNumber(e164: "+8613800138000"))
        var request = CallRequest(
            attempt: AttemptID(42), number: number, prefix: "9", callerID: "01080000001", agent: AgentID("5001"),
            classifiesAnswer: true, notAfter: Timestamp(milliseconds: 0))
        let dialled = DialledNumber.text(number, prefix: "9")
        let full = WellOperation.makeCall(request, dialled: dialled, from: Self.address.device)
        #expect(full.method == "POST" && full.path == "/api/csta/callControl/calls" && full.connection == .fresh)
        #expect(
            full.body
                == [
                    "from": "8001@test.cc", "to": "913800138000", "originForDisplay": "01080000001", "cpa": "1",
                    "contextId": "{\"attemptId\":\"42\"}", "destForDisplay": "+86138****8000",
                ].json)
        request.callerID = nil
        request.classifiesAnswer = false
        let bare = WellOperation.makeCall(request, dialled: dialled, from: Self.address.device)
        #expect(bare.body?["originForDisplay"] == nil && bare.body?["cpa"] == nil)
    }

    @Test(
        "Numbers are dialled in the national form behind the prefix",
        arguments: [
            ("+8613800138000", "9", "913800138000"), ("+861080000001", "9", "901080000001"),
            ("+864001234567", "", "4001234567"), ("+442079460000", "9", "900442079460000"),
        ])
    func dialsNationally(e164: String, prefix: String, dialled: String) throws {
        #expect(DialledNumber.text(try #require(PhoneNumber(e164: e164)), prefix: prefix) == dialled)
    }

    @Test("A leg is named by device and call, with the bar encoded and the at sign not")
    func writesLegs() {
        let path = "/api/csta/callControl/calls/6aee1dda-d4a2/connections/8001@test.cc%7C6aee1dda-d4a2"
        let drop = WellOperation.drop(Self.leg)
        #expect(drop.method == "DELETE" && drop.path == path && drop.body == nil)
        let transfer = WellOperation.transfer(Self.leg, to: "8002")
        #expect(transfer.path == path + "/singleStepTransfer" && transfer.body == ["transferTo": "8002"].json)
        let join = WellOperation.join(Self.leg, by: "8002")
        #expect(join.path == path + "/singleStepConference")
        #expect(join.body == ["conferenceParticipant": "8002", "participationType": "Active"].json)
        let listen = WellOperation.listen(to: "6aee1dda-d4a2", at: "8002@test.cc")
        #expect(listen.path == "/api/csta/callControl/calls/6aee1dda-d4a2/spy?deviceId=8002@test.cc")
        let (hold, retrieve) = (WellOperation.hold(Self.leg), WellOperation.retrieve(Self.leg))
        #expect(hold.path == path + "/hold" && retrieve.path == path + "/retrieve")
        #expect(hold.method == "POST" && hold.body == nil && retrieve.body == nil)
        let record = WellOperation.recording(.start, at: "8001@test.cc")
        #expect(record.path == "/api/csta/callControl/recording/Start?extension=8001@test.cc" && record.body == nil)
        let stop = WellOperation.recording(.stop, at: "8001@test.cc")
        #expect(stop.path == "/api/csta/callControl/recording/Stop?extension=8001@test.cc" && stop.method == "POST")
        let consult = WellOperation.consult(Self.leg, with: "8002")
        #expect(consult.path == path + "/consult" && consult.body == ["consultationParticipant": "8002"].json)
        let settled = WellOperation.ConsultationStep.allCases.map { WellOperation.settle("c-2", by: $0, of: Self.leg) }
        #expect(settled.map(\.path) == ["cancelConsult", "conference", "transfer"].map { path + "/" + $0 })
        #expect(settled.allSatisfy { $0.body == ["consultCallId": "c-2"].json })
        for operation in [drop, transfer, join, listen, hold, retrieve, record, stop, consult] + settled {
            #expect(operation.connection == .fresh && operation.isUrgent)
        }
    }

    @Test("Signing in, changing the mode and signing out name agent and phone with the domain")
    func writesAgentStates() {
        let session = Secret("s-1")
        let logIn = WellOperation.logIn(Self.address, password: Secret("123456"), mode: .notReady, session: session)
        #expect(
            logIn.body
                == [
                    "loginId": "5001@test.cc", "device": "8001@test.cc", "password": "123456", "agentMode": "NotReady",
                    "func": "Login", "sessionId": "s-1",
                ].json)
        let mode = WellOperation.setMode(.ready, of: Self.address)
        #expect(
            mode.body
                == [
                    "func": "SetState", "device": "8001@test.cc", "agentMode": "Ready", "namespace": "test.cc",
                    "reason": "",
                    "agentId": "5001@test.cc",
                ].json)
        let logOut = WellOperation.logOut(Self.address, session: session)
        #expect(logOut.body == ["func": "Logout", "agentId": "5001@test.cc", "sessionId": "s-1"].json)
        for operation in [logIn, mode, logOut] { #expect(operation.path == "/api/csta/agent/state") }
        #expect(Self.address.topic == "/topic/event.agent.*.5001@test_cc")
        #expect(WellOperation.heartbeat(Self.address).path == "/api/csta/agent/heartbeat/5001@test.cc")
        #expect(
            WellOperation.agentRecord(Self.address).path
                == "/api/operation/operation/tenants/test.cc/agents/5001@test.cc")
    }

    @Test("The login form is escaped, and its answer read")
    func writesLoginForms() {
        let form = String(decoding: LoginService.body(Self.login, domain: "test.cc"), as: UTF8.self)
        #expect(form == "username=5001&password=p%26w%20%2B1&namespace=test.cc")
        #expect(LoginService.session(in: Array(#"{"sessionId":"abc"}"#.utf8)) == Secret("abc"))
        #expect(LoginService.session(in: Array("<html>".utf8)) == nil)
    }

    @Test("The prefixes of a record are told once each, in order")
    func readsPrefixes() {
        let record = #"{"agentTrunks":[{"scanPrefix":"9"},{"scanPrefix":6},{"scanPrefix":"9"},{"trunk":"x"}]}"#
        #expect(WellOperation.prefixes(in: Array(record.utf8)) == ["9", "6"])
        #expect(WellOperation.prefixes(in: Array("{}".utf8)) == [])
        #expect(WellOperation.callID(in: Array(#"{"callId":"82778900-33af"}"#.utf8)) == "82778900-33af")
        #expect(WellOperation.callID(in: []) == nil)
    }

    @Test("The documents' example of a failed call is read")
    func readsFailedCalls() throws {
        let example = """
            {"eventName":"failed","eventTime":"2018.11.09 14:20:20","eventType":"csta","serial":1379070,
            "namespace":"test.cc","srcDeviceId":"8003@test.cc","callId":"c-1","deviceId":"913800000000@test.cc",
            "localState":"Fail","connectionId":"8003@test.cc|c-1","cause":"Failed",
            "calledDevice":"913800000000@test.cc","failedCode":"1","failedMsg":"busy now","params":{},"_type":"x"}
            """
        let event = try #require(WellEvent(Array(example.utf8)))
        #expect(event.name == .failed && event.serial == 1_379_070 && event.callID == "c-1")
        #expect(event.failedCode == "1" && event.failedMessage == "busy now" && event.subscriber == "8003@test.cc")
        // 14:20:20 in China.
        #expect(event.at == Timestamp(iso8601: "2018-11-09T06:20:20Z"))
        #expect(WellEvent(Array(#"{"eventName":"ChannelStateChangedEvent"}"#.utf8)) == nil)
        #expect(WellEvent(Array("hello".utf8)) == nil)
    }

    @Test(
        "Calls that became one are named by their ids, or by objects with those, and 0 is none",
        arguments: [
            (#""primaryOldCall":"c-1","secondaryOldCall":"c-2","newCall":"c-3""#, ["c-1", "c-2"]),
            (#""primaryOldCall":"0","secondaryOldCall":"c-2","newCall":"c-3""#, ["c-2"]),
            (#""primaryOldCall":0,"newCall":{"callId":"c-3"}"#, []),
            (
                #""primaryOldCall":{"callId":"c-1"},"secondaryOldCall":{"callId":"c-2"},"newCall":"c-3""#,
                ["c-1", "c-2"]
            ),
        ])
    func readsMergedCalls(members: String, old: [String]) throws {
        let event = try #require(WellEvent(Array("{\"eventName\":\"conferenced\",\(members)}".utf8)))
        #expect(event.oldCalls == old)
        #expect(event.newCall == "c-3")
    }

    @Test("Only extensions may be called without the campaign's rules: those that look so, and the phones of logins")
    func knowsExtensions() {
        let account = WellAccount(
            name: "well", endpoint: "", eventURL: "", loginURL: "", domain: "test.cc",
            logins: [AgentLogin(agent: AgentID("5001"), password: Secret("x"), phone: "6001")])
        for phone in ["8001", "800123", "8001@test.cc", "6001"] { #expect(account.isInternal(phone), "\(phone)") }
        for phone in ["6002", "801", "8001234", "913800138000", "8001@other.cc", "8001@test.cc@test.cc", "8a01", ""] {
            #expect(!account.isInternal(phone), "\(phone)")
        }
    }

    @Test("A time that is no older than events are counts as of the arrival, and a late one as it says")
    func readsTimes() {
        let arrival = Timestamp(milliseconds: 1_700_000_010_500)
        func instant(_ age: Duration) -> Timestamp { WireTime.instant(arrival - age, arrivedAt: arrival) }
        #expect(WireTime.instant(nil, arrivedAt: arrival) == arrival)
        #expect(instant(.milliseconds(1500)) == arrival)
        #expect(instant(.seconds(5)) == arrival - .seconds(5))
        // Another zone or another clock.
        #expect(instant(.seconds(3600)) == arrival)
        #expect(instant(.seconds(-30)) == arrival)
        for odd in ["2018-13-09 14:20:20", "2018.11.09", "14:20:20", "2018.11.09 25:00:00", ""] {
            #expect(WireTime.instant(.string(odd)) == nil, "\(odd)")
        }
    }

    @Test("The vendor's state says whether the agent is signed in, and in which call")
    func readsClientStates() throws {
        let answer = """
            {"agent":{"agentId":"5001@test.cc","extensionId":"8001@test.cc","agentMode":"NotReady","activeCall":{
            "callId":"c-1","ani":"8001@test.cc","dnis":"913800138000","otherSide":"913800138000@test.cc",
            "state":"Connect","answerTime":"2018.11.09 14:20:20"}},"extension":{}}
            """
        let state = try #require(ClientState(Array(answer.utf8)))
        #expect(state.isSignedIn(as: Self.address) && state.mode == .notReady)
        #expect(state.activeCall?.callID == "c-1" && state.activeCall?.isAnswered == true)
        #expect(state.activeCall?.otherSides.contains("913800138000") == true)
        let other = AgentAddress(
            AgentLogin(agent: AgentID("5001"), password: Secret(""), phone: "8002"), domain: "test.cc")
        #expect(!state.isSignedIn(as: other))
        let idle = #"{"agent":{"agentId":"5001","agentMode":"Logout","activeCall":{"callId":"c","state":"Idle"}}}"#
        let out = try #require(ClientState(Array(idle.utf8)))
        #expect(!out.isSignedIn(as: Self.address) && out.activeCall == nil)
    }

    @Test(
        "Each status has its treatment",
        arguments: [
            (401, Treatment.stopsAgent), (423, .stopsAgent), (426, .sessionExpired), (451, .phoneAbsent),
            (452, .stopsAgent),
            (453, .stopsAgent), (454, .alreadySignedIn), (455, .alreadySignedIn), (456, .notNow), (457, .stopsAgent),
            (458, .signedOut), (459, .stopsAgent), (460, .notNow), (461, .licencesUsedUp), (462, .notNow),
            (465, .quotaUsedUp), (466, .harmless), (483, .stopsAgent), (400, .refused), (429, .refused), (500, .failed),
            (302, .failed),
        ])
    func treatsStatuses(status: Int, treatment: Treatment) {
        #expect(StatusTable.treatment(of: status) == treatment)
        #expect(!StatusTable.words(for: status).isEmpty)
    }

    @Test("Codes that only records carry, or that no table has, have outcomes too")
    func mapsRareCodes() {
        #expect(FailureTable.outcome(ofCode: "-3") == .congestion)
        #expect(FailureTable.outcome(ofCode: "-4") == nil)
        #expect(FailureTable.outcome(ofCode: "-1") == .unknown)
        #expect(FailureTable.outcome(ofCode: "99") == .unknown)
        #expect(FailureTable.outcome(ofCause: nil) == .noAnswer)
        #expect(FailureTable.outcome(ofCause: "MEDIA_TIMEOUT") == .unknown)
    }
}

extension [String: String] {
    fileprivate var json: JSONValue { .object(mapValues { .string($0) }) }
}
