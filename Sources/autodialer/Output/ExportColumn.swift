import DialModel
import Wording

/// What a cell of an export holds; how it is written is up to the format.
enum ExportValue {
    case none
    case text(String)
    case integer(Int64)
    case flag(Bool)
    /// An instant with the machine's offset.
    case local(Timestamp)
    /// An instant in UTC.
    case utc(Timestamp)
    /// Texts by their names; only JSON has them.
    case object([(name: String, text: String)])

    /// A text, or nothing.
    static func optional(_ text: String?) -> ExportValue { text.map { .text($0) } ?? .none }

    /// A count.
    static func count(_ value: Int) -> ExportValue { .integer(Int64(value)) }

    /// A length of time in milliseconds, or nothing.
    static func milliseconds(_ duration: Duration?) -> ExportValue {
        duration.map { .integer($0.milliseconds) } ?? .none
    }
}

/// A column of an exported table: its headers, and where its cells come from.
struct ExportColumn<Record> {
    /// The formats that have a column.
    enum Appearance {
        case everywhere, onlyCSV, onlyJSON
    }

    /// What stands above it.
    let header: Phrase
    let appearance: Appearance
    let value: (Record) -> ExportValue

    init(
        _ name: String, _ chinese: String, _ appearance: Appearance = .everywhere,
        value: @escaping (Record) -> ExportValue
    ) {
        header = Phrase(name, chinese)
        self.appearance = appearance
        self.value = value
    }

    /// The English header, which is also the key in JSON.
    var name: String { header.english }

    /// Two columns for an instant: with the machine's offset, and in UTC.
    static func instant(
        _ name: String, _ chinese: String, _ instant: @escaping (Record) -> Timestamp?
    ) -> [ExportColumn] {
        [
            ExportColumn(name, chinese) { instant($0).map { .local($0) } ?? .none },
            ExportColumn(name + "_utc", chinese + "(UTC)") { instant($0).map { .utc($0) } ?? .none },
        ]
    }
}
