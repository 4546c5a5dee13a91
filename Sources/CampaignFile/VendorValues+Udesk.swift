import DialModel
import Wording

/// What accounts with Udesk have of their own.
extension VendorValues {
    static let udeskKeys = [
        "endpoint", "email", "open_api_token", "open_api_token_file", "listen", "push_token", "push_token_file",
        "requests_per_minute", "call_log_path", "refusal_codes", "failure_words", "bridge",
    ]

    func udesk(_ section: Section, simulated: Bool) -> UdeskService? {
        let endpoint = section.required("endpoint").flatMap { readEndpoint($0, simulated: simulated) }
        let email = section.required("email").flatMap(text)
        let token = readSecret("open_api_token", in: section)
        let push = readPush(section)
        let rate = section["requests_per_minute"]?.integer(in: 1...6000)
        let path = section["call_log_path"].flatMap(readPath)
        let codes = section["refusal_codes"]?.texts(hint: Phrase(same: "refusal_codes: [2000]"))
        let words = section["failure_words"].flatMap(readFailureWords)
        guard let endpoint, let email, let token else { return nil }
        return UdeskService(
            endpoint: endpoint, email: email, token: token, push: push, requestsPerMinute: rate, callLogPath: path,
            refusalCodes: codes ?? [], failureWords: words)
    }

    /// Where events come in, which nobody may bring who does not know the token.
    private func readPush(_ section: Section) -> UdeskService.Push? {
        guard let field = section["listen"] else {
            for key in ["push_token", "push_token_file"] {
                let _: String? = section[key]?.reject(
                    AccountPhrase.withoutListen.phrase, hint: Phrase(same: "listen: 127.0.0.1:8090"))
            }
            return nil
        }
        let address = readListenAddress(field)
        let token = readPushToken(section)
        guard let address, let token else { return nil }
        return UdeskService.Push(host: address.host, port: address.port, token: token)
    }

    private func readPushToken(_ section: Section) -> Secret? {
        guard let token = readSecret("push_token", in: section) else { return nil }
        guard token.revealed.utf8.count < AgentLogins.shortestKey else { return token }
        let field = section["push_token_file"] ?? section["push_token"]
        return field?.reject(
            AccountPhrase.shortToken.filled(AgentLogins.shortestKey), hint: FixPhrase.makeToken.phrase)
    }

    /// A port of this machine, or an IPv4 address with its port.
    func readListenAddress(_ field: Field) -> (host: String, port: UInt16)? {
        guard let text = text(field) else { return nil }
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        let host = halves.count == 2 ? String(halves[0]) : "127.0.0.1"
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), let port = halves.last.flatMap({ UInt16($0) }), port > 0,
            parts.count == 4, parts.allSatisfy({ UInt8($0) != nil })
        else {
            return field.reject(
                AccountPhrase.listenForm.filled(text),
                hint: Phrase(same: "listen: 127.0.0.1:8090"))
        }
        return (host, port)
    }

    private func readPath(_ field: Field) -> String? {
        guard let text = text(field) else { return nil }
        let isPath = text.utf8.allSatisfy { byte in
            byte < 0x80 && (UnicodeScalar(byte).properties.isAlphabetic || "/_-0123456789".utf8.contains(byte))
        }
        guard isPath, !text.hasPrefix("/"), !text.hasSuffix("/") else {
            return field.reject(AccountPhrase.logPath.phrase, hint: Phrase(same: "call_log_path: callcenter/call_logs"))
        }
        return text
    }

    private func readFailureWords(_ field: Field) -> [FailureMeaning]? {
        guard
            let section = Section(
                names: field.node, path: field.name, shape: "failure_words: { 空号: invalid_number }",
                findings: field.findings)
        else { return nil }
        return section.fields.compactMap { field in
            field.word(FailureOutcome.self).flatMap { CallOutcome(rawValue: $0.rawValue) }
                .map { FailureMeaning(field.key, $0) }
        }
    }

    private enum FailureOutcome: String, CaseIterable {
        case busy, rejected, unreachable, congestion
        case invalidNumber = "invalid_number"
        case noAnswer = "no_answer"
    }
}
