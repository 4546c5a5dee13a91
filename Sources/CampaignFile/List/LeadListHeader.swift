import DialModel

/// The columns of a list, and which of them mean something to us.
package struct LeadListHeader: Hashable, Sendable {
    /// The columns that we add to a rejects file, and take off again when it comes back.
    package static let rejectColumns = ["line", "reason_code", "reason"]

    /// The headers as the file has them, without the columns of a rejects file.
    package let columns: [String]
    /// Where the number is.
    package let phone: Int
    /// Where the name is, if anywhere.
    package let name: Int?
    /// How many cells a row may have: more than there are columns if the file is a rejects file.
    let cellLimit: Int

    /// Finds the columns in a header row, or says what is missing and what to do about it.
    static func read(_ row: CSVRow, settings: LeadListSettings, file: String) throws(ListDefect) -> LeadListHeader {
        var columns = row.cells.map(CellText.header)
        let cellLimit = columns.count
        if columns.suffix(rejectColumns.count).elementsEqual(rejectColumns) { columns.removeLast(rejectColumns.count) }
        let keys = columns.map(CellText.key)
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
        return LeadListHeader(columns: columns, phone: phone, name: name, cellLimit: cellLimit)
    }

    /// The column that the campaign names.
    private static func find(
        _ wanted: String, in columns: [String], as role: String, line: Int, file: String
    ) throws(ListDefect) -> Int {
        let key = CellText.key(wanted)
        let matches = columns.indices.filter { CellText.key(columns[$0]) == key }
        if let only = matches.first, matches.count == 1 { return only }
        let problem = matches.isEmpty ? "there is no column \"\(wanted)\"" : "there are several columns \"\(wanted)\""
        throw ListDefect(
            problem, file: file, line: line,
            hint: "leads.columns.\(role) must name one of: \(list(columns))")
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
                    "several columns may hold the number: \(list(matches.map { columns[$0] }))", file: file, line: line,
                    hint: "name one of them: leads: { columns: { phone: \(columns[matches[0]]) } }")
            }
        }
        throw ListDefect(
            "no column with telephone numbers among: \(list(columns))", file: file, line: line,
            hint: "name it: leads: { columns: { phone: ... } }; the first line must be a header")
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
        "tel", "telephone", "telephonenumber", "telno", "msisdn", "contactnumber", "contactphone", "手机", "手机号",
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
