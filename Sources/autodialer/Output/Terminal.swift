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

    /// How wide a line may be that is not to be broken: what is no terminal takes any.
    var lineWidth: Int { isInteractive ? columns : .max }

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
    /// Columns in a terminal: none for marks that stand on the letter before, two for what UAX #11 calls wide or full-width.
    fileprivate var displayWidth: Int {
        if isASCII { return 1 }
        // A soft hyphen is a mark of format, and shown.
        let hasNone = [.nonspacingMark, .enclosingMark, .format].contains(properties.generalCategory)
        if hasNone, value != 0xAD { return 0 }
        switch value {
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF,
            0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0xFFE0...0xFFE6, 0x16FE0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD:
            return 2
        // Letters of flags, two of which take two columns.
        case 0x1F1E6...0x1F1FF: return 1
        default: return properties.isEmojiPresentation ? 2 : 1
        }
    }
}
