import DialModel

/// JSON whose values are others than a decoder reckons with: extremes of numbers, other types, nothing, depths and lengths.
extension Mutation {
    private static let values: [[UInt8]] = [
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1e308", "-1", "0", "0.5", "null", "true",
        "[]", "{}", "[null]", #""""#, #""9223372036854775807""#, #""-9223372036854775808""#, #""1e308""#, #""-1""#,
        #""0""#,
        #""9999-12-31 23:59:59 -9959""#, #""9999.12.31 23:59:60""#, #""空\u0000号""#, nested("[", "]", 40),
        nested("[", "]", 80), nested(#"{"a":"#, "}", 60), "\"" + String(repeating: "三", count: 2_000) + "\"",
        String(repeating: "9", count: 400),
    ].map { Array($0.utf8) }

    private static func nested(_ open: String, _ close: String, _ depth: Int) -> String {
        String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
    }

    /// The file of a seed: of a file in JSON one to three members have other values, and every fourth is spoilt as well.
    package func fileOfOtherValues(seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        var bytes = originals[Int(random.below(UInt64(originals.count)))]
        for _ in 0...random.below(3) {
            let places = Self.members(of: bytes)
            guard !places.isEmpty else { break }
            let place = places[Int(random.below(UInt64(places.count)))]
            bytes.replaceSubrange(place, with: Self.values[Int(random.below(UInt64(Self.values.count)))])
        }
        return seed % 4 == 0 ? Mutation([bytes], words: words).file(seed: seed) : bytes
    }

    private init(_ originals: [[UInt8]], words: [[UInt8]]) {
        self.originals = originals
        self.words = words
    }

    /// Where the values of all members are, in objects at any depth.
    private static func members(of bytes: [UInt8]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""): position = endOfString(bytes, from: position)
            case UInt8(ascii: ":"):
                position += 1
                while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
                places.append(position..<endOfValue(bytes, from: position))
            default: position += 1
            }
        }
        return places
    }

    private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
        var position = start + 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(position + 1, bytes.count)
    }

    private static func endOfValue(_ bytes: [UInt8], from start: Int) -> Int {
        var position = start
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""): position = endOfString(bytes, from: position)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { return position }
                depth -= 1
                position += 1
            case UInt8(ascii: ",") where depth == 0: return position
            default: position += 1
            }
        }
        return position
    }
}
