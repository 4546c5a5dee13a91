import DialModel

/// The time zones of each prefix, from the table that is built into the program.
struct TimeZoneTable: Sendable {
    /// The table, read when it is first asked.
    static let shared = TimeZoneTable(text: String(decoding: PackageResources.timezones_txt, as: UTF8.self))

    /// The place in `sets` of each prefix's zones.
    private var places: [UInt64: Int] = [:]
    private var sets: [[TimeZoneID]] = []
    /// How many digits the longest prefix has.
    private(set) var longestPrefix = 0

    /// Reads lines of zones, a tab, and prefixes; lines that begin with `#` are comments.
    init(text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t")
            guard columns.count == 2 else { continue }
            for prefix in columns[1].split(separator: " ") {
                guard let value = UInt64(prefix) else { continue }
                places[value] = sets.count
                longestPrefix = max(longestPrefix, prefix.count)
            }
            sets.append(columns[0].split(separator: " ").map { TimeZoneID(String($0)) }.sorted())
        }
    }

    /// The zones of the longest prefix that is known, sorted; empty if none is.
    func zones(of digits: NumberDigits) -> [TimeZoneID] {
        for length in stride(from: min(longestPrefix, digits.count), to: 0, by: -1) {
            if let place = places[digits.prefix(length)] { return sets[place] }
        }
        return []
    }
}

/// Of when the table of telephone numbers' time zones is.
package enum TimeZoneTableDate {
    /// The day on which it was written, `2026-11-21`, as its head says; nil where that says none.
    package static var text: String? {
        let head = String(decoding: PackageResources.timezones_txt.prefix(1_024), as: UTF8.self)
        let words = head.split { $0 == " " || $0 == "\n" }
        guard let place = words.indices.dropLast(2).first(where: { words[$0] == "timezones`" && words[$0 + 1] == "on" })
        else { return nil }
        return String(words[place + 2].prefix { $0 != "." })
    }
}
