package import DialModel
package import Wording

/// A file with the numbers that an operator may show.
package enum CallerIDList {
    /// Reads an inventory, which is named `file` in findings; there are numbers unless there are errors.
    ///
    /// The file is CSV in any encoding and with any separator that lists of leads may have. A column that is not known is a
    /// warning. Broken CSV ends the reading; everything else is found at once.
    package static func parse(
        bytes: [UInt8], file: String
    ) -> (numbers: [OutboundNumber]?, diagnostics: [Diagnostic]) {
        let findings = Findings(file: file)
        let numbers = CSVTable.rows(bytes, findings).map { read($0, findings) }
        return (findings.isClean ? numbers : nil, findings.inOrder)
    }

    private static func read(_ rows: [CSVRow], _ findings: Findings) -> [OutboundNumber] {
        guard let first = rows.first else {
            findings.error(
                FilePhrase.empty.phrase, line: nil, hint: FixPhrase.headerAndNumbers.phrase)
            return []
        }
        guard let header = CallerIDHeader(first, findings) else { return [] }
        if rows.count == 1 { findings.error(ListPhrase.noNumbers.phrase, line: first.line) }
        var register = CallerIDRegister()
        var numbers: [OutboundNumber] = []
        for row in rows.dropFirst() {
            guard let number = CallerIDRow(header: header, row: row, findings: findings).number() else { continue }
            register.enter(number, line: row.line, findings)
            numbers.append(number)
        }
        return numbers
    }
}

/// What the numbers of a file so far mean for those that follow.
private struct CallerIDRegister {
    /// The first line of each number.
    private var lines: [String: Int] = [:]
    /// The calling code of each pool, and the line that settled it.
    private var pools: [String: (code: Substring, line: Int)] = [:]

    /// Takes in a number, and records what it contradicts.
    mutating func enter(_ number: OutboundNumber, line: Int, _ findings: Findings) {
        let key = NumberText.key(number.number)
        if let first = lines[key] {
            findings.error(
                ListPhrase.numberTwice.filled(number.number), line: line, hint: FixPhrase.firstInLine.filled(first))
            return
        }
        lines[key] = line
        guard let code = NumberText.callingCode(number.number) else { return }
        for pool in number.pools {
            guard let settled = pools[pool] else {
                pools[pool] = (code, line)
                continue
            }
            guard settled.code != code else { continue }
            findings.error(
                ListPhrase.twoCountries.filled(pool, settled.code, settled.line, code),
                line: line, hint: FixPhrase.poolEach.phrase)
        }
    }
}
