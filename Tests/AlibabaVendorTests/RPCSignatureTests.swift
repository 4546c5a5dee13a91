import DialModel
import Telephony
import Testing

@testable import AlibabaVendor

/// Vectors of `vendors/alibaba-udesk.md`, A1.4 and L1.
@Suite struct RPCSignatureTests {
    struct Vector: Sendable {
        var name: String
        var method: String
        var parameters: [String: String]
        var signature: String
    }

    static let published = [
        "TimeStamp": "2016-02-23T12:46:24Z", "Format": "XML", "AccessKeyId": "testid", "Action": "DescribeRegions",
        "SignatureMethod": "HMAC-SHA1", "SignatureNonce": "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
        "Version": "2014-05-26", "SignatureVersion": "1.0",
    ]

    static let renamed = {
        var parameters = published
        parameters["Timestamp"] = parameters.removeValue(forKey: "TimeStamp")
        return parameters
    }()

    static let pick = [
        "Action": "PickGlobalOutboundNumbers", "CalleeNumber": "13800138000", "Count": "2", "Format": "JSON",
        "InstanceId": "9cfad875-6260-4a53-ab6e-b13e3fb31f7d", "IsVirtual": "false", "SkillGroupId.1": "sg-1",
        "SkillGroupId.2": "技能组 A*~", "SignatureNonce": "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
        "Timestamp": "2020-07-10T02:03:04Z", "Version": "2017-07-05", "AccessKeyId": "testid",
        "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0",
    ]

    static let order = [
        "Action": "PickGlobalOutboundNumbers", "CalleeNumber": "+86 13800138000", "Format": "JSON",
        "InstanceId": "inst-1", "SkillGroupId.1": "sg1", "SkillGroupId.2": "sg2", "SkillGroupId.10": "sg10",
        "SignatureNonce": "n-0001", "Timestamp": "2026-01-02T03:04:05Z", "Version": "2017-07-05",
        "AccessKeyId": "testid", "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0",
    ]

    static let vectors = [
        Vector(name: "V1", method: "GET", parameters: published, signature: "CT9X0VtwR86fNWSnsc6v8YGOjuE="),
        Vector(name: "V2", method: "GET", parameters: renamed, signature: "OLeaidS1JvxuMvnyHOwuJ+uX5qY="),
        Vector(name: "V3", method: "GET", parameters: pick, signature: "usKH5ijZFFJ3bWEe4qddEa5wwLE="),
        Vector(name: "V4", method: "POST", parameters: pick, signature: "33v1yB90kInU5QQ7tVEA3X8YL18="),
        Vector(name: "V5", method: "POST", parameters: order, signature: "5kiGN8J5udBuFFWJ3uQkuEddb2A="),
        Vector(name: "V6", method: "GET", parameters: order, signature: "icV9Uf3DUqqX+oPp45bdxyj9X+k="),
    ]

    private static func signature(of parameters: [String: String], method: String) -> String {
        let query = RPCSignature.canonicalQuery(parameters)
        return RPCSignature.sign(
            RPCSignature.stringToSign(method: method, query: query), secret: Secret("testsecret"))
    }

    @Test("Each known request has its known signature", arguments: vectors)
    func signsLikeTheVendor(_ vector: Vector) {
        let signature = Self.signature(of: vector.parameters, method: vector.method)
        #expect(signature == vector.signature, "\(vector.name)")
    }

    @Test("A signature among the parameters is not signed")
    func leavesTheSignatureOut() {
        var parameters = Self.order
        parameters["Signature"] = "anything"
        let signature = Self.signature(of: parameters, method: "POST")
        #expect(signature == "5kiGN8J5udBuFFWJ3uQkuEddb2A=")
    }

    @Test("Everything but unreserved characters is percent-encoded, a space as %20")
    func encodesPercent() {
        #expect(
            RPCSignature.percentEncode("aZ09-_.~ *+%/:=&@!'()技")
                == "aZ09-_.~%20%2A%2B%25%2F%3A%3D%26%40%21%27%28%29%E6%8A%80")
    }

    @Test("The text to sign encodes values twice")
    func encodesTwice() {
        let query = RPCSignature.canonicalQuery(Self.published)
        let text = RPCSignature.stringToSign(method: "GET", query: query)
        #expect(text.hasPrefix("GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26"))
        #expect(text.hasSuffix("%26TimeStamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26"))
    }

    @Test(
        "A time of day is written in UTC and whole seconds",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_767_319_384_999, "2026-01-02T02:03:04Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
            (4_107_542_399_000, "2100-02-28T23:59:59Z"), (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        ])
    func writesTimes(_ milliseconds: Int64, _ text: String) {
        #expect(WireTime.text(Timestamp(milliseconds: milliseconds)) == text)
    }

    @Test("A Date header is read, and anything else is not")
    func readsDates() {
        #expect(Timestamp(httpDate: "Fri, 02 Jan 2026 02:03:04 GMT") == Timestamp(milliseconds: 1_767_319_384_000))
        #expect(Timestamp(httpDate: "Tue, 29 Feb 2000 00:00:00 GMT") == Timestamp(milliseconds: 951_782_400_000))
        for text in ["", "Friday, 02-Jan-26 02:03:04 GMT", "Fri, 02 Foo 2026 02:03:04 GMT", "Fri, 02 Jan 2026 2:3 GMT"]
        {
            #expect(Timestamp(httpDate: text) == nil, "\(text)")
        }
    }
}
