import DialModel
import EventWire
import Testing

@Suite("JSON values")
struct JSONValueTests {
    @Test("A value is written in ASCII, its members by name, and read back as it was")
    func roundTrip() {
        let value = JSONValue.object([
            "b": .array([.integer(22), .null, .bool(true), .number("1.50")]),
            "a": .string("李 \"x\"\\\r\n\t\u{1}\u{7F}\u{1F600}"), "": .object([:]),
        ])
        let text = value.serialized
        #expect(
            text == #"{"":{},"a":"\u674e \"x\"\\\r\n\t\u0001\u007f\ud83d\ude00","b":[22,null,true,1.50]}"#)
        #expect(JSONValue(parsing: Array(text.utf8)) == value)
    }

    @Test(
        "Numbers keep their digits, and strings stand for numbers and truth values",
        arguments: [
            ("123456789012345678", 123_456_789_012_345_678), (#""42""#, 42), (#"" 7 ""#, 7), ("1.5", nil),
            (#""""#, nil),
            ("null", nil),
        ] as [(String, Int64?)])
    func integers(text: String, integer: Int64?) throws {
        #expect(try #require(JSONValue(parsing: Array(text.utf8))).integer == integer)
    }

    @Test("What is no whole JSON text is nothing", arguments: ["", "{", "[1,]", "{\"a\":1}}", "nul", "\"\\x\"", "'a'"])
    func broken(text: String) {
        #expect(JSONValue(parsing: Array(text.utf8)) == nil)
    }
}
