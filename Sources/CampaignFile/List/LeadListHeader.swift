import DialModel
import Wording

/// The columns of a list, and which of them mean something to us.
package struct LeadListHeader: Sendable {
    /// The columns that we add to a rejects file, and take off again when it comes back.
    package static let rejectColumns = ["line", "reason_code", "reason"]

    /// The headers as the file has them, without the columns of a rejects file.
    package let columns: [String]
    /// Where the number is.
    package let phone: Int
    /// Where the name is, if anywhere.
    package let name: Int?
    /// Whether the list is an export of leads, or the rejects of one.
    package let isExport: Bool
    /// Where priorities are, if anywhere.
    let priority: Int?
    /// Where the end of each lead's time is, if anywhere.
    let expires: Int?
    /// Where further numbers are.
    let alternates: [Int]
    /// The columns that are carried along, with the headers that they have in the ledger.
    let fields: [(column: Int, name: String)]
    /// How many cells a row may have: more than there are columns if the file is a rejects file.
    let cellLimit: Int

    private init(
        columns: [String], phone: Int, name: Int?, isExport: Bool, cellLimit: Int, priority: Int? = nil,
        expires: Int? = nil, alternates: [Int] = []
    ) {
        self.priority = priority
        self.expires = expires
        self.alternates = alternates
        self.columns = columns
        self.phone = phone
        self.name = name
        self.isExport = isExport
        self.cellLimit = cellLimit
        let own = isExport ? LeadColumn.allCases.count : 0
        fields = columns.indices.dropFirst(own).filter { $0 != phone && $0 != name }.map { column in
            (column, isExport ? ListColumnName.listed(columns[column]) : columns[column])
        }
    }

    /// The header of a list that has none of its own, unless its first row is one that we wrote: a rejects file's or an
    /// export's.
    static func given(
        _ names: [String], before row: CSVRow, settings: LeadListSettings, file: String
    ) throws(ListDefect) -> LeadListHeader? {
        let keys = row.cells.map { CellText.key(CellText.header($0)) }
        let isOurs =
            LeadColumn.begin(keys) || keys.elementsEqual((names + rejectColumns).map { CellText.key($0) })
        guard !isOurs else { return nil }
        guard row.cells.count == names.count else {
            throw ListDefect(
                ListPhrase.columnCount.filled(row.cells.count, names.count), file: file,
                line: row.line, hint: FixPhrase.nameEvery.phrase)
        }
        return try read(CSVRow(line: row.line, cells: names), settings: settings, file: file)
    }

    /// Finds the columns in a header row, or says what is missing and what to do about it.
    static func read(_ row: CSVRow, settings: LeadListSettings, file: String) throws(ListDefect) -> LeadListHeader {
        var columns = row.cells.map(CellText.header)
        let cellLimit = columns.count
        if columns.suffix(rejectColumns.count).elementsEqual(rejectColumns) { columns.removeLast(rejectColumns.count) }
        let keys = columns.map(CellText.key)
        if LeadColumn.begin(keys) {
            return LeadListHeader(
                columns: columns, phone: LeadColumn.phone.position, name: LeadColumn.name.position, isExport: true,
                cellLimit: cellLimit, priority: LeadColumn.priority.position, expires: LeadColumn.expiresAtUTC.position)
        }
        let phone: Int
        if let named = settings.phoneColumn {
            phone = try find(named, in: columns, as: "phone", line: row.line, file: file)
        } else {
            phone = try recognisePhone(keys, columns, line: row.line, file: file)
        }
        let name: Int?
        if let named = settings.nameColumn {
            name = try find(named, in: columns, as: "name", line: row.line, file: file)
        } else {
            name = keys.indices.first { $0 != phone && ColumnAlias.name.contains(keys[$0]) }
        }
        var special: [(String, Int)] = []
        for (role, header) in settings.columns.named {
            special.append((role, try find(header, in: columns, as: role, line: row.line, file: file)))
        }
        func column(_ role: String) -> Int? { special.first { $0.0 == role }?.1 }
        return LeadListHeader(
            columns: columns, phone: phone, name: name, isExport: false, cellLimit: cellLimit,
            priority: column("priority"), expires: column("expires"),
            alternates: special.filter { $0.0 == "alternates" }.map(\.1))
    }

    /// The column that the campaign names.
    private static func find(
        _ wanted: String, in columns: [String], as role: String, line: Int, file: String
    ) throws(ListDefect) -> Int {
        let key = CellText.key(wanted)
        let matches = columns.indices.filter { CellText.key(columns[$0]) == key }
        if let only = matches.first, matches.count == 1 { return only }
        let problem =
            matches.isEmpty ? ListPhrase.noSuchColumn.filled(wanted) : ListPhrase.severalColumns.filled(wanted)
        throw ListDefect(
            problem, file: file, line: line,
            hint: FixPhrase.columnsAre.filled(role, list(columns)))
    }

    /// The column that looks like the number; two of them are not chosen between.
    private static func recognisePhone(
        _ keys: [String], _ columns: [String], line: Int, file: String
    ) throws(ListDefect) -> Int {
        for aliases in [ColumnAlias.phone, ColumnAlias.vaguePhone] {
            let matches = keys.indices.filter { aliases.contains(keys[$0]) }
            if let only = matches.first, matches.count == 1 { return only }
            guard matches.isEmpty else {
                throw ListDefect(
                    ListPhrase.severalPhones.filled(list(matches.map { columns[$0] })), file: file, line: line,
                    hint: FixPhrase.nameOne.filled(columns[matches[0]]))
            }
        }
        throw ListDefect(
            ListPhrase.noPhone.filled(list(columns)), file: file, line: line,
            hint:
                FixPhrase.nameIt.phrase
        )
    }

    /// Headers for a message: few, short, and quoted; a list without a header must not print its people.
    private static func list(_ columns: [String]) -> String {
        let shown = columns.prefix(12).map { "\"\(CellText.masked(String($0.prefix(24))))\"" }
        return shown.joined(separator: ", ") + (columns.count > shown.count ? ", …" : "")
    }
}

/// Headers that are recognised, as `CellText.key` leaves them.
private enum ColumnAlias {
    static let phone: Set<String> = [
        "phone", "phonenumber", "phoneno", "mobile", "mobilephone", "mobilenumber", "mobileno", "cell", "cellphone",
        "tel", "telephone", "telephonenumber", "telno", "msisdn", "contactnumber", "contactphone",
        "phone1value", "primaryphone", "手机", "手机号",
        "手机号码", "手机电话", "移动电话", "电话", "电话号码", "联系电话", "联系手机", "联系号码", "客户电话", "客户手机", "客户手机号",
        "客户号码", "手機", "手機號碼", "電話", "電話號碼", "聯絡電話",
    ]
    /// Words that mean something else in many lists, and are asked only if nothing better is there.
    static let vaguePhone: Set<String> = ["number", "no", "号码", "號碼", "联系方式", "contact"]
    static let name: Set<String> = [
        "name", "fullname", "customername", "customer", "clientname", "contactname", "contactperson", "姓名", "名字", "名称",
        "客户姓名", "客户名称", "客户", "联系人", "联系人姓名", "称呼", "姓名称呼", "客戶姓名", "聯絡人", "稱呼",
    ]
}
