package import Wording

/// A small CSV file, read whole.
package enum CSVTable {
    /// The rows of a file that are not blank, header included; nil with findings if it cannot be read.
    ///
    /// Any encoding and any separator will do that lists of leads may have. The file is named `file` in findings.
    package static func parse(
        bytes: [UInt8], file: String
    ) -> (rows: [CSVRow]?, diagnostics: [Diagnostic]) {
        let findings = Findings(file: file)
        let rows = rows(bytes, findings)
        return (findings.isClean ? rows : nil, findings.inOrder)
    }

    /// The rows that are not blank; nil after recording why there are none to be had.
    static func rows(_ bytes: [UInt8], _ findings: Findings) -> [CSVRow]? {
        var survey = EncodingSurvey()
        survey.push(bytes)
        var decoder = TextDecoder(survey.encoding)
        do throws(EncodingMismatch) {
            let text = try decoder.push(bytes)
            return split(text + (try decoder.finish()), findings)
        } catch {
            findings.error(
                FilePhrase.noEncoding.phrase, line: error.line, hint: FixPhrase.saveFileUTF8.phrase)
            return nil
        }
    }

    private static func split(_ text: [UInt8], _ findings: Findings) -> [CSVRow]? {
        var reader = CSVReader(separator: CSVSeparator.detect(inHeader: HeaderLine.of(text)))
        do throws(CSVError) {
            var rows = try reader.push(text)
            if let last = try reader.finish() { rows.append(last) }
            return rows.filter { !$0.cells.allSatisfy(CellText.isBlank) }
        } catch {
            findings.add(ListDefect(error, file: findings.file).diagnostic)
            return nil
        }
    }
}
