import DialModel

/// The time zones of each prefix, from the table that is built into the program.
struct TimeZoneTable: Sendable {
    /// The table, read when it is first asked.
    static let shared = TimeZoneTable(text: String(decoding: PackageResources.timezones_txt, as: UTF8.self))

    /// The place in `sets` of each prefix's zones.
    private var places: [UInt64: Int] = [:]
    private var sets: [[TimeZoneID]] = []
    private var longestPrefix = 0

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
