import DialModel
import Testing

@testable import VendorSimulator

/// The gateway in front of the operations: `vendors/alibaba-udesk.md`, A1.2, A1.5 and A7.2.
@Suite struct GatewayTests {
    private func reply(
        _ changes: [String: String], action: String = "ListSkillGroups", method: String = "POST"
    ) -> Reply {
        var dialect = Centre.dialect()
        var request = SignedForm.request(action, at: Centre.start, changes: changes)
        request.method = method
        let answer = dialect.answer(request, at: Centre.start)
        return Reply(status: answer.status, bytes: JSONStyle().bytes(of: answer.body))
    }

    @Test func `A proper request is answered in the business envelope`() {
        let reply = reply([:])
        #expect(reply.status == 200)
        #expect(reply["Success"] == "1" && !reply.isText("Success"))
        #expect(reply["Code"] == "OK")
        #expect(reply["HttpStatusCode"] == "200")
        let identifier = reply["RequestId"] ?? ""
        #expect(identifier.wholeMatch(of: /[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/) != nil)
    }

    @Test(arguments: [
        (["Format": "XML"], "UnsupportedFormat", 400), (["Format": ""], "UnsupportedFormat", 400),
        (["Action": "ReleaseCall"], "InvalidApi.NotFound", 404),
        (["Action": "listSkillGroups"], "InvalidApi.NotFound", 404),
        (["Version": "2020-07-01"], "NoSuchVersion", 400), (["SignatureNonce": ""], "MissingParameter", 400),
        (["Timestamp": ""], "MissingParameter", 400), (["AccessKeyId": ""], "MissingParameter", 400),
        (["AccessKeyId": "other"], "InvalidAccessKeyId.NotFound", 404),
        (["SignatureMethod": "HMAC-SHA256"], "InvalidParameter", 400),
        (["Timestamp": "02.01.2026"], "InvalidTimeStamp.Format", 400),
        (["Timestamp": "2026-01-02T02:18:05Z"], "InvalidTimeStamp.Expired", 400),
        (["Timestamp": "2026-01-02T01:48:03Z"], "InvalidTimeStamp.Expired", 400),
        (["Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="], "SignatureDoesNotMatch", 400),
    ])
    func `Improper requests are refused in the gateway's envelope`(changes: [String: String], code: String, status: Int)
    {
        let reply = reply(changes)
        #expect(reply.status == status)
        #expect(reply["Code"] == code)
        #expect(reply["HostId"] != nil && reply["RequestId"] != nil && reply["Message"] != nil)
        #expect(reply["Success"] == nil)
    }

    @Test(arguments: ["2026-01-02T02:18:04Z", "2026-01-02T01:48:04Z"])
    func `A quarter of an hour is not too much`(timestamp: String) {
        #expect(reply(["Timestamp": timestamp]).status == 200)
    }

    @Test func `A request signed for POST is not good for GET, nor for any third method`() {
        #expect(reply([:], method: "GET")["Code"] == "SignatureDoesNotMatch")
        #expect(reply([:], method: "PUT")["Code"] == "UnsupportedHTTPMethod")
    }

    @Test func `The answer to a wrong signature shows the text that should have been signed`() {
        let message = reply(["Signature": "wrong"])["Message"] ?? ""
        #expect(message.contains("POST&%2F&AccessKeyId%3Dsimulator%26Action%3DListSkillGroups"))
        #expect(!message.contains("simulator-secret"))
    }

    @Test func `A nonce can be used once, unless the signature was wrong`() {
        var dialect = Centre.dialect()
        let nonce = ["SignatureNonce": "once"]
        var wrong = nonce
        wrong["Signature"] = "wrong"
        #expect(dialect.call("ListSkillGroups", changes: wrong)["Code"] == "SignatureDoesNotMatch")
        #expect(dialect.call("ListSkillGroups", changes: nonce).status == 200)
        let second = dialect.call("ListSkillGroups", after: 1799, changes: nonce)
        #expect(second.status == 400 && second["Code"] == "SignatureNonceUsed")
        #expect(dialect.call("ListSkillGroups", after: 1801, changes: nonce).status == 200)
    }

    @Test func `Business refusals have the business envelope, with status 200 under a fault`() {
        var dialect = Centre.dialect()
        let unknown = ["InstanceId": "other"]
        let hard = dialect.call("ListSkillGroups", unknown)
        #expect(hard.status == 404 && hard["HttpStatusCode"] == "404")
        #expect(hard["Code"] == "NotExists.InstanceId" && hard["Success"] == "0")
        dialect.faults.softErrors = true
        let soft = dialect.call("ListSkillGroups", unknown)
        #expect(soft.status == 200 && soft["HttpStatusCode"] == "404" && soft["Success"] == "0")
    }

    @Test func `What is missing is named`() {
        var dialect = Centre.dialect()
        let missing = dialect.call("DialEx", ["Caller": "01080000001"])
        #expect(missing.status == 400 && missing["Code"] == "MissingCallee")
    }
}
