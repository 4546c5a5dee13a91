import Wording
import Yams

/// A YAML file read into nodes that know their lines.
enum Document {
    /// More than any campaign needs; what is longer was named by mistake.
    private static let byteLimit = 1 << 20
    /// More aliases than a campaign needs.
    ///
    /// Each may double what the ones before it stand for, and the parser compares all of that where it is a key: with forty
    /// aliases it would never end.
    private static let aliasLimit = 12

    /// The node that a file consists of; nil if there is nothing but comments, or after recording what is wrong.
    static func root(_ bytes: [UInt8], _ findings: Findings) -> Node? {
        guard bytes.count <= byteLimit else {
            findings.error(FilePhrase.tooLong.filled(byteLimit), line: nil, hint: FixPhrase.rightFile.phrase)
            return nil
        }
        guard let text = text(bytes, findings) else { return nil }
        if let line = lineOfSurplusAlias(text.utf8) {
            findings.error(FilePhrase.aliases.filled(aliasLimit), line: line, hint: FixPhrase.writeOut.phrase)
            return nil
        }
        do {
            // The encoding is named because Yams otherwise asks the environment, and prints what it finds there.
            return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            record(error, findings)
        } catch {
            findings.error(FilePhrase.notYAML.phrase, line: nil)
        }
        return nil
    }

    /// The line of the first alias beyond the limit, told by its star at the start of a word.
    private static func lineOfSurplusAlias(_ text: String.UTF8View) -> Int? {
        var (line, count) = (1, 0)
        var previous = UInt8(ascii: "\n")
        var isStar = false
        for byte in text {
            if isStar, byte > UInt8(ascii: " "), byte != UInt8(ascii: "*") { count += 1 }
            if count > aliasLimit { return line }
            isStar = byte == UInt8(ascii: "*") && (previous <= UInt8(ascii: " ") || "[{,:?-".utf8.contains(previous))
            if byte == UInt8(ascii: "\n") { line += 1 }
            previous = byte
        }
        return nil
    }

    /// The file as text without a byte order mark, if it is UTF-8.
    private static func text(_ bytes: [UInt8], _ findings: Findings) -> String? {
        var decoder = TextDecoder(.utf8)
        do {
            let text = try decoder.push(bytes)
            return String(decoding: text + (try decoder.finish()), as: UTF8.self)
        } catch {
            findings.error(FilePhrase.notUTF8.phrase, line: error.line, hint: FixPhrase.saveUTF8.phrase)
            return nil
        }
    }

    private static func record(_ error: YamlError, _ findings: Findings) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            // What the parser says is in English in every language.
            let place = context.map { ", \($0.text) of line \($0.mark.line)" } ?? ""
            findings.error(
                FilePhrase.notYAMLThere.filled("\(problem)\(place)"), line: mark.line, hint: hint(for: problem))
        case .reader(let problem, _, _, _):
            findings.error(FilePhrase.notYAMLThere.filled(problem), line: nil)
        case .duplicatedKeysInMapping(let keys, let context):
            let list = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            findings.error(
                FilePhrase.keyTwice.filled(list), line: context.mark.line,
                hint: FixPhrase.removeOthers.phrase)
        default:
            findings.error(FilePhrase.notYAML.phrase, line: nil)
        }
    }

    private static func hint(for problem: String) -> Phrase? {
        if problem.contains("tab") || problem.contains("cannot start any token") {
            return FixPhrase.indent.phrase
        }
        if problem.contains("mapping values") { return FixPhrase.quoteColon.phrase }
        return nil
    }
}
