import CampaignFile
import DialModel
import Testing
import Wording

@Suite("Campaigns with several accounts")
struct RoutingTests {
    private func parse(_ vendors: String, more: String = "") -> (routing: AccountRouting?, findings: [String]) {
        let text = """
            name: trial
            \(vendors)
            leads: { file: leads.csv }
            mode: progressive
            agents: { group: sales }
            \(more)
            """
        let (campaign, diagnostics) = Campaign.parse(Array(text.utf8), file: "c.yaml")
        return (campaign?.routing, diagnostics.map(\.rendered.english))
    }

    @Test("One account, an order, shares, and the cheapest first")
    func forms() {
        #expect(parse("vendor: main").routing == AccountRouting(["main"]))
        #expect(parse("vendors: [main, second]").routing == AccountRouting(["main", "second"]))
        #expect(
            parse("vendors: { main: 70%, second: 30% }").routing
                == AccountRouting(["main", "second"], by: .shares([70, 30])))
        #expect(
            parse("vendors: { use: [main, second], by: cost }").routing
                == AccountRouting(["main", "second"], by: .cost))
        #expect(parse("vendors: { use: [main, second], by: order }").routing == AccountRouting(["main", "second"]))
        #expect(
            parse("vendors:\n  by: shares\n  use: { main: 1%, second: 99% }").routing
                == AccountRouting(["main", "second"], by: .shares([1, 99])))
        #expect(
            parse("vendors: { use: 40%, by: 60% }").routing == AccountRouting(["use", "by"], by: .shares([40, 60])))
        #expect(parse("vendors: [simulator.well, simulator.wincall]").routing != nil)
    }

    @Test(
        "What is wrong is said with its line and what to write",
        arguments: [
            ("vendors: main", "must name several accounts", "vendors: [main, second]"),
            ("vendors: [main]", "must name several accounts", "vendor: NAME"),
            ("vendors: [main, main]", "names main a second time", "remove it"),
            ("vendors: [main, simulator.wel]", "names no simulator", "simulator.well"),
            ("vendors: { main: 70%, second: 20% }", "adds up to 90%, not 100%", "30%"),
            ("vendors: { main: 70, second: 30 }", "must be a percentage", "35%"),
            ("vendors: { main: 99.5%, second: 0.5% }", "whole percentage", "70%"),
            ("vendors: { use: [main, second], by: price }", "cannot be \"price\"", "cost"),
            ("vendors: { use: [main, second], by: shares }", "does not say each account's share", "70%"),
            ("vendors: { use: { main: 50%, second: 50% }, by: cost }", "must be shares", "use: [main, second]"),
            ("vendor: main\nvendors: [main, second]", "cannot be given beside \"vendors\"", "remove one"),
        ])
    func complaints(text: String, complaint: String, hint: String) {
        let (routing, findings) = parse(text)
        #expect(routing == nil)
        #expect(
            findings.contains { $0.contains("c.yaml:2") && $0.contains(complaint) && $0.contains(hint) }, "\(findings)")
    }

    @Test("What goes with one account only is refused: a rate of its own, and numbers")
    func notWithSeveral() {
        let two = "vendors: [main, second]"
        let numbers = parse(two, more: "caller_id: { numbers: [\"02150001234\"] }")
        #expect(numbers.findings.contains { $0.contains("belong to one account each") && $0.contains("pool: NAME") })
        #expect(parse(two, more: "caller_id: { pool: main }").findings == [])
        let text =
            "name: x\n\(two)\nleads: { file: l.csv }\nmode: broadcast\npacing: { calls_per_minute: 5 }\nagents: { group: g }"
        let (_, diagnostics) = Campaign.parse(Array(text.utf8), file: "c.yaml")
        #expect(diagnostics.contains { $0.line == 4 && $0.message.english.contains("is broadcast") }, "\(diagnostics)")
        let own =
            "name: x\n\(two)\nleads: { file: l.csv }\nmode: vendor_paced\npacing: { project: 5 }\nagents: { group: g }"
        #expect(
            Campaign.parse(Array(own.utf8), file: "c.yaml").diagnostics.contains {
                $0.line == 4 && $0.message.english.contains("is vendor_paced")
            })
    }

    @Test("A section about a simulator goes only where all accounts are simulated")
    func simulatorSection() {
        #expect(parse("vendors: [simulator.well, simulator.alibaba]", more: "simulator: { agents: 3 }").findings == [])
        let mixed = parse("vendors: [simulator.well, real]", more: "simulator: { agents: 3 }")
        #expect(mixed.findings.contains { $0.contains("real") }, "\(mixed.findings)")
    }
}

@Suite("How much an account may carry")
struct AccountCapacityTests {
    private func parse(_ more: String) -> (account: VendorAccount?, findings: [String]) {
        let text = """
            main:
              kind: alibaba
              instance_id: i
              access_key_id: k
              access_key_secret: ${SECRET}
              \(more)
            """
        let (accounts, diagnostics) = VendorAccounts.parse(
            Array(text.utf8), file: "vendors.yaml", environment: { _ in "secret" },
            readSecretFile: { _ in .failure(SecretFileError(Phrase("is not there", "不存在"))) })
        return (accounts?["main"], diagnostics.map(\.rendered.english))
    }

    @Test("Lines, calls in spans of time, and prices are read")
    func reads() throws {
        let account = try #require(
            parse("lines: 30\n  calls: [60 per 1m, 5000 per 24h]\n  cost: {per_minute: 0.12, per_call: 0.02}").account)
        #expect(
            account.capacity
                == AccountLimits(
                    lines: 30, rates: [.init(60, per: .seconds(60)), .init(5_000, per: .seconds(86_400))]))
        #expect(account.price == CallPrice(perCall: 0.02, perMinute: 0.12))
        let silent = try #require(parse("simulated: false").account)
        #expect(!silent.capacity.isLimited && silent.price == nil)
    }

    @Test(
        "What is no limit and no price is said",
        arguments: [
            ("calls: many", "calls: [60 per 1m, 5000 per 24h]"), ("calls: 60 per day", "60 per 1m"),
            ("lines: 0", "1 to"),
            ("calls: []", "holds no limit"), ("cost: {}", "says nothing"),
            ("cost: {per_minute: cheap}", "must be a number"),
        ])
    func complaints(text: String, words: String) {
        let (account, findings) = parse(text)
        #expect(account == nil)
        #expect(findings.contains { $0.contains("vendors.yaml:6") && $0.contains(words) }, "\(findings)")
    }
}
