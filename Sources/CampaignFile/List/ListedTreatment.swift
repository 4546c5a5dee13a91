package import DialModel
import Wording

/// When it is no use dialling a lead any more, as a list has it.
package enum ListedExpiry: Hashable, Sendable {
    /// After this day, by the campaign's clocks.
    case endOf(CivilDay)
    /// From this instant on.
    case instant(Timestamp)

    /// Reads `2026-12-31`, `2026/12/31`, `2026年12月31日`, or an instant with its offset.
    package init?(_ text: String) {
        if let instant = Timestamp(iso8601: text) {
            self = .instant(instant)
            return
        }
        let parts = text.split { "-/.年月日".contains($0) }.compactMap { Int($0) }
        guard parts.count == 3, parts[0] > 999, text.allSatisfy({ $0.isNumber || "-/.年月日".contains($0) }),
            let day = CivilDay(year: parts[0], month: parts[1], day: parts[2])
        else { return nil }
        self = .endOf(day)
    }
}

extension ListedExpiry {
    /// The first instant after it.
    package func instant(by clocks: ZoneRules) -> Timestamp {
        switch self {
        case .instant(let instant): instant
        case .endOf(let day): day.advanced(by: 1).start(by: clocks)
        }
    }
}

/// How a row says that its lead is to be treated.
struct ListedTreatment {
    /// Why a row cannot be understood.
    struct Unreadable: Error {
        var code: String
        var reason: Phrase
    }

    var priority = 0
    var expires: ListedExpiry?

    /// Reads the cells of a row; empty cells say nothing.
    init(_ cells: [String], _ header: LeadListHeader) throws(Unreadable) {
        if let text = Self.text(cells, header.priority) {
            guard let value = Int(text), LeadOrder.priorities.contains(value) else {
                let range = "\(LeadOrder.priorities.lowerBound)…\(LeadOrder.priorities.upperBound)"
                throw Unreadable(
                    code: "bad_priority",
                    reason: Phrase("the priority is no whole number from \(range)", "优先级不是 \(range) 的整数"))
            }
            priority = value
        }
        if let text = Self.text(cells, header.expires) {
            guard let expiry = ListedExpiry(text) else {
                throw Unreadable(
                    code: "bad_expiry",
                    reason: Phrase("the last day cannot be read; write it as 2026-12-31", "无法读出有效期；请写成 2026-12-31"))
            }
            expires = expiry
        }
    }

    private static func text(_ cells: [String], _ column: Int?) -> String? {
        guard let column, !CellText.isBlank(cells[column]) else { return nil }
        return CellText.halfWidth(CellText.header(cells[column]))
    }
}
