import CPostgres
package import Ledger
import Wording

/// Where a database is: an address as libpq reads it, `postgresql://user@host/name`.
package struct PostgresAddress: Hashable, Sendable {
    /// The address as it was given; it may hold a password.
    let text: String
    /// What it is called in messages, files and metrics: without user, password and parameters.
    package let name: String
    /// What distinguishes it from other databases: where it is, and what chooses a schema, by the address or the environment.
    package let identity: String
    /// Whether it holds a password.
    package let hasPassword: Bool

    /// Whether a text is meant as the address of a server, and not as the path of a file.
    package static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    /// Reads an address; throws `.cannotOpen` for one that libpq does not understand.
    package init(_ text: String) throws(LedgerError) {
        self.text = text
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            // libpq quotes what it does not understand, which may be a part of a password.
            PQfreemem(message)
            throw LedgerError(
                .cannotOpen, operation: "open", database: "postgresql://…",
                message: PostgresPhrase.noAddress.phrase)
        }
        defer { PQconninfoFree(options) }
        let given = Self.values(of: options)
        let port = given["port"].map { ":\($0)" } ?? ""
        hasPassword = given["password"] != nil
        name = "postgresql://\(given["host"] ?? "")\(port)/\(given["dbname"] ?? "")"
        let usual = Self.usual
        let telling = ["host", "hostaddr", "port", "dbname", "user", "service", "options"]
        identity = telling.map { given[$0] ?? usual[$0] ?? "" }.joined(separator: "\n")
    }

    /// What libpq takes where an address does not say it.
    private static var usual: [String: String] {
        guard let options = PQconndefaults() else { return [:] }
        defer { PQconninfoFree(options) }
        return values(of: options)
    }

    /// What options say, by their keywords.
    static func values(of options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }
}
