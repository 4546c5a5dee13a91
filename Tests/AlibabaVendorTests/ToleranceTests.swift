import DialModel
import EventWire
import Telephony
import Testing

@testable import AlibabaVendor

/// The traps of `vendors/alibaba-udesk.md`, A1.5, all of them in the vendor's own samples.
@Suite struct ToleranceTests {
    private func value(_ text: String) throws -> JSONValue {
        try #require(JSONValue(parsing: Array(text.utf8)), "\(text)")
    }

    private func answer(_ status: Int, _ body: String) -> GatewayAnswer {
        GatewayAnswer(HTTPResponse(status: status, headers: [], body: Array(body.utf8)))
    }

    @Test(
        "A list is read in each of its spellings",
        arguments: [
            #"{"Pairs":{"Pair":[{"N":1},{"N":2}]}}"#, #"{"Pairs":[{"N":1},{"N":2}]}"#,
        ])
    func readsLists(_ text: String) throws {
        #expect(try value(text)["Pairs"]?.list(of: "Pair").map { $0["N"]?.integer } == [1, 2])
    }

    @Test(
        "A single element stands for a list of one",
        arguments: [#"{"Pairs":{"Pair":{"N":1}}}"#, #"{"Pairs":{"N":1}}"#])
    func readsLoneElements(_ text: String) throws {
        #expect(try value(text)["Pairs"]?.list(of: "Pair").map { $0["N"]?.integer } == [1])
    }

    @Test("Nothing stands for an empty list", arguments: ["null", "{}", "[]", #"{"Pair":null}"#, #"{"Pair":[]}"#])
    func readsEmptyLists(_ text: String) throws {
        #expect(try value(text).list(of: "Pair").isEmpty)
    }

    @Test(
        "A number that lost its leading zero gets it back, and no other does",
        arguments: [
            ("1089897637", "01089897637"), ("51412345678", "051412345678"), (#""01089897637""#, "01089897637"),
            ("13800138000", "13800138000"), ("4008000000", "4008000000"), (#""1089897637""#, "1089897637"),
            ("95188", "95188"),
        ])
    func restoresZeros(_ text: String, _ phone: String) throws {
        #expect(try value(text).phone == phone)
    }

    @Test("Integers and truth values may be strings")
    func readsStringlyTypes() throws {
        #expect(try value(#""200""#).integer == 200)
        #expect(try value(#""true""#).flag == true)
        #expect(try value("false").flag == false)
        #expect(answer(200, #"{"HttpStatusCode":"200","Success":"false","Code":"UserBusy"}"#).code == "UserBusy")
        #expect(answer(200, #"{"HttpStatusCode":"200","Success":"true","Code":"OK"}"#).code == nil)
    }

    @Test("Identifiers of 18 digits keep every digit", arguments: ["234567890123456789", #""234567890123456789""#])
    func keepsLongIdentifiers(_ text: String) throws {
        let agent = try #require(AgentState(value(#"{"AgentId":\#(text),"State":"Ready"}"#)))
        #expect(agent.id == AgentID("234567890123456789"))
    }

    @Test("A URL is freed of its extra quotes")
    func unquotesURLs() throws {
        #expect(try value(#""\"https://oss.example/a.wav?x=1\"""#).url == "https://oss.example/a.wav?x=1")
        #expect(try value(#""https://oss.example/a.wav""#).url == "https://oss.example/a.wav")
    }

    @Test("A number whose usage is misspelt may call out, an inbound one may not")
    func readsUsages() throws {
        let text = #"""
            {"SkillGroupId":"g","OutboundPhoneNumbers":{"PhoneNumber":[
            {"Number":1089897637,"Usage":"Outboung"},{"Number":"01080000002","Usage":"Inbound"},
            {"Number":"01080000003","Usage":"Outbound","AllowOutbound":"false"},{"Number":"01080000004"}]}}
            """#
        #expect(try SkillGroup(value(text))?.outboundNumbers == ["01089897637", "01080000004"])
    }

    @Test(
        "Agent states are read in English and Chinese, and unknown ones count as busy",
        arguments: [
            ("Ready", AgentActivity.idle), ("等待", .idle), ("ACW", .wrapUp), ("处理", .wrapUp), ("Break", .onBreak),
            ("小休", .onBreak), ("Dialing", .busy), ("拨号", .busy), ("Ringing", .busy), ("振铃", .busy),
            ("Talking", .busy), ("通话", .busy), ("会议", .busy), ("发起求助", .busy), ("", .busy), ("Novel", .busy),
        ])
    func readsAgentStates(_ word: String, _ activity: AgentActivity) {
        #expect(AgentState.activity(word) == activity)
    }

    @Test("An answer without HttpStatusCode, and one without Code, succeed")
    func readsBareEnvelopes() {
        #expect(answer(200, #"{"RequestId":"r","Success":true,"Code":"OK"}"#).code == nil)
        #expect(answer(200, #"{"RequestId":"r"}"#).code == nil)
    }

    @Test("A refusal is read from the gateway's, the product's and the XML spelling")
    func readsRefusals() {
        #expect(answer(400, #"{"HostId":"h","Code":"Throttling.User","Message":"m"}"#).code == "Throttling.User")
        #expect(answer(200, #"{"Success":false,"Code":"Parameter.Format"}"#).code == "Parameter.Format")
        #expect(answer(200, #"{"Success":true,"Code":"Permission.User"}"#).code == "Permission.User")
        let xml = "<?xml version='1.0'?><Error><Code>InvalidApi.NotFound</Code><Message>no</Message></Error>"
        #expect(answer(404, xml).code == "InvalidApi.NotFound")
        #expect(answer(500, #"{"Success":false,"Code":"OK"}"#).code == "HTTP 500")
    }

    @Test(
        "A body that is no answer is never taken for a success",
        arguments: [
            "", "<html><body>Log in</body></html>", #"{"Code":"OK","TaskId":"15"#, "[]", "null", "{}x", "{\"a\":}",
            "\"\\ud8", String(repeating: "[", count: 10_000), "{\"a\":1,}", "nul", "\u{0}",
        ])
    func refusesOtherBodies(_ body: String) {
        #expect(answer(200, body).code == GatewayAnswer.malformed)
        #expect(answer(502, body).code == "HTTP 502")
    }

    @Test("Escapes, surrogates and a byte order mark are read")
    func readsEscapes() throws {
        #expect(try value("\u{FEFF}" + #" {"a" : "\u6280\ud83d\ude00\n\"\\\/" } "#)["a"] == .string("技😀\n\"\\/"))
        #expect(try value(#""\ud83dx""#).text == "\u{FFFD}x")
    }

    @Test("Cutting an answer anywhere makes it malformed", arguments: 1..<58)
    func refusesEveryPrefix(_ length: Int) {
        let whole = #"{"Code":"OK","List":[{"A":"技能","N":-1.5e3,"T":true}],"Z":0}"#
        #expect(JSONValue(parsing: Array(whole.utf8)) != nil)
        #expect(JSONValue(parsing: Array(whole.utf8.prefix(length))) == nil)
    }
}

extension GatewayAnswer {
    /// The code of a failure; nil for a success.
    var code: String? {
        if case .failure(let failure) = self { return failure.code }
        return nil
    }
}
