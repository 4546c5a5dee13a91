import DialModel
import Wording

/// What each vendor's accounts have of their own.
extension VendorValues {
    func alibaba(_ section: Section, simulated: Bool) -> AlibabaService? {
        let region = section["region"].flatMap(text)
        let endpoint = section["endpoint"].flatMap { readEndpoint($0, simulated: simulated) }
        if simulated, section["endpoint"] == nil {
            let _: String? = section["simulated"]?.reject(
                AccountPhrase.needsEndpoint.phrase, hint: Phrase(same: "endpoint: http://127.0.0.1:8080"))
        }
        if section["endpoint"] != nil, region != nil {
            let _: String? = section["region"]?.reject(
                AccountPhrase.besideEndpoint.phrase, hint: FixPhrase.removeOne.phrase)
        }
        let instanceID = section.required("instance_id").flatMap(text)
        let accessKeyID = section.required("access_key_id").flatMap(text)
        let secret = readSecret("access_key_secret", in: section)
        let subdomain = section["subdomain"].flatMap(text)
        let rate = section["requests_per_second"]?.number(in: 0.01...1000)
        let burst = section["burst"]?.integer(in: 1...1000)
        guard let instanceID, let accessKeyID, let secret else { return nil }
        return AlibabaService(
            region: region, endpoint: endpoint, instanceID: instanceID, accessKeyID: accessKeyID,
            accessKeySecret: secret, subdomain: subdomain, requestsPerSecond: rate, burst: burst)
    }

    func well(_ section: Section, simulated: Bool) -> WellService? {
        let endpoint = section.required("endpoint").flatMap {
            readEndpoint($0, mayHavePath: true, simulated: simulated)
        }
        let eventURL = section.required("event_url").flatMap {
            readEndpoint($0, .webSocket, mayHavePath: true, simulated: simulated)
        }
        let loginURL = section.required("login_url").flatMap {
            readEndpoint($0, mayHavePath: true, simulated: simulated)
        }
        let domain = section.required("domain").flatMap(text)
        let logins = readLogins(section)
        let connections = section["event_connections"]?.word(EventConnections.self)
        let waiting = section["agents_wait"]?.word(AgentsWait.self)
        guard let endpoint, let eventURL, let loginURL, let domain, let logins else { return nil }
        return WellService(
            endpoint: endpoint, eventURL: eventURL, loginURL: loginURL, domain: domain, logins: logins,
            sharesEventConnection: connections == .shared, dialsWhenReady: waiting == .ready)
    }

    func winCall(_ section: Section, simulated: Bool) -> WinCallService? {
        let server = section.required("server").flatMap { readEndpoint($0, .webSocket, simulated: simulated) }
        let endpoint = section.required("endpoint").flatMap {
            readEndpoint($0, mayHavePath: true, simulated: simulated)
        }
        let enterprise = section.required("enterprise").flatMap(text)
        let logins = readLogins(section)
        let format = section["password_format"]?.word(PasswordFormat.self)
        let state = section["connected_state"]?.word(ConnectedState.self)
        let channel = section["out_channel"]?.integer(in: 0...9)
        guard let server, let endpoint, let enterprise, let logins else { return nil }
        return WinCallService(
            server: server, endpoint: endpoint, enterprise: enterprise, logins: logins,
            sendsPlainPasswords: format == .plain, connectedIsOwnSide: state == .own, outChannel: channel ?? 0)
    }

    private enum EventConnections: String, CaseIterable {
        case perAgent = "per_agent"
        case shared
    }

    private enum AgentsWait: String, CaseIterable {
        case notReady = "not_ready"
        case ready
    }

    private enum PasswordFormat: String, CaseIterable { case md5, plain }

    private enum ConnectedState: String, CaseIterable { case callee, own }

    /// Whom to sign in, from a file of their own, because of the passwords in it.
    func readLogins(_ section: Section, _ form: AgentLogins.Form = .logins) -> [AgentLogin]? {
        guard let field = section.required("agents_file"), let contents = readSecret(inFile: field) else { return nil }
        // Where secrets are not looked up there is nothing to read.
        if contents.revealed == VendorAccounts.unread { return [] }
        switch AgentLogins.parse(contents.revealed, form) {
        case .success(let logins): return logins
        case .failure(let error):
            return field.reject(
                AccountPhrase.names.filled(field.word ?? AccountPhrase.aFile.phrase, error.complaint), hint: error.hint)
        }
    }

    /// An address to talk to: encrypted, unless it is on this machine.
    func readEndpoint(
        _ field: Field, _ schemes: Endpoint.Schemes = .http, mayHavePath: Bool = false, simulated: Bool
    ) -> String? {
        guard let text = text(field) else { return nil }
        // What a variable stands for that is not looked up is no address, and nobody goes there.
        if text == VendorAccounts.unread, field.text() != text { return text }
        let (plain, encrypted) = schemes == .http ? ("http://", "https://") : ("ws://", "wss://")
        guard let endpoint = Endpoint(text, schemes, mayHavePath: mayHavePath) else {
            let form: AccountPhrase = mayHavePath ? .endpointPathForm : .endpointForm
            return field.reject(form.filled(encrypted), hint: Phrase(same: "\(encrypted)ccc.example.com"))
        }
        if !endpoint.isEncrypted, !endpoint.isLoopback {
            return field.reject(AccountPhrase.inTheClear.phrase, hint: FixPhrase.write.filled(encrypted))
        }
        if simulated, !endpoint.isLoopback {
            return field.reject(
                AccountPhrase.notHere.phrase,
                hint: FixPhrase.removeSimulated.filled(plain))
        }
        return endpoint.text
    }
}
