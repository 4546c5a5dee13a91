extension Timestamp {
    /// Appends ISO 8601 with milliseconds, as the clocks of an offset show it: `2026-01-02T11:04:05.678+08:00`.
    ///
    /// Without an offset it is UTC: `2026-01-02T03:04:05.678Z`. An export writes millions of them, hence bytes.
    package func appendISO8601(offset: Int? = nil, to bytes: inout [UInt8]) {
        let local = milliseconds &+ Int64(offset ?? 0) * 1_000
        let day = local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000
        let (year, month, date) = CivilDay(number: day).date
        var rest = Int(local - day * 86_400_000)
        Self.append(year, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(date, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        Self.append(rest / 3_600_000, width: 2, to: &bytes)
        rest %= 3_600_000
        bytes.append(UInt8(ascii: ":"))
        Self.append(rest / 60_000, width: 2, to: &bytes)
        rest %= 60_000
        bytes.append(UInt8(ascii: ":"))
        Self.append(rest / 1_000, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        Self.append(rest % 1_000, width: 3, to: &bytes)
        guard let offset else { return bytes.append(UInt8(ascii: "Z")) }
        let minutes = abs(offset) / 60
        bytes.append(UInt8(ascii: offset < 0 ? "-" : "+"))
        Self.append(minutes / 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append(minutes % 60, width: 2, to: &bytes)
    }

    /// Reads what `appendISO8601` writes, with seconds, milliseconds or neither; nil for anything else.
    package init?(iso8601 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 17, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            let day = CivilDay(iso8601: String(decoding: bytes[..<10], as: UTF8.self)),
            let hour = Self.number(bytes[11..<13]), hour < 24, let minute = Self.number(bytes[14..<16]), minute < 60
        else { return nil }
        var rest = bytes[16...]
        var second = 0
        var thousandths = 0
        if rest.first == UInt8(ascii: ":") {
            guard let value = Self.number(rest.dropFirst().prefix(2)), value < 60, rest.count >= 3 else { return nil }
            second = value
            rest = rest.dropFirst(3)
        }
        if rest.first == UInt8(ascii: ".") {
            guard rest.count >= 4, let value = Self.number(rest.dropFirst().prefix(3)) else { return nil }
            thousandths = value
            rest = rest.dropFirst(4)
        }
        guard let offset = Self.offset(rest) else { return nil }
        let seconds = day.number * 86_400 + Int64(hour * 3_600 + minute * 60 + second - offset)
        milliseconds = seconds * 1_000 + Int64(thousandths)
    }

    /// Seconds east of UTC, of `Z` or `+08:00`.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        if bytes.elementsEqual([UInt8(ascii: "Z")]) { return 0 }
        guard bytes.count == 6, let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            bytes[bytes.startIndex + 3] == UInt8(ascii: ":"), let hours = number(bytes.dropFirst().prefix(2)),
            let minutes = number(bytes.suffix(2)), hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -60 : 60)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func append(_ value: Int, width: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }
}
