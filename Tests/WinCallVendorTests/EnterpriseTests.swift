import EventWire
import Testing

@testable import WinCallVendor

@Suite("The REST interface")
struct EnterpriseTests {
    private func rows(_ body: String) -> [JSONValue] {
        guard case .rows(let rows) = EnterpriseAnswer(Array(body.utf8)) else { return [] }
        return rows
    }

    @Test(
        "Each question has the documents' path (seed 002, part 4)",
        arguments: [
            (EnterpriseQuestion.idleAgents, "/v2/wintelapi/api/agent/free?vcc_code=test%20vcc"),
            (.agentsInCalls, "/v2/wintelapi/api/agent/ontheline?vcc_code=test%20vcc"),
            (.queues, "/v2/wintelapi/api/jsonp/queue/list?vcc_code=test%20vcc&jsonpcallback=autodialer"),
            (.busyReasons, "/v2/wintelapi/api/busyreason/list?vcc_code=test%20vcc"),
        ])
    func paths(question: EnterpriseQuestion, path: String) {
        #expect(
            question.url(apiURL: "http://127.0.0.1:1/base", enterprise: "test vcc") == "http://127.0.0.1:1/base" + path)
    }

    /// The examples of seed 002, their two missing quotation marks put in.
    @Test("The documents' examples are read")
    func examples() {
        let free = rows(
            #"{"code":200,"message":"ok","data":[{"ag_id":"2389","pho_num":"8004","ag_name":"\u90ce\u745e\u6052", "#
                + #""ag_num":"6158"},{"ag_id":"2161","pho_num":"8039","ag_name":"\u62db\u80582","ag_num":"8039"}]}"#)
        let agents = free.compactMap(ListedAgent.init)
        #expect(agents.map(\.id) == [2389, 2161])
        #expect(agents.first?.name == "郎瑞恒")
        #expect(agents.first?.number == "6158")
        let talking = rows(
            #"{"code":200,"message":"ok","data":[{"ag_id":"10","pho_num":"1322","ag_time":"3:59:59"}]}"#)
        #expect(talking.compactMap(ListedAgent.init).first?.phone == "1322")
        let queues = rows(
            #"{"code":200,"message":"ok","data":[{"id":10,"que_name":"1322"},{"id":11,"que_name":"test"}]}"#)
        #expect(queues.compactMap(SkillQueue.init).map(\.name) == ["1322", "test"])
        let reasons = rows(
            #"{"code":200,"message":"ok","data":[{"id":100,"vcc_id":1,"ag_stat":1,"stat_reason":"小休"}]}"#)
        #expect(reasons.compactMap(BusyReason.init).first?.name == "小休")
    }

    @Test("A wrapper of any name is taken off", arguments: ["autodialer(%);", " jQuery123_45( % ) ", "%"])
    func wrappers(wrapper: String) {
        let body = wrapper.replacing("%", with: #"{"code":"200","message":"ok","data":[{"id":"10","que_name":"(a)"}]}"#)
        #expect(rows(body).compactMap(SkillQueue.init).map(\.name) == ["(a)"])
    }

    @Test("A code other than 200 is a refusal, whatever the HTTP status was")
    func refusals() {
        #expect(
            EnterpriseAnswer(Array(#"{"code":402,"message":"企业代码不存在"}"#.utf8))
                == .refused(code: "402", message: "企业代码不存在"))
        #expect(
            EnterpriseAnswer(Array(#"cb({"code":"401","message":"x","data":""})"#.utf8))
                == .refused(code: "401", message: "x"))
    }

    @Test("Anything else is malformed", arguments: ["", "<html>", "{}", "cb(", "[]", #"{"code":200"#])
    func malformed(body: String) {
        #expect(EnterpriseAnswer(Array(body.utf8)) == .malformed)
    }
}
