import DialModel
import Testing

@Suite("Numbers in free text")
struct NumbersInTextTests {
    @Test(
        "A number is hidden however it is written, and nothing around it",
        arguments: [
            ("13800138000", "*********00"), ("+86 138 0013 8000", "+** *** **** **00"),
            ("call of 138-0013-8000, please", "call of ***-****-**00, please"), ("(138)00138000.", "(***)******00."),
            ("138–0013–8000", "***–****–**00"), ("138‑0013‑8000", "***‑****‑**00"),
            ("138\u{A0}0013\u{3000}8000", "***\u{A0}****\u{3000}**00"), ("１３８００１３８０００", "*********００"),
            ("138/0013/8000", "***/****/**00"), ("138_0013_8000", "***_****_**00"), ("138·0013·8000", "***·****·**00"),
            ("138:0013:8000", "***:****:**00"), ("138\t0013\r\n8000", "***\t****\r\n**00"),
            ("138\u{200B}0013\u{200B}8000", "***\u{200B}****\u{200B}**00"),
            ("138\u{FE0F}0013\u{200D}8000", "*********00"),
            ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣", "*****1️⃣3️⃣"), ("1234567", "*****67"), ("123456", "123456"),
            ("13800138000、13900139000", "*********00、*********00"),
            ("李 1, 2, 3, 4, 5, 6, 7", "李 1, 2, 3, 4, 5, 6, 7"),
            ("张伟 123-456", "张伟 123-456"), ("", ""), ("2026-11-01", "****-**-01"),
        ])
    func masked(text: String, shown: String) {
        #expect(NumbersInText.masked(text, last: 2) == shown)
    }

    @Test("What is kept of a number is as much as was asked for")
    func kept() {
        let words = NumbersInText.masked("line 138/0013/8005 is bad", keepingFirst: 3, last: 2)
        #expect(words == "line 138/****/**05 is bad")
        #expect(NumbersInText.removed(from: "+86 138 0013 8005 and 01061234567.") == "+… and ….")
        #expect(NumbersInText.removed(from: "(010) 6123 4567, room 12") == "(…, room 12")
    }

    @Test(
        "A day or an address stays where it may, and is hidden where it may not",
        arguments: [
            ("of 2026-11-01", .day, true), ("spring_20261101.csv", .day, true), ("2026/11/01", .day, true),
            ("2026-13-01", .day, false), ("2026-11-32", .day, false), ("1026-11-01", .day, false),
            ("20261101 8", .day, false),
            ("2026-1101", .day, false), ("202611012", .day, false), ("10.120.130.140", .day, false),
            ("at 10.120.130.140", .address, true), ("10.120.130.140:8443", .address, true),
            ("10.120.130.340", .address, false), ("10.120.130.040", .address, false),
            ("138.001.38.005", .address, false),
            ("10.120.130.140:65535", .address, true), ("10.120.130.140:65536", .address, false),
            ("agent 5001 (001806)", .address, true), ("5001  001806", .address, true), ("5001 001806", .address, false),
            ("1.23.45.67.89", .address, false), ("13800138", .address, false), ("2026-11-01", .address, false),
        ] as [(String, NumbersInText.Lookalike, Bool)])
    func lookalikes(text: String, lookalike: NumbersInText.Lookalike, stays: Bool) {
        #expect((NumbersInText.removed(from: text, but: lookalike) == text) == stays)
        #expect(NumbersInText.removed(from: text) != text)
    }
}
