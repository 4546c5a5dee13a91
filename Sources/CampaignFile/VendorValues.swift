import DialModel
import Wording

/// Reads one account, with what its values refer to.
struct VendorValues {
    let environment: (String) -> String?
    let readSecretFile: (String) -> Result<Secret, SecretFileError>

    private static let shape = "kind: alibaba, ..."
    private static let commonKeys = ["kind", "simulated", "limits", "lines", "calls", "cost"]

    /// Reads every value even after an error in one.
    func account(_ field: Field) -> VendorAccount? {
        let shape = "\(field.key): { \(Self.shape) }"
        guard let names = Section(names: field.node, path: field.name, shape: shape, findings: field.findings),
            let kind = names.required("kind")?.word(VendorKind.self),
            let section = Section(
                field.node, path: field.name, keys: Self.commonKeys + Self.keys(of: kind), shape: shape,
                findings: field.findings)
        else { return nil }
        let simulated = section["simulated"]?.flag() ?? false
        let limits = Campaign.readLimits(section, source: .named(field.key))
        let capacity = AccountLimits(
            lines: section["lines"]?.integer(in: 1...100_000), rates: section["calls"].map(readRates) ?? [])
        let price = readPrice(section)
        let service: VendorAccount.Service? =
            switch kind {
            case .alibaba: alibaba(section, simulated: simulated).map { .alibaba($0) }
            case .well: well(section, simulated: simulated).map { .well($0) }
            case .winCall: winCall(section, simulated: simulated).map { .winCall($0) }
            case .udesk:
                if let bridge = section["bridge"] {
                    udeskBridge(bridge, in: section, simulated: simulated).map { .udeskBridge($0) }
                } else {
                    udesk(section, simulated: simulated).map { .udesk($0) }
                }
            }
        guard let service else { return nil }
        return VendorAccount(
            name: field.key, service: service, simulated: simulated, limits: limits, capacity: capacity, price: price)
    }

    private static func keys(of kind: VendorKind) -> [String] {
        switch kind {
        case .alibaba:
            [
                "region", "endpoint", "instance_id", "access_key_id", "access_key_secret", "access_key_secret_file",
                "subdomain", "requests_per_second", "burst",
            ]
        case .well:
            ["endpoint", "event_url", "login_url", "domain", "agents_file", "event_connections", "agents_wait"]
        case .winCall:
            [
                "server", "endpoint", "enterprise", "agents_file", "password_format", "connected_state", "out_channel",
            ]
        case .udesk: udeskKeys
        }
    }

    /// A text with the variables that it refers to put in.
    func text(_ field: Field) -> String? {
        guard let text = field.text() else { return nil }
        var result = ""
        var rest = text[...]
        while let reference = Reference.first(in: rest) {
            guard let value = variable(reference.name, field) else { return nil }
            result += rest[..<reference.range.lowerBound] + value
            rest = rest[reference.range.upperBound...]
        }
        return result + rest
    }

    /// The secret from the environment or from a file; never from here, where it would be copied and committed.
    func readSecret(_ key: String, in section: Section) -> Secret? {
        if let field = section["\(key)_file"] {
            if section[key] != nil {
                return field.reject(FormPhrase.beside.filled(key), hint: FixPhrase.removeOne.phrase)
            }
            return readSecret(inFile: field)
        }
        guard let field = section.required(key), let text = field.text() else { return nil }
        guard let reference = Reference.first(in: text[...]), reference.range == text.startIndex..<text.endIndex else {
            return field.reject(
                AccountPhrase.inFile.phrase,
                hint: FixPhrase.replaceSecret.filled(key))
        }
        return variable(reference.name, field).map { Secret($0) }
    }

    /// A text that only the owner of its file may read.
    func readSecret(inFile field: Field) -> Secret? {
        guard let path = text(field) else { return nil }
        switch readSecretFile(path) {
        case .success(let secret) where secret.revealed.isEmpty:
            return field.reject(AccountPhrase.emptySecret.filled(path))
        case .success(let secret):
            return secret
        case .failure(let error):
            return field.reject(AccountPhrase.names.filled(path, error.complaint), hint: error.hint)
        }
    }

    private func variable(_ name: String, _ field: Field) -> String? {
        guard let value = environment(name), !value.isEmpty else {
            return field.reject(AccountPhrase.unsetVariable.filled(name), hint: Phrase(same: "export \(name)=..."))
        }
        return value
    }
}

/// `${NAME}` in a text.
private struct Reference {
    var name: String
    var range: Range<Substring.Index>

    static func first(in text: Substring) -> Reference? {
        var start = text.startIndex
        while let dollar = text[start...].firstIndex(of: "$") {
            let open = text.index(after: dollar)
            guard open < text.endIndex, text[open] == "{", let close = text[open...].firstIndex(of: "}") else {
                start = open
                continue
            }
            let name = text[text.index(after: open)..<close]
            if !name.isEmpty, name.utf8.allSatisfy(isNameByte) {
                return Reference(name: String(name), range: dollar..<text.index(after: close))
            }
            start = open
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
