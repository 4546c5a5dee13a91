package import Wording

/// Why a list cannot be used at all: a finding that ends the reading.
package struct ListDefect: Error, Hashable, Sendable {
    /// The finding.
    package var diagnostic: Diagnostic

    /// A finding about the list as a whole or about one line of it.
    init(_ message: Phrase, file: String, line: Int? = nil, hint: Phrase? = nil) {
        diagnostic = Diagnostic(.error, message, file: file, line: line, hint: hint)
    }

    /// What bytes that do not fit the encoding mean to the operator.
    init(_ error: EncodingMismatch, file: String, isForced: Bool) {
        if isForced {
            self.init(
                FilePhrase.notThisEncoding.filled(error.encoding.rawValue), file: file, line: error.line,
                hint: FixPhrase.wrongEncoding.phrase)
        } else if error.encoding == .gb18030 {
            self.init(
                FilePhrase.neitherEncoding.phrase, file: file, line: error.line,
                hint: FixPhrase.saveOrName.phrase)
        } else {
            self.init(
                FilePhrase.damaged.filled(error.encoding.rawValue), file: file,
                line: error.line, hint: FixPhrase.saveAgain.phrase)
        }
    }

    /// What broken CSV means to the operator.
    init(_ error: CSVError, file: String) {
        switch error.kind {
        case .unterminatedQuote:
            self.init(
                FilePhrase.openQuote.phrase, file: file, line: error.line,
                hint: FixPhrase.closeQuote.phrase)
        case .textAfterQuote:
            self.init(
                FilePhrase.afterQuote.phrase, file: file, line: error.line,
                hint: FixPhrase.doubleQuotes.phrase)
        case .cellTooLong:
            self.init(
                FilePhrase.longCell.filled(CSVReader.cellLimit), file: file, line: error.line,
                hint: FixPhrase.missingQuote.phrase)
        case .tooManyColumns:
            self.init(
                FilePhrase.manyCells.filled(CSVReader.columnLimit), file: file, line: error.line,
                hint: FixPhrase.notCSV.phrase)
        }
    }
}
