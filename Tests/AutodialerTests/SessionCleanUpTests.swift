import Foundation
import FoundationNetworking
import Testing

@Suite("Runs leave none of the agents signed in whom they signed in", .timeLimit(.minutes(15)))
struct SessionCleanUpTests {
    /// The vendors that sign agents in.
    private static let vendors: [PushVendor] = [.winCall]

    private static let run = "run trial --max-duration 48h --quiet"

    /// A vendor's campaign in a folder of its own, with a simulator that goes on.
    private struct Site {
        let place: Workplace
        let simulator: SimulatorProcess

        init(_ vendor: PushVendor, leads: Int) async throws {
            place = try await Workplace()
            var campaign = CampaignSetup()
            campaign.vendor = "local"
            campaign.more = "dial: { prefix: \"\(vendor.prefix)\" }"
            try place.write(campaign: campaign, list: ScriptedList.csv([.answers, .busy, .ringsOut], each: leads / 3))
            simulator = try await place.startSimulator(
                "--vendor \(vendor.rawValue) --agents 6 --speed 60", as: "local")
            // Whoever only lets their connection go is taken for signed in for a minute.
            try await simulator.set(faults: #"{"keepSessionsMs":60000}"#)
        }

        /// Starts a run and waits until it has placed more calls than there have been.
        func startDialling() async throws -> RunningTool {
            try await place.startDialling(SessionCleanUpTests.run, at: simulator)
        }

        /// How many agents the simulator counts as signed in.
        func signedIn() async throws -> Int {
            let url = try #require(URL(string: "http://127.0.0.1:\(simulator.port)/simulator/agents"))
            let (data, _) = try await URLSession.shared.data(from: url)
            struct Agent: Decodable { var state: String }
            return try JSONDecoder().decode([Agent].self, from: data).count { $0.state != "SignedOut" }
        }

        /// Holds a run that has ended to what it may leave behind.
        func expectCleanUp() async throws {
            #expect(try await signedIn() == 0)
            let rows = try LedgerRows(place.file("autodialer.sqlite"))
            rows.expectConsistent()
            #expect(rows.openAttempts.isEmpty)
        }
    }

    @Test("At the end of the campaign", arguments: vendors)
    func normalEnd(vendor: PushVendor) async throws {
        let site = try await Site(vendor, leads: 12)
        let runner = try await site.startDialling()
        #expect(try await site.signedIn() > 0)
        let end = try await runner.ended()
        #expect(end.code == 0, "\(end)")
        try await site.expectCleanUp()
        _ = try await site.simulator.stop()
    }

    @Test("When told to stop", arguments: vendors)
    func terminated(vendor: PushVendor) async throws {
        let site = try await Site(vendor, leads: 90)
        let runner = try await site.startDialling()
        runner.signal(SIGTERM)
        let end = try await runner.ended()
        #expect(end.code == 143, "\(end)")
        try await site.expectCleanUp()
        _ = try await site.simulator.stop()
    }

    @Test("After the next run, where one was killed", arguments: vendors)
    func killed(vendor: PushVendor) async throws {
        let site = try await Site(vendor, leads: 90)
        let runner = try await site.startDialling()
        runner.signal(SIGKILL)
        let end = try await runner.ended()
        #expect(end.signal == SIGKILL, "\(end)")
        let next = try await site.place.run(Self.run)
        #expect(next.code == 0, "\(next)")
        try await site.expectCleanUp()
        _ = try await site.simulator.stop()
        let log = try CallLog(site.simulator.log)
        #expect(log.calls.allSatisfy { $0.ended_ms != nil }, "a call went on after its attempt was closed")
    }
}
