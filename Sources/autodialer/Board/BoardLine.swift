/// A line of a board: texts, each in an ink, which a terminal without colours shows as they are.
struct BoardLine: Hashable, Sendable {
    /// What a text is shown in; meaning never hangs on it alone.
    enum Ink: String, Hashable, Sendable {
        case plain = ""
        case strong = "1"
        case faint = "2"
        case good = "32"
        case caution = "33"
        case urgent = "1;31"
        /// A bar: the ground has the colour of the letters, which makes it one piece.
        case bar = "36;46"
    }

    private var texts: [(text: String, ink: Ink)] = []

    /// Nothing yet.
    init() {}

    /// A text in one ink.
    init(_ text: String, _ ink: Ink = .plain) { add(text, ink) }

    static func == (lhs: BoardLine, rhs: BoardLine) -> Bool {
        lhs.texts.count == rhs.texts.count && zip(lhs.texts, rhs.texts).allSatisfy { $0 == $1 }
    }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// The line without inks.
    var text: String { texts.map(\.text).joined() }

    /// How many columns it takes.
    var width: Int { texts.reduce(0) { $0 + $1.text.displayWidth } }

    /// Adds a text, without what a terminal would take for an order.
    mutating func add(_ text: String, _ ink: Ink = .plain) {
        let harmless = Console.plain(text).replacing("\n", with: " ").replacing("\t", with: " ")
        if !harmless.isEmpty { texts.append((harmless, ink)) }
    }

    /// Adds another line's texts.
    mutating func add(_ line: BoardLine) { texts += line.texts }

    /// Fills up with blanks to a width.
    mutating func pad(to width: Int) { add(String(repeating: " ", count: max(0, width - self.width))) }

    /// The line, cut to a width.
    func fitted(to width: Int) -> BoardLine {
        var line = BoardLine()
        var room = max(0, width)
        for (text, ink) in texts {
            let piece = text.fitted(to: room)
            line.add(piece, ink)
            room -= piece.displayWidth
            if piece.unicodeScalars.count < text.unicodeScalars.count { break }
        }
        return line
    }

    /// What is written to a terminal; one that knows ASCII only is shown a question mark for each column of the rest.
    func rendered(for terminal: Terminal) -> String {
        texts.map { text, ink in
            let shown = terminal.isUnicode ? text : text.inASCII
            guard terminal.hasColour, ink != .plain else { return shown }
            return "\u{1B}[\(ink.rawValue)m\(shown)\u{1B}[0m"
        }.joined()
    }
}

extension String {
    /// The text with a question mark for each column of what is not ASCII.
    fileprivate var inASCII: String {
        guard !utf8.allSatisfy({ $0 < 0x80 }) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            text += scalar.isASCII ? String(scalar) : String(repeating: "?", count: String(scalar).displayWidth)
        }
    }
}
