/// One row of a CSV file.
package struct CSVRow: Hashable, Sendable {
    /// The line of the file on which the row begins, from one.
    package var line: Int
    /// The cells, without their quotes.
    package var cells: [String]

    /// Memberwise.
    package init(line: Int, cells: [String]) {
        self.line = line
        self.cells = cells
    }
}

/// Why a CSV file cannot be read further.
package struct CSVError: Error, Hashable, Sendable {
    /// What is wrong.
    package enum Kind: Hashable, Sendable {
        /// A quoted cell never ends; the line is where it begins.
        case unterminatedQuote
        /// Something other than a separator or a line end follows a closing quote.
        case textAfterQuote
        /// A cell is longer than `CSVReader.cellLimit`; the line is where it begins.
        case cellTooLong
        /// A row has more cells than `CSVReader.columnLimit`.
        case tooManyColumns
    }

    /// What is wrong.
    package var kind: Kind
    /// The line of the file, from one.
    package var line: Int

    /// Memberwise.
    package init(_ kind: Kind, line: Int) {
        self.kind = kind
        self.line = line
    }
}

/// Reads CSV in UTF-8 as its bytes arrive, in constant memory (RFC 4180; also lone CR and LF as line ends).
///
/// A quote inside an unquoted cell is kept as it is. An empty line is a row of one empty cell.
package struct CSVReader: Sendable {
    /// The most bytes that a cell may have.
    package static let cellLimit = 1 << 20
    /// The most cells that a row may have.
    package static let columnLimit = 1024

    private enum State {
        /// At the start of a row, where the end of the file ends nothing.
        case rowStart
        case cellStart
        case plain
        case quoted
        /// After a quote within a quoted cell: the end of the cell, or half of a doubled quote.
        case quoteInQuoted
    }

    private let separator: UInt8
    private var state = State.rowStart
    private var cell: [UInt8] = []
    private var cells: [String] = []
    private var line = 1
    private var rowLine = 1
    private var cellLine = 1
    private var lastWasCR = false
    private var failure: CSVError?

    /// Starts at the first byte of a file.
    package init(separator: CSVSeparator) {
        self.separator = separator.byte
    }

    /// Takes the file's next bytes and returns the rows that they complete.
    ///
    /// Throws at the first error; rows completed before it in the same bytes are lost, and so is the file.
    package mutating func push(_ bytes: [UInt8]) throws(CSVError) -> [CSVRow] {
        if let failure { throw failure }
        var rows: [CSVRow] = []
        var position = 0
        while position < bytes.count {
            let textEnd = endOfText(in: bytes, from: position)
            if textEnd > position {
                try append(bytes[position..<textEnd])
                lastWasCR = false
                position = textEnd
            } else {
                try take(bytes[position], &rows)
                position += 1
            }
        }
        return rows
    }

    /// Ends the file and returns its last row, if it did not end with a line end.
    package mutating func finish() throws(CSVError) -> CSVRow? {
        if let failure { throw failure }
        switch state {
        case .rowStart: return nil
        case .quoted: throw fail(.unterminatedQuote, line: cellLine)
        case .cellStart, .plain, .quoteInQuoted:
            try endCell()
            state = .rowStart
            return takeRow()
        }
    }

    /// Where bytes end that are nothing but text within a cell; most are, and need not be taken one by one.
    private func endOfText(in bytes: [UInt8], from start: Int) -> Int {
        let ending: UInt8
        switch state {
        case .plain: ending = separator
        case .quoted: ending = UInt8(ascii: "\"")
        case .rowStart, .cellStart, .quoteInQuoted: return start
        }
        var end = start
        while end < bytes.count, bytes[end] != ending, !Self.isLineEnd(bytes[end]) { end += 1 }
        return end
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    private mutating func take(_ byte: UInt8, _ rows: inout [CSVRow]) throws(CSVError) {
        let follows = lastWasCR && byte == UInt8(ascii: "\n")
        lastWasCR = byte == UInt8(ascii: "\r")
        // The LF of a CRLF has been dealt with, except as contents of a quoted cell.
        guard !follows else {
            if state == .quoted { try append(byte) }
            return
        }
        let isLineEnd = Self.isLineEnd(byte)
        defer { if isLineEnd { line += 1 } }
        if state == .quoted {
            if byte == UInt8(ascii: "\"") { state = .quoteInQuoted } else { try append(byte) }
            return
        }
        if state == .rowStart {
            rowLine = line
            state = .cellStart
        }
        if byte == separator {
            try endCell()
            state = .cellStart
        } else if isLineEnd {
            try endCell()
            rows.append(takeRow())
            state = .rowStart
        } else if byte == UInt8(ascii: "\""), state != .plain {
            try takeQuote()
        } else if state == .quoteInQuoted {
            throw fail(.textAfterQuote, line: line)
        } else {
            state = .plain
            try append(byte)
        }
    }

    /// A quote at the start of a cell opens it; after a quote in a quoted cell it is the cell's text.
    private mutating func takeQuote() throws(CSVError) {
        if state == .quoteInQuoted {
            try append(UInt8(ascii: "\""))
        } else {
            cellLine = line
        }
        state = .quoted
    }

    private mutating func append(_ byte: UInt8) throws(CSVError) {
        try makeRoom(for: 1)
        cell.append(byte)
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) throws(CSVError) {
        try makeRoom(for: bytes.count)
        cell.append(contentsOf: bytes)
    }

    private mutating func makeRoom(for count: Int) throws(CSVError) {
        guard cell.count + count <= Self.cellLimit else {
            throw fail(.cellTooLong, line: state == .quoted ? cellLine : line)
        }
    }

    private mutating func endCell() throws(CSVError) {
        guard cells.count < Self.columnLimit else { throw fail(.tooManyColumns, line: rowLine) }
        cells.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
    }

    private mutating func takeRow() -> CSVRow {
        defer { cells = [] }
        return CSVRow(line: rowLine, cells: cells)
    }

    private mutating func fail(_ kind: CSVError.Kind, line: Int) -> CSVError {
        let error = CSVError(kind, line: line)
        failure = error
        return error
    }
}
