import Glibc

/// What the terminal behind a stream can show.
struct Terminal: Sendable {
    /// The stream.
    let descriptor: Int32
    /// Whether there is one at all.
    var isInteractive: Bool
    /// Whether it may be given colours (clig.dev: `NO_COLOR`, `TERM=dumb`, `FORCE_COLOR`).
    var hasColour: Bool

    /// Whether it shows more than ASCII.
    var isUnicode: Bool

    /// Looks at a stream and the environment.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        let isTerminal = isatty(descriptor) == 1 && Environment.text("TERM") != "dumb"
        let forced = !(Environment.text("FORCE_COLOR") ?? "").isEmpty
        let refused = !(Environment.text("NO_COLOR") ?? "").isEmpty
        isInteractive = isTerminal
        hasColour = forced || (isTerminal && !refused)
        isUnicode = Environment.characterLocale.lowercased().replacing("-", with: "").contains("utf8")
    }

    /// The width in columns, asked anew each time because windows change.
    var columns: Int { size(\.ws_col) ?? 80 }

    /// The height in lines.
    var rows: Int { size(\.ws_row) ?? 24 }

    private func size(_ extent: KeyPath<winsize, UInt16>) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size[keyPath: extent] > 0 else { return nil }
        return Int(size[keyPath: extent])
    }
}

extension String {
    /// The number of terminal columns that this takes: East Asian wide characters take two.
    var displayWidth: Int {
        unicodeScalars.reduce(0) { $0 + $1.displayWidth }
    }

    /// This, cut to at most `width` columns.
    func fitted(to width: Int) -> String {
        var used = 0
        var fitted = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            used += scalar.displayWidth
            if used > width { break }
            fitted.append(scalar)
        }
        return String(fitted)
    }

    /// This, filled up with blanks to `width` columns.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - displayWidth))
    }
}

extension Unicode.Scalar {
    /// Columns in a terminal, by the ranges that UAX #11 calls wide.
    fileprivate var displayWidth: Int {
        switch value {
        case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
