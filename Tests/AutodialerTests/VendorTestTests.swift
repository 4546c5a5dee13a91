import Foundation
import Testing

@Suite("Trying a vendor account", .timeLimit(.minutes(15)))
struct VendorTestTests {
    private func place() async throws -> (place: Workplace, simulator: SimulatorProcess) {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        campaign.more = "hours: { rules: none }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 2))
        let simulator = try await place.startSimulator("--agents 4 --speed 20")
        return (place, simulator)
    }

    private static let command = "vendor test local --campaign trial"

    @Test("A row for everything that a campaign needs, with the fix for what is missing, and no call")
    func table() async throws {
        let (place, simulator) = try await place()
        let output = try await place.succeed(Self.command, environment: VendorSetup.environment).output
        for row in [
            /credentials +ok +the account answers/, /a call for one agent +ok +yes/,
            /joins calls to agents +missing +not with this account/,
            /modes +ok +progressive, power, predictive, broadcast/,
            /agents +ok +4 known, 4 signed in, 4 idle/, /numbers +ok +\d+ listed, \d+ may be shown/,
            /limits +unknown +vendors.yaml states none +state those of the contract/,
        ] {
            #expect(output.contains(row), "\(output)")
        }
        let json = try await place.succeed(Self.command + " --json", environment: VendorSetup.environment).output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object["account"] as? String == "local")
        #expect(
            (object["checks"] as? [[String: Any]])?.first { $0["check"] as? String == "agents" }?["verdict"] as? String
                == "ok")
        _ = try await simulator.stop()
        #expect(try CallLog(simulator.log).calls.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: place.file("autodialer.sqlite")))
    }

    @Test("An account whose agents' browsers make the calls is tried with the pages that come")
    func pages() async throws {
        let place = try await Workplace.withShippedCampaigns()
        let output = try await place.succeed(
            "vendor test simulator.udesk-bridge --campaign campaigns/udesk-bridge"
        ).output
        for row in [/agents +ok +6 known, [1-6] signed in/, /numbers +ok +8 listed, 8 may be shown/] {
            #expect(output.contains(row), "\(output)")
        }
    }

    @Test("Wrong credentials are the account's, and say what to correct")
    func credentials() async throws {
        let (place, simulator) = try await place()
        let end = try await place.run(Self.command, environment: ["AUTODIALER_SIMULATOR_SECRET": "wrong"])
        #expect(end.code == 77, "\(end)")
        #expect(end.output.contains(/credentials +missing .* correct the account in vendors.yaml/), "\(end)")
        _ = try await simulator.stop()
        let gone = try await place.run(Self.command, environment: VendorSetup.environment)
        #expect(gone.code == 69, "\(gone)")
    }

    @Test("One call to a number that is named, committed and kept like any other")
    func call() async throws {
        let (place, simulator) = try await place()
        let number = ScriptedList.number(.answers, 7)
        let end = try await place.succeed(
            Self.command + " --call \(number)", environment: VendorSetup.environment)
        #expect(end.output.contains(/attempt 1: \+86154\*+0001, connected: .* placing, .* closed/), "\(end)")
        _ = try await simulator.stop()
        #expect(try CallLog(simulator.log).calls.map(\.callee) == [number])
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.attempts.map(\.outcome) == ["connected"])
    }

    @Test("A number that must not be called is not, though it is a trial")
    func doNotCall() async throws {
        let (place, simulator) = try await place()
        let number = ScriptedList.number(.answers, 7)
        try await place.succeed("dnc add +86\(number) --because asked")
        let end = try await place.run(Self.command + " --call \(number)", environment: VendorSetup.environment)
        #expect(end.code == 77 && end.errors.contains("do-not-call list \"house\""), "\(end)")
        _ = try await simulator.stop()
        #expect(try CallLog(simulator.log).calls.isEmpty)
    }
}
