import DialModel

/// The vendor's spelling of time, `2018-03-22 11:48:05 +0800` (`vendors/alibaba-udesk.md`, B2.2).
enum WireTime {
    /// The offset of a time that names none; assumed, as every example has it.
    private static let home = Duration.seconds(8 * 3600)

    /// A time in whole seconds, whose zone may be missing; nil for any other form.
    static func instant(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count >= template.count else { return nil }
        for (byte, expected) in zip(bytes, template) {
            guard expected == UInt8(ascii: "0") ? isDigit(byte) : byte == expected || byte == UInt8(ascii: "T") else {
                return nil
            }
        }
        func number(_ range: Range<Int>) -> Int64 { bytes[range].reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) } }
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        guard let day = CivilDay(year: Int(number(0..<4)), month: Int(number(5..<7)), day: Int(number(8..<10))),
            hour < 24, minute < 60, second <= 60,
            let offset = offset(of: bytes[template.count...].filter { $0 != UInt8(ascii: " ") })
        else { return nil }
        let seconds = day.number * 86_400 + hour * 3600 + minute * 60 + second
        return Timestamp(milliseconds: seconds * 1000) - offset
    }

    /// The time at home, to ask about a span of it: `2018-03-22 11:48:05`.
    static func text(_ instant: Timestamp) -> String {
        var bytes: [UInt8] = []
        (instant + home).appendISO8601(to: &bytes)
        // Without the milliseconds, and with a blank before the time of day.
        bytes.removeLast(5)
        return String(decoding: bytes, as: UTF8.self).replacing("T", with: " ")
    }

    private static let template = Array("0000-00-00 00:00:00".utf8)

    /// What a zone stands for: nothing, `Z`, or hours and minutes; a fraction of the second before it counts for nothing.
    private static func offset(of bytes: [UInt8]) -> Duration? {
        let zone = bytes.drop { $0 == UInt8(ascii: ".") || isDigit($0) }
        guard let sign = zone.first else { return home }
        if zone.elementsEqual("Z".utf8) || zone.elementsEqual("UTC".utf8) { return .zero }
        let digits = zone.dropFirst().filter { $0 != UInt8(ascii: ":") }.map { Int($0) - 48 }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), digits.count == 4,
            digits.allSatisfy((0...9).contains)
        else { return nil }
        let minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
        return .seconds(sign == UInt8(ascii: "+") ? minutes * 60 : -minutes * 60)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
