import Foundation
import Testing

@Suite("The accounts that the guide and vendors.yaml show can be used", .timeLimit(.minutes(15)))
struct AccountGuideTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let environment = [
        "AUTODIALER_ALIBABA_KEY_ID": "key", "AUTODIALER_ALIBABA_KEY_SECRET": "secret",
        "AUTODIALER_UDESK_TOKEN": "token", "AUTODIALER_UDESK_PUSH_TOKEN": "a-token-of-events",
        "AUTODIALER_UDESK_SECRET": "secret",
    ]

    /// A guide's page, with the name that it gives its account.
    struct Page: CustomTestStringConvertible {
        var file: String
        var account: String
        var testDescription: String { file }

        static let all = [
            Page(file: "AlibabaAccounts.md", account: "shanghai"), Page(file: "WellAccounts.md", account: "beijing"),
            Page(file: "WinCallAccounts.md", account: "hangzhou"), udesk, bridge,
        ]
        static let bridge = Page(file: "UdeskBridgeAccounts.md", account: "shenzhen")
        static let udesk = Page(file: "UdeskAccounts.md", account: "guangzhou")
        static let withLogins = all.filter(\.hasLogins)
        static let withDiallers = withLogins.filter { $0.account != bridge.account }
        static let withBothWays = all.filter { ![udesk.account, bridge.account].contains($0.account) }

        var hasLogins: Bool { !["shanghai", Self.udesk.account].contains(account) }
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }

    /// The only block of a kind on a page.
    private func block(_ kind: String, of page: Page) throws -> String {
        let parts = try text("Sources/autodialer/autodialer.docc/\(page.file)").components(separatedBy: "```\(kind)\n")
        try #require(parts.count == 2)
        return try #require(parts[1].components(separatedBy: "```").first)
    }

    /// Accounts whose agents files are `agents.csv` here, and a campaign that uses one of them.
    private func place(_ accounts: String, logins: String?, account: String, mode: String) async throws -> Workplace {
        let place = try await Workplace()
        try place.write("vendors.yaml", accounts.replacing(/\/etc\/autodialer\/[a-z]+-agents\.csv/, with: "agents.csv"))
        if let logins {
            try place.write("agents.csv", logins)
            chmod(place.file("agents.csv"), 0o600)
        }
        try place.write(
            "spring/campaign.yaml",
            """
            name: spring
            vendor: \(account)
            leads: { file: leads.csv, country: CN }
            mode: \(mode)
            agents: { group: sales }
            """)
        try place.write("spring/leads.csv", "phone\n15400990001\n")
        return place
    }

    @Test(
        "The account of each page serves a campaign that binds calls to agents, and one that dials ahead of them",
        arguments: Page.withBothWays, ["progressive", "predictive"])
    func account(page: Page, mode: String) async throws {
        let logins = page.hasLogins ? try block("csv", of: page) : nil
        let place = try await place(
            block("yaml", of: page), logins: logins, account: page.account, mode: mode)
        let transcript = try await place.succeed("check spring", environment: Self.environment)
        #expect(transcript.output.hasSuffix("spring: ready to run with \(page.account)\n"))
        #expect(!transcript.errors.contains("error"), "\(transcript)")
    }

    @Test("Udesk's account serves a campaign that dials ahead, and check refuses to bind calls in the page's words")
    func udesk() async throws {
        let accounts = try block("yaml", of: .udesk)
        // Each folder is given up before the next is taken: there are fewer of them than tests.
        do {
            let ahead = try await place(accounts, logins: nil, account: "guangzhou", mode: "predictive")
            let transcript = try await ahead.succeed("check spring", environment: Self.environment)
            #expect(transcript.output.hasSuffix("spring: ready to run with guangzhou\n"))
        }
        let bound = try await place(accounts, logins: nil, account: "guangzhou", mode: "progressive")
        try await bound.fail(
            "check spring", 65, saying: ["needs calls bound to one agent, which this account cannot place"],
            environment: Self.environment)
    }

    @Test(
        "The account of agents' pages serves a campaign that binds calls, and check refuses the others in the page's words"
    )
    func bridge() async throws {
        let (accounts, keys) = (try block("yaml", of: .bridge), try block("csv", of: .bridge))
        do {
            let bound = try await place(accounts, logins: keys, account: "shenzhen", mode: "progressive")
            let transcript = try await bound.succeed("check spring", environment: Self.environment)
            #expect(transcript.output.hasSuffix("spring: ready to run with shenzhen\n"))
        }
        let ahead = try await place(accounts, logins: keys, account: "shenzhen", mode: "predictive")
        try await ahead.fail(
            "check spring", 65,
            saying: [
                "mode predictive needs a vendor that queues answered calls, or joins them to agents and ends them"
            ],
            environment: Self.environment)
    }

    @Test(
        "Without diallers no campaign dials ahead, and check says so in the page's words", arguments: Page.withDiallers)
    func noDiallers(page: Page) async throws {
        let logins = try block("csv", of: page).split(separator: "\n").filter { !$0.hasSuffix(",dialler") }
        let place = try await place(
            block("yaml", of: page), logins: logins.joined(separator: "\n"), account: page.account, mode: "predictive")
        try await place.fail(
            "check spring", 65,
            saying: ["mode predictive needs a vendor that queues answered calls, or joins them to agents and ends them"]
        )
    }

    @Test("The agents file has to be its owner's alone", arguments: Page.withLogins)
    func readableAgents(page: Page) async throws {
        let place = try await place(
            block("yaml", of: page), logins: block("csv", of: page), account: page.account, mode: "progressive")
        chmod(place.file("agents.csv"), 0o640)
        try await place.fail(
            "check spring", 78, saying: ["agents.csv, which may be read by others", "chmod 600"],
            environment: Self.environment)
    }

    @Test("vendors.yaml can be used once its signs are removed", arguments: Page.all)
    func shipped(page: Page) async throws {
        let accounts = try text("campaigns/vendors.yaml").split(separator: "\n").drop { $0 != "# shanghai:" }
            .map { String($0.dropFirst(2)) }.joined(separator: "\n")
        let place = try await place(
            accounts, logins: block("csv", of: page.hasLogins ? page : Page.withLogins[0]), account: page.account,
            mode: page.account == Page.udesk.account ? "predictive" : "progressive")
        let transcript = try await place.succeed("check spring", environment: Self.environment)
        #expect(transcript.output.hasSuffix("spring: ready to run with \(page.account)\n"))
    }
}
