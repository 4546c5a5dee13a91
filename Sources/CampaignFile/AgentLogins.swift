import DialModel
import Wording

/// Reads the file that says whom to sign in: CSV with the columns `agent`, `password`, `phone` and, where they are wanted,
/// `name`, `group` and `kind` (`agent` or `dialler`); or that says whose pages may come, with `agent`, `key` and perhaps
/// `name` and `group`.
///
/// Findings name lines and columns and show no value, for any of them may be a password in the wrong place.
enum AgentLogins {
    /// What a file is about.
    enum Form {
        /// Whom to sign in.
        case logins
        /// Whose pages may come.
        case pages

        fileprivate var columns: [String] {
            needed + (self == .logins ? ["name", "group", "kind"] : ["name", "group"])
        }
        fileprivate var needed: [String] { self == .logins ? ["agent", "password", "phone"] : ["agent", "key"] }
        fileprivate var shape: Phrase { FixPhrase.beginWith.filled(columns.joined(separator: ",")) }
    }

    /// A key is all that a page has to show, as a token is of an event, so it must not be guessed.
    static let shortestKey = 16

    /// The logins, or what is wrong with the file, to be read after its name.
    static func parse(_ text: String, _ form: Form) -> Result<[AgentLogin], SecretFileError> {
        let (rows, diagnostics) = CSVTable.parse(bytes: Array(text.utf8), file: "")
        guard let rows else {
            let line = diagnostics.first?.line
            let complaint = line.map { AccountPhrase.notCSVThere.filled($0) } ?? AccountPhrase.notCSV.phrase
            return .failure(SecretFileError(complaint, hint: form.shape))
        }
        guard let header = rows.first else {
            return .failure(SecretFileError(AccountPhrase.nobody.phrase, hint: form.shape))
        }
        let names = header.cells.map { $0.lowercased() }
        guard form.needed.allSatisfy(names.contains), names.allSatisfy(form.columns.contains),
            Set(names).count == names.count
        else {
            return .failure(SecretFileError(AccountPhrase.otherColumns.phrase, hint: form.shape))
        }
        var logins: [AgentLogin] = []
        for row in rows.dropFirst() {
            switch login(row, names, form) {
            case .success(let login) where logins.contains { $0.agent == login.agent }:
                return .failure(SecretFileError(AccountPhrase.agentTwice.filled(row.line)))
            case .success(let login) where form == .pages && logins.contains { $0.password == login.password }:
                return .failure(SecretFileError(AccountPhrase.keyTwice.filled(row.line)))
            case .success(let login): logins.append(login)
            case .failure(let error): return .failure(error)
            }
        }
        guard logins.contains(where: { !$0.isDialler }) else {
            return .failure(SecretFileError(AccountPhrase.noAgent.phrase, hint: form.shape))
        }
        return .success(logins)
    }

    private static func login(_ row: CSVRow, _ names: [String], _ form: Form) -> Result<AgentLogin, SecretFileError> {
        guard row.cells.count <= names.count else {
            return .failure(SecretFileError(AccountPhrase.manyCells.filled(row.line)))
        }
        var values: [String: String] = [:]
        for (name, cell) in zip(names, row.cells) { values[name] = cell.isEmpty ? nil : cell }
        for name in form.needed where values[name] == nil {
            return .failure(SecretFileError(AccountPhrase.lacks.filled(name, row.line)))
        }
        let kind = values["kind"] ?? "agent"
        guard ["agent", "dialler"].contains(kind) else {
            return .failure(SecretFileError(AccountPhrase.kind.filled(row.line)))
        }
        if let key = values["key"], key.utf8.count < shortestKey || !key.utf8.allSatisfy(isKeyByte) {
            return .failure(
                SecretFileError(
                    AccountPhrase.shortKey.filled(row.line, shortestKey),
                    hint: FixPhrase.makeKeys.phrase))
        }
        return .success(
            AgentLogin(
                agent: AgentID(values["agent"] ?? ""), name: values["name"],
                password: Secret(values["password"] ?? values["key"] ?? ""),
                phone: values["phone"] ?? "", group: values["group"] ?? "", isDialler: kind == "dialler"))
    }

    /// A key stands at the end of an address, where other characters would be spelt otherwise.
    private static func isKeyByte(_ byte: UInt8) -> Bool {
        byte < 0x80 && (UnicodeScalar(byte).properties.isAlphabetic || "-_0123456789".utf8.contains(byte))
    }
}
