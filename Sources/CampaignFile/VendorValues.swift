import DialModel

/// Reads one account, with what its values refer to.
struct VendorValues {
    private static let keys = [
        "kind", "region", "endpoint", "instance_id", "access_key_id", "access_key_secret", "access_key_secret_file",
        "subdomain", "requests_per_second", "burst", "simulated", "limits",
    ]

    let environment: (String) -> String?
    let readSecretFile: (String) -> Result<Secret, SecretFileError>

    /// Reads every value even after an error in one.
    func account(_ field: Field) -> VendorAccount? {
        guard
            let section = Section(
                field.node, path: field.name, keys: Self.keys, shape: "\(field.key): { kind: alibaba, ... }",
                findings: field.findings)
        else { return nil }
        let kind = section.required("kind")?.word(VendorKind.self)
        let region = section["region"].flatMap(text)
        let simulated = section["simulated"]?.flag() ?? false
        let endpoint = section["endpoint"].flatMap { readEndpoint($0, simulated: simulated) }
        if simulated, section["endpoint"] == nil {
            let _: String? = section["simulated"]?.reject(
                "needs an endpoint on this machine", hint: "endpoint: http://127.0.0.1:8080")
        }
        if section["endpoint"] != nil, region != nil {
            let _: String? = section["region"]?.reject("says nothing beside an endpoint", hint: "remove one of them")
        }
        let instanceID = section.required("instance_id").flatMap(text)
        let accessKeyID = section.required("access_key_id").flatMap(text)
        let secret = readSecret(section)
        let subdomain = section["subdomain"].flatMap(text)
        let rate = section["requests_per_second"]?.number(in: 0.01...1000)
        let burst = section["burst"]?.integer(in: 1...1000)
        let limits = Campaign.readLimits(section, source: field.key)
        guard let kind, let instanceID, let accessKeyID, let secret else { return nil }
        return VendorAccount(
            name: field.key, kind: kind, region: region, endpoint: endpoint, instanceID: instanceID,
            accessKeyID: accessKeyID, accessKeySecret: secret, subdomain: subdomain, requestsPerSecond: rate,
            burst: burst, simulated: simulated, limits: limits)
    }

    /// A text with the variables that it refers to put in.
    private func text(_ field: Field) -> String? {
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
    private func readSecret(_ section: Section) -> Secret? {
        if let field = section["access_key_secret_file"] {
            if section["access_key_secret"] != nil {
                return field.reject("cannot be given beside \"access_key_secret\"", hint: "remove one of them")
            }
            return readSecret(inFile: field)
        }
        guard let field = section.required("access_key_secret"), let text = field.text() else { return nil }
        guard let reference = Reference.first(in: text[...]), reference.range == text.startIndex..<text.endIndex else {
            return field.reject(
                "must not stand in the file",
                hint: "replace it; write access_key_secret: ${NAME} and set NAME, or use access_key_secret_file")
        }
        return variable(reference.name, field).map { Secret($0) }
    }

    private func readSecret(inFile field: Field) -> Secret? {
        guard let path = text(field) else { return nil }
        switch readSecretFile(path) {
        case .success(let secret) where secret.revealed.isEmpty:
            return field.reject("names \(path), which is empty")
        case .success(let secret):
            return secret
        case .failure(let error):
            return field.reject("names \(path), which \(error.complaint)", hint: error.hint)
        }
    }

    private func variable(_ name: String, _ field: Field) -> String? {
        guard let value = environment(name), !value.isEmpty else {
            return field.reject("needs the environment variable \(name), which is not set", hint: "export \(name)=...")
        }
        return value
    }

    /// An address to talk to: encrypted, unless it is on this machine.
    private func readEndpoint(_ field: Field, simulated: Bool) -> String? {
        guard let text = text(field) else { return nil }
        guard let endpoint = Endpoint(text) else {
            return field.reject("must be https:// and a host, perhaps with a port", hint: "https://ccc.example.com")
        }
        if !endpoint.isEncrypted, !endpoint.isLoopback {
            return field.reject("would send the account's requests in the clear", hint: "write https://")
        }
        if simulated, !endpoint.isLoopback {
            return field.reject(
                "is not on this machine, so it cannot be simulated",
                hint: "remove simulated, or use http://127.0.0.1, http://localhost or http://[::1]")
        }
        return endpoint.text
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
