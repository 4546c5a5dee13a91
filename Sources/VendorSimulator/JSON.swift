/// A JSON value whose members keep their order, as the dialects' answers are built of.
///
/// Some values say what they mean on top of how they look, so that a fault switch can spell them as the vendor
/// sometimes does.
enum JSON: Sendable {
    case null
    case string(String)
    case number(Int64)
    case decimal(Double)
    case bool(Bool)
    /// A phone number: a string, or on a bad day a number that has lost its leading zero.
    case phone(String)
    case list([JSON])
    /// A list in one more layer, `{"Name":[…]}`.
    case wrapped(String, [JSON])
    case object([(String, JSON)])

    /// A count.
    static func count(_ value: Int) -> JSON { .number(Int64(value)) }

    /// The members of an object followed by those of another.
    func adding(_ members: [(String, JSON)]) -> JSON {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }
}

/// How JSON values are spelt.
struct JSONStyle: Hashable, Sendable {
    /// Phone numbers become numbers.
    var numericPhones = false
    /// A wrapped list of one becomes the element itself.
    var collapsesSingles = false
    /// A wrapped list loses its outer layer.
    var unwrapsLists = false
    /// Booleans and numbers become strings.
    var quotesScalars = false

    /// A value as UTF-8 text.
    func bytes(of value: JSON) -> [UInt8] {
        var text = ""
        write(value, into: &text)
        return Array(text.utf8)
    }

    private func write(_ value: JSON, into text: inout String) {
        switch value {
        case .null: text += "null"
        case .string(let string): quote(string, into: &text)
        case .number(let number): scalar(String(number), into: &text)
        case .decimal(let number): scalar("\(number)", into: &text)
        case .bool(let bool): scalar(bool ? "true" : "false", into: &text)
        case .phone(let digits): phone(digits, into: &text)
        case .list(let elements): list(elements, into: &text)
        case .wrapped(let name, let elements): wrapped(name, elements, into: &text)
        case .object(let members): object(members, into: &text)
        }
    }

    private func scalar(_ spelling: String, into text: inout String) {
        text += quotesScalars ? "\"\(spelling)\"" : spelling
    }

    private func phone(_ digits: String, into text: inout String) {
        if numericPhones, let number = Int64(digits), number > 0 {
            text += String(number)
        } else {
            quote(digits, into: &text)
        }
    }

    private func wrapped(_ name: String, _ elements: [JSON], into text: inout String) {
        if unwrapsLists {
            list(elements, into: &text)
        } else if collapsesSingles, elements.count == 1 {
            object([(name, elements[0])], into: &text)
        } else {
            object([(name, .list(elements))], into: &text)
        }
    }

    private func list(_ elements: [JSON], into text: inout String) {
        text += "["
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            write(element, into: &text)
        }
        text += "]"
    }

    private func object(_ members: [(String, JSON)], into text: inout String) {
        text += "{"
        for (index, member) in members.enumerated() {
            if index > 0 { text += "," }
            quote(member.0, into: &text)
            text += ":"
            write(member.1, into: &text)
        }
        text += "}"
    }

    private func quote(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
