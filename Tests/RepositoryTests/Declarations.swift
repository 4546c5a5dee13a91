/// One declaration found in Swift source.
struct Declaration: Equatable {
    /// The keyword that introduces it: `func`, `struct`, ….
    var keyword: String
    /// Its name; `init` and `subscript` are named like their keyword, an operator by its characters.
    var name: String
    /// The line, from one, of its first modifier or its keyword.
    var line: Int
    /// The line on which its body ends; its own if it has none.
    var lastLine: Int
    /// Whether it says `package` itself.
    var isPackage: Bool
    /// What follows the colon of a type: its superclass and protocols.
    var inherits: [String] = []
    /// The innermost type around it.
    var enclosingType: String?
    /// Whether that type is a protocol declared `package`, so that the declaration is a requirement.
    var isRequirement = false

    /// How many lines it takes.
    var length: Int { lastLine - line + 1 }
    /// Whether it declares a type.
    var isType: Bool { Declarations.types.contains(keyword) }
}

/// Finds declarations by their keywords and braces: enough for rules of length, naming and documentation.
struct Declarations {
    static let types: Set = ["struct", "enum", "class", "actor", "protocol", "typealias"]
    private static let members: Set = ["func", "init", "deinit", "subscript", "var", "let"]
    private static let modifiers: Set = [
        "static", "class", "final", "mutating", "nonmutating", "override", "required", "convenience", "lazy", "weak",
        "unowned", "indirect", "nonisolated", "dynamic", "infix", "prefix", "postfix", "public", "internal", "private",
        "fileprivate", "package", "open", "consuming", "borrowing", "distributed",
    ]
    private static let keywords = types.union(members).union(["extension"])
    private static let endsSignature = keywords.union(modifiers).union(["case", "associatedtype", "import"])

    private struct Token {
        var text: String
        var line: Int
        var isWord: Bool
    }

    private struct Scope {
        var declaration: Int?
    }

    private let tokens: [Token]
    private var found: [Declaration] = []
    private var scopes: [Scope] = []
    private var bodies: [Int: Int] = [:]

    private init(_ code: String) {
        tokens = Self.tokens(code)
    }

    /// The declarations of a code view, in order, local variables left out.
    static func of(code: String) -> [Declaration] {
        var parser = Declarations(code)
        for index in parser.tokens.indices { parser.visit(index) }
        return parser.found
    }

    private mutating func visit(_ index: Int) {
        switch tokens[index].text {
        case "{":
            scopes.append(Scope(declaration: bodies[index]))
        case "}":
            if let closed = scopes.popLast()?.declaration { found[closed].lastLine = tokens[index].line }
        case let word where tokens[index].isWord && Self.keywords.contains(word) && declares(index):
            declare(index)
        default:
            break
        }
    }

    /// Whether the keyword at `index` introduces a declaration that counts.
    private func declares(_ index: Int) -> Bool {
        let before = text(index - 1)
        let after = text(index + 1)
        guard index + 1 < tokens.count, before != ".", before != "import", after != ":", after != "." else {
            return false
        }
        switch tokens[index].text {
        case "func": return true
        case "init": return ["(", "?", "!", "<"].contains(after) && before != "let"
        case "deinit": return after == "{"
        case "subscript": return after == "(" || after == "<"
        case "var", "let": return isInType && tokens[index + 1].isWord
        default: return tokens[index + 1].isWord && !Self.keywords.contains(after)
        }
    }

    private var isInType: Bool {
        guard let scope = scopes.last else { return true }
        return scope.declaration.map { found[$0].isType || found[$0].keyword == "extension" } ?? false
    }

    private mutating func declare(_ index: Int) {
        let (first, isPackage) = modifiersStart(index)
        let outer = scopes.last { scope in
            scope.declaration.map { found[$0].isType || found[$0].keyword == "extension" } ?? false
        }
        let enclosing = outer?.declaration.map { found[$0] }
        var declaration = Declaration(
            keyword: tokens[index].text, name: name(index), line: tokens[first].line, lastLine: tokens[index].line,
            isPackage: isPackage, enclosingType: enclosing?.name)
        declaration.isRequirement = enclosing.map { $0.keyword == "protocol" && $0.isPackage } ?? false
        if declaration.isType || declaration.keyword == "extension" { declaration.inherits = inheritance(index) }
        found.append(declaration)
        if let body = body(index) { bodies[body] = found.count - 1 }
    }

    private func modifiersStart(_ index: Int) -> (first: Int, isPackage: Bool) {
        var first = index
        var isPackage = false
        while first > 0 {
            if Self.modifiers.contains(text(first - 1)) {
                first -= 1
                isPackage = isPackage || text(first) == "package"
            } else if text(first - 1) == ")", text(first - 3) == "(", Self.modifiers.contains(text(first - 4)) {
                first -= 4
            } else {
                break
            }
        }
        return (first, isPackage)
    }

    private func name(_ index: Int) -> String {
        let keyword = tokens[index].text
        if ["init", "deinit", "subscript"].contains(keyword) { return keyword }
        var position = index + 1
        if keyword == "extension" {
            while text(position + 1) == "." { position += 2 }
            return text(position)
        }
        if tokens[position].isWord { return text(position) }
        var symbols = ""
        while position < tokens.count, text(position) != "(" {
            symbols += text(position)
            position += 1
        }
        return symbols
    }

    private func inheritance(_ index: Int) -> [String] {
        var position = index + 1
        while position < tokens.count, ![":", "{", "="].contains(text(position)) { position += 1 }
        var names: [String] = []
        while position < tokens.count, !["{", "where", "="].contains(text(position)) {
            if tokens[position].isWord, text(position + 1) != "." { names.append(text(position)) }
            position += 1
        }
        return names
    }

    /// The brace that opens the body of the declaration at `index`, if it has one.
    private func body(_ index: Int) -> Int? {
        let isStored = ["var", "let", "typealias"].contains(tokens[index].text)
        var depth = 0
        for position in (index + 1)..<max(index + 1, tokens.count) {
            switch text(position) {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return position
            case "}" where depth == 0, ";" where depth == 0, "@" where depth == 0, "#" where depth == 0: return nil
            case "=" where depth == 0 && isStored: return nil
            case let word where depth == 0 && position > index + 1 && Self.endsSignature.contains(word): return nil
            default: break
            }
        }
        return nil
    }

    private func text(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].text : "" }

    private static func tokens(_ code: String) -> [Token] {
        var tokens: [Token] = []
        var word: [UInt8] = []
        var line = 1
        func flush() {
            guard !word.isEmpty else { return }
            tokens.append(Token(text: String(decoding: word, as: UTF8.self), line: line, isWord: true))
            word.removeAll(keepingCapacity: true)
        }
        for byte in code.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "`"):
                word.append(byte)
            default:
                flush()
                if byte == UInt8(ascii: "\n") { line += 1 }
                if byte > UInt8(ascii: " ") {
                    tokens.append(Token(text: String(UnicodeScalar(byte)), line: line, isWord: false))
                }
            }
        }
        flush()
        return tokens
    }
}
