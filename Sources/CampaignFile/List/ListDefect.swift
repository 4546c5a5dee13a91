package import DialModel

/// Why a list cannot be used at all: a finding that ends the reading.
package struct ListDefect: Error, Hashable, Sendable {
    /// The finding.
    package var diagnostic: Diagnostic

    /// A finding about the list as a whole or about one line of it.
    init(_ message: String, file: String, line: Int? = nil, hint: String? = nil) {
        diagnostic = Diagnostic(.error, message, file: file, line: line, hint: hint)
    }

    /// What bytes that do not fit the encoding mean to the operator.
    init(_ error: EncodingMismatch, file: String, isForced: Bool) {
        if isForced {
            self.init(
                "the text is not \(error.encoding.rawValue)", file: file, line: error.line,
                hint: "leads.encoding names the wrong encoding; leave it out to have it found")
        } else if error.encoding == .gb18030 {
            self.init(
                "the text is neither UTF-8 nor GB18030", file: file, line: error.line,
                hint: "save the list as UTF-8, or name its encoding in leads.encoding")
        } else {
            self.init(
                "the text is damaged: the file begins as \(error.encoding.rawValue) and does not go on so", file: file,
                line: error.line, hint: "save the list again")
        }
    }

    /// What broken CSV means to the operator.
    init(_ error: CSVError, file: String) {
        switch error.kind {
        case .unterminatedQuote:
            self.init(
                "a cell begins with a quote and never ends", file: file, line: error.line,
                hint: "close the quote, or double it if it belongs to the text")
        case .textAfterQuote:
            self.init(
                "there is text after a closing quote", file: file, line: error.line,
                hint: "quotes within a quoted cell must be doubled")
        case .cellTooLong:
            self.init(
                "a cell is longer than \(CSVReader.cellLimit) bytes", file: file, line: error.line,
                hint: "a quote may be missing")
        case .tooManyColumns:
            self.init(
                "a row has more than \(CSVReader.columnLimit) cells", file: file, line: error.line,
                hint: "this may not be a CSV file")
        }
    }
}
