import CampaignFile
import DialModel
import Testing
import Wording

private let sound = """
    # Two accounts.
    shanghai:
      kind: alibaba
      region: cn-shanghai
      instance_id: inst-1
      access_key_id: ${KEY_ID}
      access_key_secret: ${KEY_SECRET}
      subdomain: ${TENANT}-${STAGE}.cc
      requests_per_second: 2.5
      burst: 4
      limits: { per_number: 3 per 5m }
    rehearsal:
      kind: alibaba
      endpoint: http://127.0.0.1:8080/
      instance_id: inst-2
      access_key_id: plain
      access_key_secret_file: secrets/rehearsal
      simulated: true
    """

private let variables = ["KEY_ID": "id-1", "KEY_SECRET": "s3cret", "TENANT": "acme", "STAGE": "test", "EMPTY": ""]

private func parse(
    _ text: String, only: String? = nil, environment: [String: String] = variables,
    secretFile: Result<Secret, SecretFileError> = .success(Secret("from file"))
) -> (accounts: VendorAccounts?, diagnostics: [String]) {
    let (accounts, diagnostics) = VendorAccounts.parse(
        Array(text.utf8), file: "vendors.yaml", only: only, environment: { environment[$0] },
        readSecretFile: { _ in secretFile })
    return (accounts, diagnostics.map(\.rendered.english))
}

/// An account with one value changed or added; nil removes it.
private func account(_ changes: [String: String?]) -> String {
    var values: [(key: String, value: String?)] = [
        ("kind", "alibaba"), ("instance_id", "i"), ("access_key_id", "k"), ("access_key_secret", "${KEY_SECRET}"),
    ]
    for (key, value) in changes.sorted(by: { $0.key < $1.key }) {
        values.removeAll { $0.key == key }
        values.append((key, value))
    }
    return "a:\n" + values.compactMap { pair in pair.value.map { "  \(pair.key): \($0)" } }.joined(separator: "\n")
}

@Suite("Vendor accounts")
struct VendorAccountsTests {
    @Test("Accounts are read with their variables and secrets")
    func reads() throws {
        let (accounts, diagnostics) = parse(sound)
        #expect(diagnostics == [])
        let expected = [
            VendorAccount(
                name: "shanghai",
                service: .alibaba(
                    AlibabaService(
                        region: "cn-shanghai", instanceID: "inst-1", accessKeyID: "id-1",
                        accessKeySecret: Secret("s3cret"), subdomain: "acme-test.cc", requestsPerSecond: 2.5, burst: 4)),
                limits: [
                    AttemptCap(count: 3, period: .rolling(.seconds(300)), scope: .number, source: .named("shanghai"))
                ]),
            VendorAccount(
                name: "rehearsal",
                service: .alibaba(
                    AlibabaService(
                        endpoint: "http://127.0.0.1:8080", instanceID: "inst-2", accessKeyID: "plain",
                        accessKeySecret: Secret("from file"))),
                simulated: true),
        ]
        #expect(accounts?.accounts == expected)
        #expect(accounts?["rehearsal"] == expected[1])
        #expect(accounts?["nobody"] == nil)
    }

    @Test("Only the account that is wanted has its secrets looked up")
    func only() throws {
        let failing = Result<Secret, SecretFileError>.failure(SecretFileError(Phrase("does not exist", "不存在")))
        let (accounts, diagnostics) = parse(sound, only: "shanghai", secretFile: failing)
        #expect(diagnostics == [])
        #expect(accounts?.accounts.map(\.name) == ["shanghai"])
        #expect(parse(sound, only: "rehearsal", environment: [:]).accounts?.accounts.map(\.name) == ["rehearsal"])
        #expect(parse(sound, only: "rehearsal", secretFile: failing).accounts == nil)
    }

    @Test("A variable that is not set is named, and no value is shown")
    func missingVariable() {
        let (accounts, diagnostics) = parse(sound, environment: ["TENANT": "acme", "STAGE": "", "KEY_ID": "id-1"])
        #expect(accounts == nil)
        let expected = [
            (7, "access_key_secret", "KEY_SECRET"), (8, "subdomain", "STAGE"),
        ].map { line, key, name in
            "vendors.yaml:\(line): error: \"shanghai.\(key)\" needs the environment variable \(name), which is not set "
                + "(export \(name)=...)"
        }
        #expect(diagnostics == expected)
    }

