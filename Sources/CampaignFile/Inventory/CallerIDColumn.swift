import DialModel
import Wording

/// A column of an inventory; the raw value is its name in English.
enum CallerIDColumn: String, CaseIterable {
    case number, province, city, pools, groups, weight
    case maxConcurrent = "max_concurrent"
    case maxPerDay = "max_per_day"
    case minGap = "min_gap"
    case blockedProvinces = "blocked_provinces"
    case window, kind, provider, virtual
    case virtualProvince = "virtual_province"
    case virtualCity = "virtual_city"

    /// Its other names.
    private var aliases: [String] {
        switch self {
        case .number: ["号码", "外显号码", "phone"]
        case .province: ["省份", "省"]
        case .city: ["城市", "市"]
        case .pools: ["号码池", "pool"]
        case .groups: ["技能组", "group", "skill_groups"]
        case .weight: ["权重"]
        case .maxConcurrent: ["并发", "最大并发"]
        case .maxPerDay: ["日上限", "每日上限"]
        case .minGap: ["间隔", "最小间隔"]
        case .blockedProvinces: ["盲区"]
        case .window: ["时段"]
        case .kind: ["类型"]
        case .provider: ["供应商"]
        case .virtual: ["虚拟号码"]
        case .virtualProvince: ["虚拟省份"]
        case .virtualCity: ["虚拟城市"]
        }
    }

    /// The column that a header means, if it means any.
    init?(header: String) {
        let key = CellText.key(header)
        let column = Self.allCases.first { column in
            CellText.key(column.rawValue) == key || column.aliases.contains { CellText.key($0) == key }
        }
        guard let column else { return nil }
        self = column
    }
}

/// The columns of an inventory, as its header row has them.
struct CallerIDHeader {
    /// The headers, as they were written.
    let names: [String]
    /// Where each column is, for those that are there.
    private let places: [CallerIDColumn: Int]

    /// Finds the columns, and records what is missing, is there twice or means nothing.
    init?(_ row: CSVRow, _ findings: Findings) {
        names = row.cells.map(CellText.header)
        var places: [CallerIDColumn: Int] = [:]
        for (index, name) in names.enumerated() where !name.isEmpty {
            guard let column = CallerIDColumn(header: name) else {
                // A cap in a column that is misspelt would not hold, and nobody would know.
                let shown = CellText.masked(String(name.prefix(24)))
                findings.warning(
                    ListPhrase.unread.filled(shown), line: row.line,
                    hint: Suggestion.hint(for: shown, among: CallerIDColumn.allCases.map(\.rawValue)))
                continue
            }
            if let first = places[column] {
                findings.error(ListPhrase.sameColumn.filled(names[first], name), line: row.line)
            } else {
                places[column] = index
            }
        }
        self.places = places
        guard places[.number] != nil else {
            findings.error(
                ListPhrase.noNumberColumn.phrase, line: row.line,
                hint: FixPhrase.headerNumber.phrase)
            return nil
        }
    }

    /// Where a column is, and how the file calls it.
    subscript(column: CallerIDColumn) -> (index: Int, name: String)? {
        places[column].map { ($0, names[$0]) }
    }
}
