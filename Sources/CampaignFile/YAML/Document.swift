import Yams

/// A YAML file read into nodes that know their lines.
enum Document {
    /// More than any campaign needs; what is longer was named by mistake.
    private static let byteLimit = 1 << 20

    /// The node that a file consists of; nil if there is nothing but comments, or after recording what is wrong.
    static func root(_ bytes: [UInt8], _ findings: Findings) -> Node? {
        guard bytes.count <= byteLimit else {
            findings.error("the file is longer than \(byteLimit) bytes", line: nil, hint: "is it the right file?")
            return nil
        }
        guard let text = text(bytes, findings) else { return nil }
        do {
            // The encoding is named because Yams otherwise asks the environment, and prints what it finds there.
            return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            record(error, findings)
        } catch {
            findings.error("the file is not YAML", line: nil)
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
            findings.error("the file is not UTF-8", line: error.line, hint: "save it as UTF-8")
            return nil
        }
    }

    private static func record(_ error: YamlError, _ findings: Findings) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let place = context.map { ", \($0.text) of line \($0.mark.line)" } ?? ""
            findings.error("this is not YAML: \(problem)\(place)", line: mark.line, hint: hint(for: problem))
        case .reader(let problem, _, _, _):
            findings.error("this is not YAML: \(problem)", line: nil)
        case .duplicatedKeysInMapping(let keys, let context):
            let list = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            findings.error(
                "key \(list) is given more than once", line: context.mark.line,
                hint: "this is the first; remove the others")
        default:
            findings.error("the file is not YAML", line: nil)
        }
    }

    private static func hint(for problem: String) -> String? {
        if problem.contains("tab") || problem.contains("cannot start any token") {
            return "indent with spaces; quote text that begins with a sign"
        }
        if problem.contains("mapping values") { return "check the indentation, and quote text that has a colon" }
        return nil
    }
}
