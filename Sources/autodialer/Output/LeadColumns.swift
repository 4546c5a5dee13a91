import CampaignFile
import DialModel
import Ledger
import Wording

/// The columns of `export leads`: first ours, whose names and order never change, and then those of the lists.
struct LeadColumns {
    let campaign: String
    let reveal: Bool
    /// The headers of each list, oldest first.
    let lists: [[String]]
    /// The language of what people read; of reasons only the gate, which comes first, is the same in every one.
    let language: Language

    var all: [ExportColumn<LeadRecord>] {
        LeadColumn.allCases.map { column in ExportColumn(column.rawValue, column.chinese, value: value(of: column)) }
            + listColumns + [fields]
    }

    private func value(of column: LeadColumn) -> (LeadRecord) -> ExportValue {
        let (campaign, reveal, language) = (campaign, reveal, language)
        switch column {
        case .leadID: return { .integer($0.id.value) }
        case .campaign: return { _ in .text(campaign) }
        case .line: return { .count($0.line) }
        case .phone: return { .text(reveal ? $0.number.e164 : $0.number.masked) }
        case .phoneAsListed: return { reveal ? .text($0.originalNumber) : .none }
        case .name: return { .optional($0.name.map { Masking.text($0, reveal: reveal) }) }
        case .state: return { .text($0.state.rawValue) }
        case .ending: return { .optional($0.ending?.rawValue) }
        case .notBefore: return { $0.notBefore.map { .local($0) } ?? .none }
        case .notBeforeUTC: return { $0.notBefore.map { .utc($0) } ?? .none }
        case .attempts: return { .count($0.attempts) }
        case .lastOutcome: return { .optional($0.lastOutcome?.rawValue) }
        case .lastEndedAt: return { $0.lastEndedAt.map { .local($0) } ?? .none }
        case .lastEndedAtUTC: return { $0.lastEndedAt.map { .utc($0) } ?? .none }
        case .priority: return { .count($0.priority) }
        case .expiresAtUTC: return { $0.expiresAt.map { .utc($0) } ?? .none }
        case .callbackAtUTC: return { $0.callbackAt.map { .utc($0) } ?? .none }
        case .callbackAgent: return { .optional($0.callbackAgent?.value) }
        case .contact: return { $0.contact.map { .integer($0.value) } ?? .none }
        case .holdReason: return { .optional($0.holdReason.map { language.say(HoldWords.reading($0)) }) }
        }
    }

    /// The columns of all lists, each once; a header that a list has twice is a column twice.
    private var listColumns: [ExportColumn<LeadRecord>] {
        var places: [(name: String, occurrence: Int)] = []
        for list in lists {
            for (index, name) in list.enumerated() {
                let occurrence = list[..<index].count { $0 == name }
                if !places.contains(where: { $0 == (name, occurrence) }) { places.append((name, occurrence)) }
            }
        }
        return places.enumerated().map { position, place in
            let header = ListColumnName.exported(place.name)
            return ExportColumn(header, header, .onlyCSV) { [reveal] lead in
                guard let value = Self.field(place, at: position, of: lead.fields) else { return .none }
                return .text(Masking.text(value, reveal: reveal))
            }
        }
    }

    /// The value of a list's column; in most campaigns it is where the column is.
    private static func field(
        _ place: (name: String, occurrence: Int), at position: Int, of fields: [LeadField]
    ) -> String? {
        if place.occurrence == 0, position < fields.count, fields[position].name == place.name {
            return fields[position].value
        }
        var seen = 0
        for field in fields where field.name == place.name {
            if seen == place.occurrence { return field.value }
            seen += 1
        }
        return nil
    }

    private var fields: ExportColumn<LeadRecord> {
        ExportColumn("fields", "fields", .onlyJSON) { [reveal] lead in
            .object(lead.fields.map { ($0.name, Masking.text($0.value, reveal: reveal)) })
        }
    }
}
