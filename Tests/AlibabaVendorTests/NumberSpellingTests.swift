import DialModel
import EventWire
import Telephony
import Testing

@testable import AlibabaVendor

@Suite struct NumberSpellingTests {
    @Test(
        "One number has one spelling",
        arguments: [
            "01080000001", "1080000001", "+861080000001", "+86 (10) 8000-0001", "00861080000001", "861080000001",
            "+8601080000001", "010-8000 0001", "901080000001",
        ])
    func unifies(_ text: String) {
        #expect(NumberSpelling.canonical(text, prefix: "9") == "01080000001")
    }

    @Test(
        "Mobile, service and foreign numbers keep their forms",
        arguments: [
            ("+8613800138000", "13800138000"), ("013800138000", "13800138000"), ("8613800138000", "13800138000"),
            ("4008000001", "4008000001"), ("+864008000001", "4008000001"), ("864008000001", "4008000001"),
            ("95188", "95188"), ("9518812345", "9518812345"), ("+85221234567", "+85221234567"),
            ("008521234567", "008521234567"), ("5148000000", "05148000000"), ("", ""), ("anonymous", "anonymous"),
        ])
    func keeps(_ text: String, _ spelling: String) {
        #expect(NumberSpelling.canonical(text) == spelling)
        #expect(NumberSpelling.canonical(spelling) == spelling)
    }

    @Test("A prefix of zero is taken off, and a number that only begins like the prefix stays whole")
    func dropsPrefixes() {
        #expect(NumberSpelling.canonical("001080000001", prefix: "0") == "01080000001")
        #expect(NumberSpelling.canonical("01080000001", prefix: "0") == "01080000001")
        #expect(NumberSpelling.canonical("13800138000", prefix: "1") == "13800138000")
    }

    @Test(
        "The shown number is spelled as the inventory spells it, and hidden digits make no number",
        arguments: [
            (#""+86 10 8000 0001""#, "01080000001"), ("1080000001", "01080000001"), ("861080000001", "01080000001"),
            (#""901080000001""#, "01080000001"), (#""010****0001""#, nil), (#""+8613800138000""#, nil),
        ])
    func normalisesShownNumbers(_ caller: String, _ shown: String?) throws {
        let text = #"{"Caller":\#(caller),"Callee":"913800138000","ReleaseReason":"486-Busy Here"}"#
        let detail = try #require(JSONValue(parsing: Array(text.utf8)).flatMap(CallDetail.init))
        let history = CallHistory(
            number: CalleeSpelling(Bench.wang, internationalPrefix: "00"), prefix: "9", detail: detail)
        guard case .ended(let ending) = history.facts.last?.progress else {
            Issue.record("the call has not ended")
            return
        }
        #expect(ending.shownCallerID == shown)
    }
}
