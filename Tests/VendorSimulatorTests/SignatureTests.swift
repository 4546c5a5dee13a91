import DialModel
import Testing

@testable import VendorSimulator

/// The vectors of `vendors/alibaba-udesk.md`, A1.4.
@Suite struct SignatureTests {
    private static let describe =
        "Format=XML&AccessKeyId=testid&Action=DescribeRegions&SignatureMethod=HMAC-SHA1"
        + "&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Version=2014-05-26&SignatureVersion=1.0"
        + "&TimeStamp=2016-02-23T12%3A46%3A24Z"
    private static let pick =
        "Action=PickGlobalOutboundNumbers&CalleeNumber=13800138000&Count=2&Format=JSON"
        + "&InstanceId=9cfad875-6260-4a53-ab6e-b13e3fb31f7d&IsVirtual=false&SkillGroupId.1=sg-1"
        + "&SkillGroupId.2=%E6%8A%80%E8%83%BD%E7%BB%84+A*~&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"
        + "&Timestamp=2020-07-10T02%3A03%3A04Z&Version=2017-07-05&AccessKeyId=testid&SignatureMethod=HMAC-SHA1"
        + "&SignatureVersion=1.0"
    private static let order =
        "Action=PickGlobalOutboundNumbers&CalleeNumber=%2B86+13800138000&Format=JSON&InstanceId=inst-1"
        + "&SkillGroupId.1=sg1&SkillGroupId.2=sg2&SkillGroupId.10=sg10&SignatureNonce=n-0001"
        + "&Timestamp=2026-01-02T03%3A04%3A05Z&Version=2017-07-05&AccessKeyId=testid&SignatureMethod=HMAC-SHA1"
        + "&SignatureVersion=1.0"

    @Test(arguments: [
        ("V1", "GET", describe, "CT9X0VtwR86fNWSnsc6v8YGOjuE="),
        ("V2", "GET", describe.replacing("TimeStamp", with: "Timestamp"), "OLeaidS1JvxuMvnyHOwuJ+uX5qY="),
        ("V3", "GET", pick, "usKH5ijZFFJ3bWEe4qddEa5wwLE="), ("V4", "POST", pick, "33v1yB90kInU5QQ7tVEA3X8YL18="),
        ("V5", "POST", order, "5kiGN8J5udBuFFWJ3uQkuEddb2A="), ("V6", "GET", order, "icV9Uf3DUqqX+oPp45bdxyj9X+k="),
    ])
    func `The published vectors come out`(name: String, method: String, form: String, expected: String) {
        let found = AlibabaSignature.expected(
            method: method, parameters: FormParameters([form + "&Signature=ignored"]), secret: "testsecret")
        #expect(found == expected, "\(name)")
    }

    @Test func `Signatures are compared as a whole`() {
        #expect(AlibabaSignature.matches("abc=", "abc="))
        #expect(!AlibabaSignature.matches("abc=", "abd="))
        #expect(!AlibabaSignature.matches("abc", "abc="))
        #expect(!AlibabaSignature.matches("", "abc="))
    }
}

@Suite struct FormParametersTests {
    @Test func `Query and body count together, the query first`() {
        let form = FormParameters(["A=1&B=%E6%8A%80", "B=2&C=a+b%2Bc&D&E="])
        #expect(form["A"] == "1")
        #expect(form["B"] == "技")
        #expect(form["C"] == "a b+c")
        #expect(form["D"] == "" && form["E"] == "")
        #expect(form["F"] == nil)
    }

    @Test func `The first gap ends a list`() {
        let form = FormParameters(["S.1=a&S.2=b&S.4=d&T.2=x"])
        #expect(form.list("S") == ["a", "b"])
        #expect(form.list("T").isEmpty)
    }

    @Test func `Broken escapes are taken as they are`() {
        let form = FormParameters(["A=100%&B=%zz&C=%4"])
        #expect(form["A"] == "100%")
        #expect(form["B"] == "%zz")
        #expect(form["C"] == "%4")
    }
}

@Suite struct CivilTimeTests {
    @Test(arguments: [
        (0 as Int64, "1970-01-01 00:00:00"), (1_767_319_384_000, "2026-01-02 02:03:04"),
        (951_782_400_000, "2000-02-29 00:00:00"), (4_107_542_399_000, "2100-02-28 23:59:59"),
        (-1000, "1969-12-31 23:59:59"),
    ])
    func `Instants and calendar agree, both ways`(milliseconds: Int64, text: String) {
        let instant = Timestamp(milliseconds: milliseconds)
        let civil = CivilTime(instant)
        #expect(civil.dateTime == text)
        #expect(civil.instant() == instant)
        #expect(CivilTime(iso: text.replacing(" ", with: "T") + "Z")?.instant() == instant)
    }

    @Test(arguments: [
        "", "2026-01-02 03:04:05", "2026-13-02T03:04:05Z", "2026-01-02T24:04:05Z", "2026-01-02T03:04:05+",
    ])
    func `Other forms are refused`(text: String) { #expect(CivilTime(iso: text) == nil) }
}
