package import DialModel
package import Wording

/// A row of a list, read.
package enum ListedRow: Hashable, Sendable {
    /// A row with a number that may be dialled.
    case lead(ListedLead)
    /// A row that is turned away.
    case reject(RejectedRow)
}

/// A row of a list that may be dialled.
package struct ListedLead: Hashable, Sendable {
    /// The line of the file on which the row begins, from one.
    package var line: Int
    /// The number in normal form.
    package var number: PhoneNumber
    /// The number as the list has it.
    package var originalNumber: String
    /// The name to show, if the list has one.
    package var name: String?
    /// The other columns, in the file's order.
    package var fields: [LeadField]
    /// Leads of higher priority are dialled first.
    package var priority = 0
    /// When it is no use dialling it any more; nil for never.
    package var expires: ListedExpiry?
    /// Further numbers of the callee, in the order in which they are tried.
    package var alternates: [AlternateNumber] = []
    /// What had become of the lead when it was exported; nil for a new one.
    package var standing: LeadStanding?
    /// The line of the list that an exported lead once came from; nil for a new one.
    package var firstLine: Int?
    /// The row as the file has it, as many cells as the header.
    package var cells: [String]

    /// A new lead.
    package init(
        line: Int, number: PhoneNumber, originalNumber: String, name: String?, fields: [LeadField], cells: [String]
    ) {
        self.line = line
        self.number = number
        self.originalNumber = originalNumber
        self.name = name
        self.fields = fields
        self.cells = cells
    }
}

/// A row of a list that is turned away.
package struct RejectedRow: Hashable, Sendable {
    /// The `reason_code` of a row with more cells than the header.
    package static let tooManyCells = "too_many_cells"

    /// The line of the file on which the row begins, from one.
    package var line: Int
    /// A `NumberRejection`'s raw value or `tooManyCells`.
    package var reasonCode: String
    /// The reason as a sentence without a full stop.
    package var reason: Phrase
    /// The row's cells as the file has them.
    package var cells: [String]

    /// Memberwise.
    package init(line: Int, reasonCode: String, reason: Phrase, cells: [String]) {
        self.line = line
        self.reasonCode = reasonCode
        self.reason = reason
        self.cells = cells
    }
}

/// How many rows of each sort a list had.
package struct ListCounts: Hashable, Sendable {
    /// Rows that may be dialled; the ledger finds the duplicates among them.
    package var leads = 0
    /// Rows that were turned away.
    package var rejects = 0
    /// Further numbers that cannot be dialled, and are left out.
    package var unusableAlternates = 0
    /// Rows without contents, which are skipped.
    package var emptyRows = 0
    /// Rows of an export that come back as they were.
    package var restored = 0
    /// Rows of another campaign's export, which are new leads.
    package var foreign = 0

    /// No rows.
    package init() {}
}

extension NumberRejection: PhraseTable {
    /// The `reason` in a rejects file: what is wrong and, where it is not obvious, what to do.
    package var phrase: Phrase {
        switch self {
        case .empty: Phrase("the row has no number", "该行没有号码")
        case .masked:
            Phrase(
                "part of the number is hidden; export the list again with whole numbers (our exports: --reveal)",
                "号码被部分隐藏；请重新导出完整号码（本程序导出时加 --reveal）")
        case .scientificNotation:
            Phrase(
                "a spreadsheet shortened the number and digits are lost; format the column as text",
                "号码被电子表格改成科学计数法，位数已丢失；请将该列设为文本格式")
        case .notANumber: Phrase("this is not a telephone number", "不是电话号码")
        case .several:
            Phrase(
                "the cell has several numbers; give each a row of its own, or a column",
                "一格中有多个号码；请每个号码单独一行或一列")
        case .tooShort: Phrase("the number has too few digits; it may lack its area code", "号码位数不足，可能缺少区号")
        case .tooLong: Phrase("the number has too many digits", "号码位数过多")
        case .invalid: Phrase("there is no such number in the country's numbering plan", "该国号码规划中没有此号码")
        case .noCountry:
            Phrase(
                "the number has no country code and the campaign names no country; set leads.country",
                "号码没有国家代码，活动也未指定国家；请设置 leads.country")
        case .notCallable:
            Phrase(
                "emergency, service, toll-free and premium-rate numbers are never dialled",
                "紧急、服务、免费及声讯号码一律不拨打")
        }
    }
}
