import EventWire

/// What the result of a sign-in grants an agent: skill groups, and numbers that may be shown (`vendors/well-wincall.md`, B.4).
///
/// The text is a JavaScript literal, `[[6250,6251],['01080000001'],"secret"]`; its third element, the password of a
/// softphone, is not kept.
struct SignInGrant: Hashable, Sendable {
    var queues: [Int]
    var callers: [String]

    init(queues: [Int] = [], callers: [String] = []) {
        self.queues = queues
        self.callers = callers
    }

    /// Reads the literal; nil when it is none.
    init?(literal text: String) {
        guard let value = Self.value(ofLiteral: text), case .array(let parts) = value else { return nil }
        queues = parts.first.map(Self.elements)?.compactMap(\.integer).map(Int.init) ?? []
        callers = parts.dropFirst().first.map(Self.elements)?.compactMap(\.text) ?? []
    }

    /// The elements of a list, which may itself be a literal within a string; of a list of lists, the first of each.
    static func elements(of value: JSONValue) -> [JSONValue] {
        switch value {
        case .array(let elements):
            return elements.compactMap { element in
                if case .array(let inner) = element { return inner.first }
                return element
            }
        case .string(let text):
            guard let inner = Self.value(ofLiteral: text), case .array = inner else {
                return text.split(separator: ",").map { .string(String($0)) }
            }
            return elements(of: inner)
        case .null, .bool, .number, .object:
            return value.text.map { [.string($0)] } ?? []
        }
    }

    /// A literal as JSON: single quotes made double, and commas before a closing bracket left out.
    private static func value(ofLiteral text: String) -> JSONValue? {
        if let value = JSONValue(parsing: Array(text.utf8)) { return value }
        var json = ""
        var quote: Character?
        var isEscaped = false
        for character in text {
            if let open = quote {
                if isEscaped {
                    isEscaped = false
                    json += character == "'" ? "'" : "\\\(character)"
                } else if character == "\\" {
                    isEscaped = true
                } else if character == open {
                    quote = nil
                    json += "\""
                } else {
                    json += character == "\"" ? "\\\"" : String(character)
                }
            } else if character == "'" || character == "\"" {
                quote = character
                json += "\""
            } else {
                if character == "]" { json = json.droppingLastComma() }
                json.append(character)
            }
        }
        return JSONValue(parsing: Array(json.utf8))
    }
}

extension String {
    /// The text without a comma, and blanks after it, at its end.
    fileprivate func droppingLastComma() -> String {
        guard let last = lastIndex(where: { !$0.isWhitespace }), self[last] == "," else { return self }
        return String(self[..<last])
    }
}
