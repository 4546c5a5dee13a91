import CampaignFile
import DialModel
import Testing
import Wording

private let sound = """
    wells:
      kind: well
      endpoint: https://well.example.com:8443/sdk/
      event_url: wss://well.example.com/mvc/stomp/websocket
      login_url: https://well.example.com/api/security/login
      domain: acme.cc
      agents_file: wells.csv
      event_connections: shared
      agents_wait: ready
    wins:
      kind: wincall
      server: wss://wincall.example.com:6050
      endpoint: https://api.example.com
      enterprise: ${CODE}
      agents_file: wins.csv
      password_format: plain
      connected_state: own
      out_channel: 3
    """

private let agents = """
    agent,password,phone,name,group,kind
    5001,"pass,word",8001,王芳,sales,agent

    5901,secret,8901,,,dialler
    """

private func parse(
    _ text: String = sound, agents: Result<Secret, SecretFileError> = .success(Secret(agents))
) -> (accounts: VendorAccounts?, diagnostics: [String]) {
    let (accounts, diagnostics) = VendorAccounts.parse(
        Array(text.utf8), file: "vendors.yaml", environment: { $0 == "CODE" ? "acme" : nil },
        readSecretFile: { _ in agents })
    return (accounts, diagnostics.map(\.rendered.english))
}

@Suite("Accounts whose agents we sign in")
struct AgentAccountsTests {
    private let logins = [
        AgentLogin(agent: AgentID("5001"), name: "王芳", password: Secret("pass,word"), phone: "8001", group: "sales"),
        AgentLogin(agent: AgentID("5901"), password: Secret("secret"), phone: "8901", isDialler: true),
    ]

    @Test("Both are read, with their agents from a file that only its owner may read")
    func reads() throws {
        let (accounts, diagnostics) = parse()
        #expect(diagnostics == [])
        let well = WellService(
            endpoint: "https://well.example.com:8443/sdk", eventURL: "wss://well.example.com/mvc/stomp/websocket",
            loginURL: "https://well.example.com/api/security/login", domain: "acme.cc", logins: logins,
            sharesEventConnection: true, dialsWhenReady: true)
        let winCall = WinCallService(
            server: "wss://wincall.example.com:6050", endpoint: "https://api.example.com", enterprise: "acme",
            logins: logins, sendsPlainPasswords: true, connectedIsOwnSide: true, outChannel: 3)
        #expect(
            accounts?.accounts == [
                VendorAccount(name: "wells", service: .well(well)),
                VendorAccount(name: "wins", service: .winCall(winCall)),
            ])
    }

    @Test(
        "Mistakes in the file of agents are told without what stands in it",
        arguments: [
            ("", "names nobody"), ("agent,password\n5001,hunter2", "other columns"),
            ("agent,password,phone,colour\n1,hunter2,8,red", "other columns"),
            ("agent,password,phone\n5001,,8001", "lacks the password in line 2"),
            ("agent,password,phone\n5001,hunter2,8001,more", "too many cells in line 2"),
            ("agent,password,phone\n5001,hunter2,8001\n5001,hunter2,8002", "a second time in line 3"),
            ("agent,password,phone,kind\n5001,hunter2,8001,robot", "another kind than agent or dialler in line 2"),
            ("agent,password,phone,kind\n5001,hunter2,8001,dialler", "names no agent"),
            ("agent,password,phone\n5001,\"hunter2,8001", "is no CSV file"),
        ])
    func badAgents(text: String, expected: String) {
        let (accounts, diagnostics) = parse(agents: .success(Secret(text)))
        #expect(accounts == nil && diagnostics.count == 2)
        for diagnostic in diagnostics {
            #expect(diagnostic.contains(expected) || text.isEmpty && diagnostic.contains("is empty"), "\(diagnostic)")
            #expect(!diagnostic.contains("hunter2"))
        }
    }

    @Test("A file of agents that others may read is refused")
    func openFile() {
        let error = SecretFileError(
            Phrase("may be read by others", "其他用户可以读取"),
            hint: Phrase("run: chmod 600 wells.csv", "请执行：chmod 600 wells.csv"))
        let (accounts, diagnostics) = parse(agents: .failure(error))
        #expect(accounts == nil)
        #expect(diagnostics.first?.contains("may be read by others (run: chmod 600 wells.csv)") == true)
    }

    @Test(
        "Each mistake is a finding",
        arguments: [
            ("https://well.example.com:8443/sdk/", "well.example.com", "must be https://"),
            ("https://well.example.com:8443/sdk/", "http://well.example.com", "in the clear"),
            ("https://well.example.com:8443/sdk/", "https://well.example.com/a?b", "must be https://"),
            ("wss://well.example.com/mvc", "https://well.example.com/mvc", "must be wss://"),
            ("wss://well.example.com/mvc", "ws://well.example.com/mvc", "in the clear"),
            ("wss://wincall.example.com:6050", "wss://wincall.example.com:6050/path", "must be wss://"),
            ("shared", "many", "cannot be \"many\""), ("agents_wait: ready", "agents_wait: soon", "cannot be"),
            ("password_format: plain", "password_format: sha", "cannot be"),
            ("out_channel: 3", "out_channel: 10", "0 to 9"),
            ("domain: acme.cc", "region: cn", "unknown key"),
            ("kind: wincall", "kind: winkall", "cannot be \"winkall\""),
        ])
    func mistakes(old: String, new: String, expected: String) {
        let (accounts, diagnostics) = parse(sound.replacing(old, with: new))
        #expect(accounts == nil)
        #expect(diagnostics.contains { $0.contains(expected) }, "\(diagnostics)")
    }

    @Test("A simulated account is on this machine, with all its addresses")
    func simulated() {
        let local = sound.replacing("https://well.example.com:8443/sdk/", with: "http://127.0.0.1:1")
            .replacing("https://well.example.com", with: "http://127.0.0.1:1")
            .replacing("wss://well.example.com", with: "ws://127.0.0.1:1")
        let simulated = local.replacing("agents_wait: ready", with: "simulated: true")
        #expect(parse(simulated).accounts?["wells"]?.simulated == true)
        let elsewhere = simulated.replacing("ws://127.0.0.1:1", with: "wss://well.example.com")
        #expect(parse(elsewhere).diagnostics.contains { $0.contains("is not on this machine") })
    }
}
