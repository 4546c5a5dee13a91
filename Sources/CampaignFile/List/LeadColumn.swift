/// The columns with which every export of leads begins, in their order; those of the lists come after them.
///
/// The raw value is the English header, which is also the key in JSON. A list that begins with all of them, in either
/// language, is taken for an export and gives back what became of its leads.
package enum LeadColumn: String, CaseIterable, Hashable, Sendable {
    case leadID = "lead_id"
    case campaign
    case line
    case phone
    case phoneAsListed = "phone_as_listed"
    case name
    case state
    case ending
    case notBefore = "not_before"
    case notBeforeUTC = "not_before_utc"
    case attempts
    case lastOutcome = "last_outcome"
    case lastEndedAt = "last_ended_at"
    case lastEndedAtUTC = "last_ended_at_utc"
    case priority
    case expiresAtUTC = "expires_at_utc"
    case callbackAtUTC = "callback_at_utc"
    case callbackAgent = "callback_agent"
    case contact
    case holdReason = "hold_reason"

    /// The Chinese header.
    package var chinese: String {
        switch self {
        case .leadID: "线索编号"
        case .campaign: "活动"
        case .line: "行号"
        case .phone: "号码"
        case .phoneAsListed: "原始号码"
        case .name: "姓名"
        case .state: "状态"
        case .ending: "结束原因"
        case .notBefore: "最早拨打时间"
        case .notBeforeUTC: "最早拨打时间(UTC)"
        case .attempts: "拨打次数"
        case .lastOutcome: "最近结果"
        case .lastEndedAt: "最近结束时间"
        case .lastEndedAtUTC: "最近结束时间(UTC)"
        case .priority: "优先级"
        case .expiresAtUTC: "失效时间(UTC)"
        case .callbackAtUTC: "回呼时间(UTC)"
        case .callbackAgent: "回呼坐席"
        case .contact: "同一客户首个线索"
        case .holdReason: "暂缓原因"
        }
    }

    /// Whether a header begins as that of an export does.
    static func begin(_ keys: some Collection<String>) -> Bool {
        let start = keys.prefix(allCases.count)
        return start.elementsEqual(allCases.map { CellText.key($0.rawValue) })
            || start.elementsEqual(allCases.map { CellText.key($0.chinese) })
    }

    /// Where the column is in an export.
    var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How a list's own header stands in an export, where it must not be mistaken for one of ours: `state` as `list.state`.
package enum ListColumnName {
    private static let mark = "list."

    /// The header in an export.
    package static func exported(_ header: String) -> String { isOurs(header) ? mark + header : header }

    /// The header among those of lists that means the same as `wanted`; nil if none does.
    package static func find(_ wanted: String, among headers: [String]) -> String? {
        let key = CellText.key(wanted)
        return headers.first { CellText.key($0) == key }
    }

    /// The header that an export's column had in its list.
    static func listed(_ header: String) -> String {
        header.hasPrefix(mark) && isOurs(header) ? String(header.dropFirst(mark.count)) : header
    }

    /// Whether the header is one of ours once every mark is taken off it.
    private static func isOurs(_ header: String) -> Bool {
        var rest = header[...]
        while rest.hasPrefix(mark) { rest = rest.dropFirst(mark.count) }
        let key = CellText.key(String(rest))
        return LeadColumn.allCases.contains { CellText.key($0.rawValue) == key || CellText.key($0.chinese) == key }
    }
}
