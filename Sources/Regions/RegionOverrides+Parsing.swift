import CPhoneNumber
import DialModel
import Foundation
package import Wording

extension RegionOverrides {
    /// Reads the rows of a table with the columns prefix, country, province, city and zones, of which the first is needed.
    ///
    /// The first row names the columns. If there is any error, nothing is overridden, so that no file is half applied;
    /// every error has the file and the line in it.
    package static func parse(
        _ rows: [(line: Int, cells: [String])], file: String
    ) -> (overrides: RegionOverrides, diagnostics: [Diagnostic]) {
        var reader = OverrideReader(file: file)
        let filled = rows.filter { $0.cells.contains { !trimmed($0).isEmpty } }
        guard let header = filled.first, reader.readHeader(header.cells, line: header.line) else {
            if filled.isEmpty {
                reader.find(RegionPhrase.noHeader.phrase, nil, RegionPhrase.begin.phrase)
            }
            return (RegionOverrides(), reader.diagnostics)
        }
        for row in filled.dropFirst() { reader.read(row.cells, line: row.line) }
        return (reader.diagnostics.isEmpty ? reader.overrides : RegionOverrides(), reader.diagnostics)
    }

    fileprivate static func trimmed(_ cell: String) -> String {
        cell.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Reads one table of overrides, and collects what is wrong with it.
private struct OverrideReader {
    enum Column: CaseIterable {
        case prefix, country, province, city, zones

        /// The names under which a column is known.
        var names: [String] {
            switch self {
            case .prefix: ["prefix", "前缀", "号段"]
            case .country: ["country", "国家"]
            case .province: ["province", "state", "省", "省份"]
            case .city: ["city", "城市"]
            case .zones: ["zones", "zone", "time_zone", "timezone", "时区"]
            }
        }
    }

    let file: String
    var overrides = RegionOverrides()
    var diagnostics: [Diagnostic] = []
    private var columns: [Column] = []
    private static let zones = Set(TimeZone.knownTimeZoneIdentifiers)

    init(file: String) {
        self.file = file
    }

    mutating func find(_ message: Phrase, _ line: Int?, _ hint: Phrase? = nil) {
        diagnostics.append(Diagnostic(.error, message, file: file, line: line, hint: hint))
    }

    /// Reads the names of the columns; false if they are not understood.
    mutating func readHeader(_ cells: [String], line: Int) -> Bool {
        for cell in cells {
            let name = RegionOverrides.trimmed(cell).lowercased()
            guard let column = Column.allCases.first(where: { $0.names.contains(name) }) else {
                find(RegionPhrase.unknownColumn.filled(name), line, RegionPhrase.columns.phrase)
                continue
            }
            if columns.contains(column) { find(RegionPhrase.columnTwice.filled(name), line) }
            columns.append(column)
        }
        if diagnostics.isEmpty, !columns.contains(.prefix) { find(RegionPhrase.noPrefixColumn.phrase, line) }
        return diagnostics.isEmpty
    }

    /// Reads one row, and adds what it says unless something is wrong with it.
    mutating func read(_ cells: [String], line: Int) {
        let before = diagnostics.count
        let cells = cells.map(RegionOverrides.trimmed)
        if cells.count > columns.count, cells[columns.count...].contains(where: { !$0.isEmpty }) {
            find(RegionPhrase.cellCount.filled(cells.count, columns.count), line)
        }
        let given = Dictionary(uniqueKeysWithValues: zip(columns, cells).filter { !$1.isEmpty })
        guard let prefix = readPrefix(given[.prefix] ?? "", line) else { return }
        let country = readCountry(given[.country], prefix, line)
        checkProvince(given[.province], country ?? impliedCountry(prefix), line)
        let zones = readZones(given[.zones] ?? "", line)
        let isPlace = given[.country] != nil || given[.province] != nil || given[.city] != nil
        if !isPlace, given[.zones] == nil { find(RegionPhrase.nothingGiven.phrase, line) }
        if let earlier = overrides.entry(of: prefix) {
            find(RegionPhrase.prefixTwice.filled(prefix.value, earlier.line), line)
        }
        guard diagnostics.count == before else { return }
        let region = Region(country: country, province: given[.province], city: given[.city]).normalised
        overrides.add(.init(line: line, region: isPlace ? region : nil, zones: zones), for: prefix)
    }

    private mutating func readPrefix(_ text: String, _ line: Int) -> NumberDigits? {
        let digits = text.hasPrefix("+") ? text.dropFirst() : ""
        let isNumber = (1...15).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isNumber, let value = UInt64(digits), !digits.hasPrefix("0") else {
            let problem = text.isEmpty ? RegionPhrase.noPrefix.phrase : RegionPhrase.badPrefix.filled(text)
            find(problem, line, RegionPhrase.writePrefix.phrase)
            return nil
        }
        return NumberDigits(value: value)
    }

    private mutating func readCountry(_ text: String?, _ prefix: NumberDigits, _ line: Int) -> String? {
        guard let text else { return nil }
        let code = cpn_country_code(text)
        guard code > 0 else {
            find(RegionPhrase.unknownCountry.filled(text), line, RegionPhrase.writeCountry.phrase)
            return nil
        }
        if !"\(prefix.value)".hasPrefix("\(code)") {
            find(RegionPhrase.otherCountry.filled(text, code, prefix.value), line)
        }
        return text
    }

    /// The country of a prefix where its code has only one.
    private func impliedCountry(_ prefix: NumberDigits) -> String? {
        "\(prefix.value)".hasPrefix("86") ? "CN" : nil
    }

    private mutating func checkProvince(_ name: String?, _ country: String?, _ line: Int) {
        guard let name, let country else { return }
        switch country {
        case "CN":
            let isKnown = MainlandNames.provinces.contains(MainlandNames.shortened(name))
            if !isKnown { find(RegionPhrase.unknownProvince.filled(name), line, RegionPhrase.writeProvince.phrase) }
        case "US", "CA":
            let isKnown = NorthAmericanStates.isKnown(name, country: country)
            if !isKnown { find(RegionPhrase.unknownState.filled(name), line, RegionPhrase.writeState.phrase) }
        default: return
        }
    }

    private mutating func readZones(_ text: String, _ line: Int) -> [TimeZoneID] {
        let names = text.split { " ;|".contains($0) }.map(String.init)
        for name in names where !Self.zones.contains(name) {
            find(RegionPhrase.unknownZone.filled(name), line, RegionPhrase.writeZone.phrase)
        }
        return Set(names).sorted().map(TimeZoneID.init)
    }
}