    @Test("A secret in the file is an error that does not repeat it")
    func literalSecret() {
        for secret in [
            "hunter2", "\"hunter2\"", "x${KEY_SECRET}", "${KEY_SECRET}${KEY_ID}", "${}", "$KEY_SECRET", "${A-B}",
        ] {
            let (accounts, diagnostics) = parse(account(["access_key_secret": secret]))
            #expect(accounts == nil)
            #expect(
                diagnostics.first?.contains("\"a.access_key_secret\" must not stand in the file") == true, "\(secret)")
            #expect(diagnostics.first?.contains("hunter2") == false)
        }
    }

    @Test("A secret file that cannot be used is an error with the reader's reason")
    func secretFile() {
        let text = account(["access_key_secret": nil, "access_key_secret_file": "~/s"])
        let open = parse(
            text,
            secretFile: .failure(
                SecretFileError(Phrase("can be read by other users", "其他用户可以读取"), hint: Phrase(same: "chmod 600 ~/s"))))
        #expect(
            open.diagnostics == [
                "vendors.yaml:5: error: \"a.access_key_secret_file\" names ~/s, which can be read by other users "
                    + "(chmod 600 ~/s)"
            ])
        #expect(parse(text, secretFile: .success(Secret(""))).diagnostics.first?.contains("is empty") == true)
    }

    private static let wrong: [([String: String?], String)] = [
        (["kind": nil], "\"a.kind\" is missing"), (["kind": "nobody"], "cannot be \"nobody\""),
        (["instance_id": nil], "\"a.instance_id\" is missing"),
        (["access_key_id": nil], "\"a.access_key_id\" is missing"),
        (["access_key_secret": nil], "\"a.access_key_secret\" is missing"), (["acces_key": "x"], "unknown key"),
        (["access_key_secret_file": "x"], "cannot be given beside"), (["burst": "0"], "must be 1 to 1000"),
        (["requests_per_second": "fast"], "must be a number"), (["simulated": "yes"], "must be true or false"),
        (["simulated": "true"], "needs an endpoint on this machine"),
        (["simulated": "true", "endpoint": "https://ccc.example.com"], "is not on this machine"),
        (["region": "cn-hangzhou", "endpoint": "https://ccc.example.com"], "says nothing beside an endpoint"),
        (["endpoint": "ccc.example.com"], "must be https://"), (["endpoint": "ftp://127.0.0.1"], "must be https://"),
        (["endpoint": "http://ccc.example.com"], "in the clear"),
        (["endpoint": "http://127.0.0.1.example.com"], "in the clear"),
        (["endpoint": "http://127.0.0.2"], "in the clear"),
        (["endpoint": "http://localhost.example.com"], "in the clear"),
        (["endpoint": "http://localhost@example.com"], "must be https://"),
        (["endpoint": "https://"], "must be https://"),
        (["endpoint": "http://localhost#.example.com"], "must be https://"),
        (["endpoint": "https://ccc.example.com/path"], "must be https://"),
        (["endpoint": "http://[::1"], "must be https://"),
        (["endpoint": "http://[::1]x"], "must be https://"), (["endpoint": "https://h:99999"], "must be https://"),
        (["endpoint": "https://h:0"], "must be https://"), (["endpoint": "'https://h:'"], "must be https://"),
    ]

    @Test("Each mistake is a finding", arguments: Self.wrong)
    func mistakes(changes: [String: String?], expected: String) {
        let (accounts, diagnostics) = parse(account(changes))
        #expect(accounts == nil)
        #expect(diagnostics.contains { $0.contains(expected) }, "\(diagnostics)")
    }

    @Test(
        "These endpoints are this machine or encrypted",
        arguments: ["http://127.0.0.1", "http://localhost:80", "http://[::1]:65535", "https://ccc.example.com:8443/"])
    func endpoints(text: String) {
        #expect(parse(account(["endpoint": "'\(text)'"])).diagnostics == [])
        let simulated = parse(account(["endpoint": "'\(text)'", "simulated": "true"])).accounts != nil
        #expect(simulated == text.hasPrefix("http://"))
    }

    @Test("Names of simulators are taken")
    func builtIn() {
        let (accounts, diagnostics) = parse(sound + "\nsimulator.alibaba: { kind: alibaba }\nsimulator.x: {}")
        #expect(accounts == nil)
        #expect(
            diagnostics.map { $0.prefix(41) } == [
                "vendors.yaml:19: error: \"simulator.alibab", "vendors.yaml:20: error: \"simulator.x\" is ",
            ])
    }

    @Test("A file of comments has no accounts, and a list is no file of accounts")
    func shapes() {
        #expect(parse("# none yet\n").accounts?.accounts == [])
        #expect(parse("- a").diagnostics.first?.contains("the file must hold keys and values") == true)
        #expect(parse("a: alibaba").diagnostics.first?.contains("\"a\" must hold keys and values") == true)
    }
}
