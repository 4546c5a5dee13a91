import CampaignFile
import DialModel
import Testing
import Wording

private let sound = """
    udesk:
      kind: udesk
      bridge:
        app_id: app-1
        secret: ${SECRET}
        sdk: https://sdk.example.com/2.1.0/call-center-class.es6.js
        domain: wss://tower.example.com:443/ws
        http_domain: https://gateway.example.com:443/backend
        agents_file: agents.csv
        listen: 8091
        sdk_class: OtherClass
        language: EN
        origins: [https://cdn.example.com, wss://voice.example.com]
        ringing: [ringing, alerting]
        break_code: 101
    """
private let keys = "agent,key,name,group\n78,4be19d6a0f3c2758,Chen,sales\n79,93c0a7f1e2d84b56,,\n"

private func parse(
    _ text: String = sound, agents: String = keys
) -> (accounts: VendorAccounts?, diagnostics: [String]) {
    let (accounts, diagnostics) = VendorAccounts.parse(
        Array(text.utf8), file: "vendors.yaml", environment: { ["SECRET": "s3cret"][$0] },
        readSecretFile: { .success(Secret($0 == "agents.csv" ? agents : "from a file")) })
    return (accounts, diagnostics.map(\.rendered.english))
}

@Suite("Accounts with Udesk whose calls are made by agents' pages")
struct UdeskBridgeAccountsTests {
    @Test("Everything that is given is read")
    func reads() {
        let (accounts, diagnostics) = parse()
        #expect(diagnostics == [])
        let service = UdeskBridgeService(
            appID: "app-1", secret: Secret("s3cret"), sdkURL: "https://sdk.example.com/2.1.0/call-center-class.es6.js",
            domain: "wss://tower.example.com:443/ws", httpDomain: "https://gateway.example.com:443/backend",
            logins: [
                AgentLogin(
                    agent: AgentID("78"), name: "Chen", password: Secret("4be19d6a0f3c2758"), phone: "", group: "sales"),
                AgentLogin(agent: AgentID("79"), password: Secret("93c0a7f1e2d84b56"), phone: ""),
            ],
            host: "127.0.0.1", port: 8091, sdkClass: "OtherClass", language: "EN",
            origins: ["https://cdn.example.com", "wss://voice.example.com"], ringingWords: ["ringing", "alerting"],
            breakCode: 101)
        #expect(accounts?.accounts == [VendorAccount(name: "udesk", service: .udeskBridge(service))])
    }

    @Test(
        "What does not fit is named",
        arguments: [
            ("secret: ${SECRET}", "secret: s3cret", "must not stand in the file"),
            ("domain: wss://tower", "domain: https://tower", "\"udesk.bridge.domain\" must be wss://"),
            ("sdk: https://sdk", "sdk: http://sdk", "in the clear"),
            ("listen: 8091", "listen: here", "must be a port"),
            ("sdk_class: OtherClass", "sdk_class: a-b", "must be the name of a class"),
            ("https://cdn.example.com,", "\"'unsafe-inline'\",", "must be schemes with hosts"),
            ("kind: udesk", "kind: udesk\n  email: a@b.c", "says nothing beside \"bridge\""),
            ("app_id: app-1", "other: app-1", "unknown key"),
        ])
    func refuses(part: String, other: String, finding: String) {
        let (accounts, diagnostics) = parse(sound.replacing(part, with: other))
        #expect(accounts == nil)
        #expect(diagnostics.contains { $0.contains(finding) }, "\(diagnostics)")
    }

    @Test(
        "Keys cannot be guessed, are no two agents', and stand in no finding",
        arguments: [
            ("agent,key\n78,short\n", "shorter than 16"), ("agent,key\n78,has blanks in between\n", "line 2"),
            ("agent,key\n78,4be19d6a0f3c2758\n79,4be19d6a0f3c2758\n", "a second time in line 3"),
            ("agent,key\n", "names no agent"), ("agent,password,phone\n78,4be19d6a0f3c2758,1\n", "other columns"),
        ])
    func refusesKeys(agents: String, finding: String) {
        let (accounts, diagnostics) = parse(agents: agents)
        #expect(accounts == nil)
        #expect(diagnostics.contains { $0.contains(finding) }, "\(diagnostics)")
        #expect(!diagnostics.contains { $0.contains("4be19d6a0f3c2758") || $0.contains("short\n") })
    }
}
