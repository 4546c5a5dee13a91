package import DialModel
package import Wording

/// A row of a do-not-call list, read.
package enum DoNotCallRow: Hashable, Sendable {
    /// Whom nobody may call, and the first instant at which that no longer counts; nil for never.
    case entry(DoNotCallPattern, expiresAt: Timestamp?)
    /// A row that is turned away.
    case reject(RejectedRow)
}

/// Reads a do-not-call list as its bytes arrive, in constant memory: files like those of leads, with wildcards among the
/// numbers, and an end for each entry if there is a column for it.
///
/// The file is read twice: first by an `EncodingSurvey`, then here. Not for use from several threads at once.
package final class DoNotCallListReader {
    /// What the cells mean, which depends on countries and clocks.
    package struct Cells {
        /// Reads a number or a wildcard.
        package var pattern: (String) -> DoNotCallReading
        /// Reads the first instant at which an entry no longer counts; nil for what is none.
        package var expiry: (String) -> Timestamp?

        /// Memberwise.
        package init(
            pattern: @escaping (String) -> DoNotCallReading, expiry: @escaping (String) -> Timestamp?
        ) {
            self.pattern = pattern
            self.expiry = expiry
        }
    }

    /// Headers of the column that says until when an entry counts, as `CellText.key` leaves them.
    private static let expiryHeaders: Set<String> = [
        "expires", "expiresat", "expiry", "expirydate", "expirationdate", "until", "validuntil", "到期", "到期日", "到期日期",
        "到期时间", "有效期至", "失效日期", "失效时间",
    ]

    private let cells: Cells
    private let rows: LeadListReader
    private var rejects = 0
    /// Where the end of an entry is among the columns; nil before the header has been read, and where there is none.
    private var expiryColumn: Int?

    /// Starts at the first byte of a file that is named `file` in findings; `column` is the header of the numbers, nil to
    /// recognise it.
    package init(encoding: TextEncoding, file: String, column: String?, cells: Cells) {
        self.cells = cells
        let settings = LeadListSettings(file: file, phoneColumn: column)
        rows = LeadListReader(settings, encoding: encoding, file: file) { cell in
            switch cells.pattern(cell) {
            case .entry(let pattern):
                // The reader of leads knows numbers alone; a wildcard is looked at once more below.
                return pattern.number.map { .number($0) } ?? .rejected(.notANumber)
            case .rejected(.number(let rejection)): return .rejected(rejection)
            case .rejected: return .rejected(.notANumber)
            }
        }
    }

    /// The columns, once the header has been read.
    package var header: LeadListHeader? { rows.header }

    /// How many entries count for ever because their end cannot be read.
    package private(set) var unreadableEnds = 0

    /// How many rows were turned away so far.
    package var rejectedCount: Int { rejects }

    /// Takes the file's next bytes and returns the rows that they complete; throws what makes the list unusable.
    ///
    /// A list that keeps hashes takes no wildcards.
    package func push(_ bytes: [UInt8], isHashed: Bool) throws(ListDefect) -> [DoNotCallRow] {
        do throws(ListDefect) {
            return read(try rows.push(bytes), isHashed: isHashed)
        } catch {
            throw Self.inOurWords(error)
        }
    }

    /// Ends the file and returns its last rows; throws what makes the list unusable.
    package func finish(isHashed: Bool) throws(ListDefect) -> [DoNotCallRow] {
        do throws(ListDefect) {
            return read(try rows.finish(), isHashed: isHashed)
        } catch {
            throw Self.inOurWords(error)
        }
    }

    private func read(_ listed: [ListedRow], isHashed: Bool) -> [DoNotCallRow] {
        guard let header = rows.header else { return [] }
        if expiryColumn == nil {
            expiryColumn = header.columns.firstIndex { Self.expiryHeaders.contains(CellText.key($0)) }
        }
        return listed.map { row in
            let read = self.read(row, header, isHashed: isHashed)
            if case .reject = read { rejects += 1 }
            return read
        }
    }

    private func read(_ row: ListedRow, _ header: LeadListHeader, isHashed: Bool) -> DoNotCallRow {
        switch row {
        case .lead(let lead):
            let end = expiryColumn.flatMap { column in lead.fields.first { $0.name == header.columns[column] }?.value }
            return entry(DoNotCallPattern(lead.number), until: end ?? "", Self.row(of: lead, header))
        case .reject(let reject):
            guard NumberRejection(rawValue: reject.reasonCode) != nil, reject.cells.indices.contains(header.phone)
            else { return .reject(reject) }
            switch cells.pattern(CellText.clean(reject.cells[header.phone])) {
            case .rejected(let rejection): return .reject(reject, because: rejection)
            case .entry(let wildcard):
                guard !isHashed else { return .reject(reject, because: .hashedWildcard) }
                let end = expiryColumn.map { reject.cells[$0] }
                return entry(wildcard, until: CellText.clean(end ?? ""), reject)
            }
        }
    }

    /// The row of an entry that can be read, should it be turned away for its end.
    private static func row(of lead: ListedLead, _ header: LeadListHeader) -> RejectedRow {
        var others = lead.fields.makeIterator()
        let cells = header.columns.indices.map { column in
            switch column {
            case header.phone: lead.originalNumber
            case header.name: lead.name ?? ""
            default: others.next()?.value ?? ""
            }
        }
        return RejectedRow(line: lead.line, reasonCode: "", reason: Phrase("", ""), cells: cells)
    }

    private func entry(_ pattern: DoNotCallPattern, until end: String, _ row: RejectedRow) -> DoNotCallRow {
        guard !CellText.isBlank(end) else { return .entry(pattern, expiresAt: nil) }
        guard let expiresAt = cells.expiry(CellText.header(end)) else {
            // Whoever is on the list stays on it, whatever else was meant.
            unreadableEnds += 1
            return .entry(pattern, expiresAt: nil)
        }
        return .entry(pattern, expiresAt: expiresAt)
    }

    /// A finding about a list of leads, whose file a campaign names, as one about a file that a command names.
    private static func inOurWords(_ defect: ListDefect) -> ListDefect {
        guard let hint = defect.diagnostic.hint?.english, hint.contains("leads") else { return defect }
        var defect = defect
        defect.diagnostic.hint =
            hint.contains("encoding")
            ? FixPhrase.saveListUTF8.phrase : FixPhrase.headerColumn.phrase
        return defect
    }
}

