import DialModel

/// Reads the file that says whom to sign in: CSV with the columns `agent`, `password`, `phone` and, where they are wanted,
/// `name`, `group` and `kind` (`agent` or `dialler`).
///
/// Findings name lines and columns and show no value, for any of them may be a password in the wrong place.
enum AgentLogins {
    private static let columns = ["agent", "password", "phone", "name", "group", "kind"]
    private static let needed = ["agent", "password", "phone"]

    /// The logins, or what is wrong with the file, to be read after its name.
    static func parse(_ text: String) -> Result<[AgentLogin], SecretFileError> {
        let (rows, diagnostics) = CSVTable.parse(bytes: Array(text.utf8), file: "")
        guard let rows else {
            let line = diagnostics.first?.line.map { ": see line \($0)" } ?? ""
            return .failure(SecretFileError("is no CSV file\(line)", hint: shape))
        }
        guard let header = rows.first else { return .failure(SecretFileError("names nobody", hint: shape)) }
        let names = header.cells.map { $0.lowercased() }
        guard needed.allSatisfy(names.contains), names.allSatisfy(columns.contains), Set(names).count == names.count
        else {
            return .failure(SecretFileError("has other columns than it may have", hint: shape))
        }
        var logins: [AgentLogin] = []
        for row in rows.dropFirst() {
            switch login(row, names) {
            case .success(let login) where logins.contains { $0.agent == login.agent }:
                return .failure(SecretFileError("names an agent a second time in line \(row.line)"))
            case .success(let login): logins.append(login)
            case .failure(let error): return .failure(error)
            }
        }
        guard logins.contains(where: { !$0.isDialler }) else {
            return .failure(SecretFileError("names no agent", hint: shape))
        }
        return .success(logins)
    }

    private static let shape = "begin it with the line: agent,password,phone,name,group,kind"

    private static func login(_ row: CSVRow, _ names: [String]) -> Result<AgentLogin, SecretFileError> {
        guard row.cells.count <= names.count else {
            return .failure(SecretFileError("has too many cells in line \(row.line)"))
        }
        var values: [String: String] = [:]
        for (name, cell) in zip(names, row.cells) { values[name] = cell.isEmpty ? nil : cell }
        for name in needed where values[name] == nil {
            return .failure(SecretFileError("lacks the \(name) in line \(row.line)"))
        }
        let kind = values["kind"] ?? "agent"
        guard ["agent", "dialler"].contains(kind) else {
            return .failure(SecretFileError("has another kind than agent or dialler in line \(row.line)"))
        }
        return .success(
            AgentLogin(
                agent: AgentID(values["agent"] ?? ""), name: values["name"], password: Secret(values["password"] ?? ""),
                phone: values["phone"] ?? "", group: values["group"] ?? "", isDialler: kind == "dialler"))
    }
}
