import DialModel
import EventWire
import Testing

@testable import UdeskVendor

@Suite("What the bridge and the SDK say to each other")
struct BridgeWireTests {
    @Test(
        "A token is what the vendor's own examples have",
        arguments: [
            (
                "18a58d6d-2b4e-44de-5725-31b9e5dbb4b4", "secret-37a4123c-538f-4b91-69c1-3fd15500c9b2", 1_496_631_984,
                "6d9faaab002f49b2a9b8c634279a7e29414ea1cb"
            ),
            (
                "a54a8b77-f12d-4ac9-742d-5b2bef5c4d11", "secret-1234567890abc", 1_612_513_422,
                "e44a3e72aa3bd8cb903f72eacd4126682d1e7ff7"
            ),
        ])
    func tokens(appID: String, secret: String, seconds: Int64, token: String) {
        #expect(ConnectionToken.sign(appID: appID, secret: Secret(secret), seconds: seconds) == token)
    }

    @Test("The methods are spelt as the documents have them")
    func commands() {
        func text(_ command: SDKCommand) -> String { command.wire(seq: 1, id: "c1", within: 9000).serialized }
        #expect(
            text(.makeCall("13800138000", attempt: AttemptID(7)))
                == #"{"args":["13800138000",{"BizId":"7"}],"id":"c1","method":"MakeCallAsync","seq":1,"within":9000}"#)
        #expect(text(.hangUp("x")) == #"{"args":["x"],"id":"c1","method":"HangupAsync","seq":1,"within":9000}"#)
        #expect(
            text(.setState("onBreak", sub: 101))
                == #"{"args":["onBreak",101],"id":"c1","method":"SetAgentStateAsync","seq":1,"within":9000}"#)
        #expect(
            text(.setSpNumber("0101"))
                == #"{"args":[{"DisplayNumber":"0101","OwnerType":"agent"}],"id":"c1","method":"SetSpNumberAsync","seq":1,"within":9000}"#
        )
        #expect(
            text(.selectNumber(id: "9"))
                == #"{"args":[{"id":"9","type":1}],"id":"c1","method":"SetSpNumberPoolNumAsync","seq":1,"within":9000}"#
        )
        #expect(
            text(.idleAgents)
                == #"{"args":[{"State":"idle"}],"id":"c1","method":"GetOtherAgentsAsync","seq":1,"within":9000}"#)
    }

    private func event(_ name: String, _ data: String) throws -> SDKEvent? {
        let payload = #"{"Code":"0000","Message":"","Visible":false,"Data":\#(data)}"#
        return SDKEvent(name: name, payload: try #require(JSONValue(parsing: Array(payload.utf8))))
    }

    @Test("Data is one object or a list with one, whatever the event")
    func quirks() throws {
        let news = #"{"CallID":"c","WorkFlow":"in","CustomerInfo":{"Number":"138"},"DisplayNum":"0101"}"#
        for data in [news, "[\(news)]"] {
            guard case .call(let call)? = try event("Delivered", data) else {
                Issue.record("no call in \(data)")
                return
            }
            #expect(call.call == "c" && call.customer == "138" && call.shown == "0101" && !call.isOutbound)
        }
        for data in [#"{"CurState":"busy"}"#, #"[{"CurState":"busy"}]"#] {
            #expect(try event("AgentStateChanged", data) == .agent("busy"))
        }
        #expect(
            try event("Ready", #"[{"CurExtState":"offline","CurMode":"voip","CurState":"busy"}]"#)
                == .ready(agent: "busy", phone: "offline"))
        #expect(
            try event("PhoneStateChanged", #"[{"CallID":"","CurState":"busy"}]"#)
                == .phoneInCall(state: "busy", call: nil))
        #expect(try event("PhoneModeChanged", #"[{"CurContact":"voip","CurExtState":"idle"}]"#) == .phone("idle"))
    }

    @Test("The event of a call is the same in its short and in its long form, cities or not")
    func longForm() throws {
        let data = #"""
            {"AdvancedCallStatus":"Originated","AgentInfo":{"TelNumber":"90310468561028"},"CallAuthority":{"AllowHold":false},
            "CallDirection":"Outbound","CallEvent":"Originated","CallID":"ea64","CallType":"OtherIn",
            "CalledInfo":{"TelNumber":"15712886965","City":"北京"},"ChannelUUID":"42de",
            "CustomerInfo":{"TelNumber":"15712886965","City":"北京"},"DisplayInfo":{"TelNumber":"051480114036","City":"扬州市"},
            "WorkFlow":"out_callback"}
            """#
        guard case .call(let call)? = try event("AdvancedCallStatusChanged", data) else {
            Issue.record("no call")
            return
        }
        #expect(call.kind == .originated && call.call == "ea64" && call.channel == "42de" && call.isOutbound)
        #expect(call.customer == "15712886965" && call.shown == "051480114036")
        #expect(try event("AdvancedCallStatusChanged", #"{"CallEvent":"Somewhat","CallID":"x"}"#) == nil)
    }

    @Test("A call goes out only if its direction, its work flow and its kind allow it")
    func directions() throws {
        let cases: [(name: String, members: String, isOutbound: Bool)] = [
            ("Established", #","WorkFlow":"out_callback","CallDirection":"Outbound""#, true),
            ("Established", #","WorkFlow":"out_callback","CallDirection":"Inbound""#, false),
            ("Established", #","WorkFlow":"in","CallDirection":"Outbound""#, false), ("Established", "", true),
            ("Delivered", "", false), ("Delivered", #","WorkFlow":"out_direct""#, true),
        ]
        for (name, members, isOutbound) in cases {
            guard case .call(let call)? = try event(name, #"{"CallID":"c"\#(members)}"#) else {
                Issue.record("no call in \(members)")
                continue
            }
            #expect(call.isOutbound == isOutbound, "\(name) \(members)")
        }
        guard case .state(let state)? = try event("GetState", #"{"CallID":"c","CallDirection":"Inbound"}"#) else {
            Issue.record("no state")
            return
        }
        #expect(state.isOutbound == false)
    }

    @Test("Events that say nothing, failed, or are unknown mean nothing")
    func meaningless() throws {
        #expect(try event("Originated", "null") == nil)
        #expect(try event("SomethingNew", #"{"CallID":"x"}"#) == nil)
        let failed = try #require(JSONValue(parsing: Array(#"{"Code":"0001","Data":{"CurState":"idle"}}"#.utf8)))
        #expect(SDKEvent(name: "AgentStateChanged", payload: failed) == nil)
    }

    @Test("The vendor's words are passed on only where it says that they may be shown")
    func visibility() throws {
        func answer(_ text: String) throws -> SDKAnswer {
            SDKAnswer(try #require(JSONValue(parsing: Array(text.utf8))))
        }
        #expect(try answer(#"{"Code":"0001","Message":"busy","Visible":true}"#).message == "busy")
        #expect(try answer(#"{"Code":"0001","Message":"busy","Visible":false}"#).message == "")
        #expect(try answer(#"{"Code":"0000","Data":["0101",{"number":"0202"}]}"#).numbers == ["0101", "0202"])
        let lists = try answer(#"{"Code":"0000","Data":{"list":[{"id":3,"number":"0101"}],"defaultId":"3"}}"#).selection
        #expect(lists.selected == "3" && lists.entries.map(\.id) == ["3"] && lists.entries.map(\.number) == ["0101"])
    }

    @Test(
        "A page's bringing is read whole or not at all",
        arguments: [
            "", "{}", #"{"events":[{"seq":0,"event":"Ready"}]}"#, #"{"events":[{"seq":1}]}"#, #"{"events":{}}"#,
        ])
    func malformed(body: String) {
        #expect(PageItem.items(in: Array(body.utf8)) == nil)
    }
}
