import CampaignFile
import DialModel
import Testing
import Wording

private let sound = """
    udesk:
      kind: udesk
      endpoint: https://example.udesk.cn/
      email: admin@example.com
      open_api_token: ${TOKEN}
      listen: 8090
      push_token: ${PUSH}
      requests_per_minute: 120
      call_log_path: callcenter/call_logs
      refusal_codes: [2000, 2003]
      failure_words: { 空号: invalid_number, 忙: busy }
    """

private func parse(_ text: String = sound) -> (accounts: VendorAccounts?, diagnostics: [String]) {
    let (accounts, diagnostics) = VendorAccounts.parse(
        Array(text.utf8), file: "vendors.yaml",
        environment: { ["TOKEN": "t0ken", "PUSH": "pu5h-token-16-ch", "SHORT": "pu5h-token-15-c"][$0] },
        readSecretFile: { _ in .success(Secret("from a file")) })
    return (accounts, diagnostics.map(\.rendered.english))
}

@Suite("Accounts with Udesk")
struct UdeskAccountsTests {
    @Test("Everything that is given is read, and events come in on this machine unless another address is given")
    func reads() throws {
        let (accounts, diagnostics) = parse()
        #expect(diagnostics == [])
        var service = UdeskService(
            endpoint: "https://example.udesk.cn", email: "admin@example.com", token: Secret("t0ken"),
            push: UdeskService.Push(host: "127.0.0.1", port: 8090, token: Secret("pu5h-token-16-ch")),
            requestsPerMinute: 120, callLogPath: "callcenter/call_logs", refusalCodes: ["2000", "2003"],
            failureWords: [FailureMeaning("空号", .invalidNumber), FailureMeaning("忙", .busy)])
        #expect(accounts?.accounts == [VendorAccount(name: "udesk", service: .udesk(service))])
        service.push?.host = "10.0.0.1"
        let elsewhere = parse(sound.replacing("listen: 8090", with: "listen: 10.0.0.1:8090"))
        #expect(elsewhere.accounts?.accounts == [VendorAccount(name: "udesk", service: .udesk(service))])
    }

    @Test("Four values are enough, and secrets may be in files")
    func leastOfAll() {
        let text = """
            udesk: { kind: udesk, endpoint: "https://example.udesk.cn", email: a@b.c, open_api_token_file: token.txt }
            """
        let service = UdeskService(
            endpoint: "https://example.udesk.cn", email: "a@b.c", token: Secret("from a file"))
        #expect(parse(text).accounts?.accounts == [VendorAccount(name: "udesk", service: .udesk(service))])
    }

    @Test(
        "Mistakes are told",
        arguments: [
            ("listen: 8090", "listen: port", "must be a port"), ("listen: 8090", "listen: 0", "must be a port"),
            ("listen: 8090", "listen: \"example.com:80\"", "must be a port"),
            ("listen: 8090", "listen: \"1.2.3.4:99999\"", "must be a port"),
            ("  listen: 8090\n", "", "says nothing without \"listen\""),
            ("  push_token: ${PUSH}\n", "", "push_token"),
            ("push_token: ${PUSH}", "push_token: pu5h", "must not stand in the file"),
            ("${PUSH}", "${SHORT}", "push_token\" must have at least 16 characters (make one with: openssl"),
            ("push_token: ${PUSH}", "push_token_file: push.txt", "push_token_file\" must have at least 16 characters"),
            ("open_api_token: ${TOKEN}", "open_api_token: t0ken", "must not stand in the file"),
            ("open_api_token: ${TOKEN}", "open_api_token: ${NOTHING}", "which is not set"),
            ("  email: admin@example.com\n", "", "email"), ("https:", "http:", "in the clear"),
            ("callcenter/call_logs", "/callcenter", "must be what follows /open_api_v1/"),
            ("callcenter/call_logs", "\"a?b\"", "must be what follows /open_api_v1/"),
            ("requests_per_minute: 120", "requests_per_minute: 0", "must be 1 to 6000"),
            ("忙: busy", "忙: engaged", "cannot be \"engaged\""),
            ("refusal_codes: [2000, 2003]", "refusal_codes: 2", "must be a list"),
            ("email:", "e_mail:", "unknown key"),
        ])
    func mistakes(original: String, replacement: String, complaint: String) {
        let (accounts, diagnostics) = parse(sound.replacing(original, with: replacement))
        #expect(accounts == nil)
        #expect(diagnostics.contains { $0.contains(complaint) }, "\(diagnostics)")
        #expect(!diagnostics.joined().contains("t0ken") && !diagnostics.joined().contains("pu5h"))
    }
}
