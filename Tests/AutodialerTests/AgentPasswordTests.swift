import Foundation
import Testing

@Suite("Agents whom the vendor does not let in are named", .timeLimit(.minutes(15)))
struct AgentPasswordTests {
    /// The vendors that sign agents in, and their code for a wrong password.
    private static let vendors: [(vendor: PushVendor, code: String)] = [(.winCall, "001806")]

    private static let file = "simulator-agents.csv"

    /// A campaign and a simulator of three agents, with another password for some of them.
    private func site(
        _ vendor: PushVendor, wrongFor agents: [String]
    ) async throws -> (Workplace, SimulatorProcess) {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        campaign.more = "dial: { prefix: \"\(vendor.prefix)\" }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 4))
        let simulator = try await place.startSimulator(
            "--vendor \(vendor.rawValue) --agents 3 --speed 60", as: "local")
        let logins = try #require(place.text(Self.file))
        let rows = logins.split(separator: "\n").map(String.init).map { row in
            let isWrong = agents.contains { row.hasPrefix($0 + ",") }
            return isWrong ? row.replacing(VendorSetup.secret, with: "mistyped") : row
        }
        try place.write(Self.file, rows.joined(separator: "\n") + "\n")
        chmod(place.file(Self.file), 0o600)
        return (place, simulator)
    }

    @Test("Where nobody is let in, nobody is called and the run ends at once", arguments: vendors)
    func everybody(vendor: PushVendor, code: String) async throws {
        let (place, simulator) = try await site(vendor, wrongFor: ["5001", "5002", "5003"])
        let end = try await place.fail("run trial", 77, saying: ["local", "5001", "5002", "5003", code])
        #expect(!end.errors.contains("mistyped"))
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        #expect(rows.attempts.isEmpty)
        _ = try await simulator.stop()
    }

    @Test("Where one is not, the others work and the message names that one", arguments: vendors)
    func one(vendor: PushVendor, code: String) async throws {
        let (place, simulator) = try await site(vendor, wrongFor: ["5001"])
        let end = try await place.succeed("run trial --max-duration 48h")
        #expect(end.errors.contains("agent=5001") && end.errors.contains(code), "\(end.errors)")
        #expect(!end.errors.contains("agent=5002") && !end.errors.contains("mistyped"))
        _ = try await simulator.stop()
        #expect(try CallLog(simulator.log).calls.count == 4)
    }
}
