import DialModel
import Wording

/// What accounts with Udesk have of their own whose calls are made by agents' pages.
extension VendorValues {
    private static let bridgeKeys = [
        "app_id", "secret", "secret_file", "sdk", "domain", "http_domain", "agents_file", "listen", "sdk_class",
        "language", "origins", "ringing", "break_code",
    ]

    /// The section `bridge`, beside which nothing about web callbacks can stand.
    func udeskBridge(_ field: Field, in account: Section, simulated: Bool) -> UdeskBridgeService? {
        for key in Self.udeskKeys where key != field.key {
            let _: String? = account[key]?.reject(
                AccountPhrase.besideBridge.phrase, hint: FixPhrase.oneWay.phrase)
        }
        guard
            let section = Section(
                field.node, path: field.name, keys: Self.bridgeKeys, shape: "bridge: { app_id: ... }",
                findings: field.findings)
        else { return nil }
        let appID = section.required("app_id").flatMap(text)
        let secret = readSecret("secret", in: section)
        let sdk = section.required("sdk").flatMap { readEndpoint($0, mayHavePath: true, simulated: simulated) }
        let domain = section.required("domain").flatMap {
            readEndpoint($0, .webSocket, mayHavePath: true, simulated: simulated)
        }
        let httpDomain = section.required("http_domain").flatMap {
            readEndpoint($0, mayHavePath: true, simulated: simulated)
        }
        let logins = readLogins(section, .pages)
        let address = section.required("listen").flatMap(readListenAddress)
        let origins = section["origins"]?.texts(hint: Phrase(same: "origins: [https://cdn.example.com]")) ?? []
        let ringing = section["ringing"]?.texts(hint: Phrase(same: "ringing: [ringing]"))
        let breakCode = section["break_code"]?.integer(in: 1...1_000_000)
        let sdkClass = section["sdk_class"].flatMap(readIdentifier)
        let language = section["language"].flatMap(text)
        check(origins, section)
        guard let appID, let secret, let sdk, let domain, let httpDomain, let logins, let address else { return nil }
        return UdeskBridgeService(
            appID: appID, secret: secret, sdkURL: sdk, domain: domain, httpDomain: httpDomain, logins: logins,
            host: address.host, port: address.port, sdkClass: sdkClass, language: language, origins: origins,
            ringingWords: ringing, breakCode: breakCode)
    }

    /// Origins become part of a header field, so nothing else may be among them.
    private func check(_ origins: [String], _ section: Section) {
        let wrong = origins.first { Endpoint($0) == nil && Endpoint($0, .webSocket) == nil }
        guard let wrong else { return }
        let _: String? = section["origins"]?.reject(
            AccountPhrase.origins.filled(wrong), hint: Phrase(same: "origins: [https://cdn.example.com]"))
    }

    private func readIdentifier(_ field: Field) -> String? {
        guard let text = text(field) else { return nil }
        let isName = text.utf8.allSatisfy { byte in
            byte < 0x80 && (UnicodeScalar(byte).properties.isAlphabetic || "_$0123456789".utf8.contains(byte))
        }
        return isName
            ? text : field.reject(AccountPhrase.className.phrase, hint: Phrase(same: "sdk_class: UdeskCCPaasApiClass"))
    }
}