extension DoNotCallRow {
    /// A row that is turned away for another reason.
    fileprivate static func reject(_ row: RejectedRow, because rejection: DoNotCallRejection) -> DoNotCallRow {
        .reject(
            RejectedRow(
                line: row.line, reasonCode: rejection.reasonCode, reason: rejection.reason, cells: row.cells))
    }
}

extension DoNotCallRejection {
    /// The `reason_code` in a rejects file.
    package var reasonCode: String {
        switch self {
        case .number(let rejection): rejection.rawValue
        case .malformedWildcard: "malformed_wildcard"
        case .nationalWildcard: "national_wildcard"
        case .hashedWildcard: "hashed_wildcard"
        }
    }

    /// The `reason` in a rejects file: what is wrong and, where it is not obvious, what to do.
    package var reason: Phrase {
        switch self {
        case .number(.noCountry):
            Phrase(
                "the number has no country code; write it with one, or name the country with --country",
                "号码没有国家代码；请补上，或用 --country 指定国家")
        case .number(.notCallable):
            Phrase(
                "emergency, service, toll-free and premium-rate numbers are never dialled anyway",
                "紧急、服务、免费及声讯号码本来就一律不拨打")
        case .number(let rejection): rejection.phrase
        case .malformedWildcard:
            Phrase(
                "a wildcard is first digits and * or an X for each further digit, +86138* or +1201XXXXXXX",
                "通配须为开头数字加 *，或每位其余数字写一个 X：+86138* 或 +1201XXXXXXX")
        case .nationalWildcard:
            Phrase(
                "the wildcard has no country code; write it as it is dialled from abroad, +44207*",
                "通配没有国家代码；请写成国际格式，如 +44207*")
        case .hashedWildcard:
            Phrase(
                "the list keeps hashes, and a wildcard cannot be hashed; keep it in another list",
                "该名单以哈希保存，通配无法哈希；请放入其他名单")
        }
    }
}
