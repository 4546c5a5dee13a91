import Foundation
import FoundationNetworking
import Testing

/// A vendor that signs agents in and pushes events, as an account of a simulator that is a process of its own.
enum PushVendor: String, CaseIterable, Sendable {
    case well
    case winCall = "wincall"

    /// What has to be dialled before a number.
    var prefix: String {
        switch self {
        case .well: "9"
        case .winCall: ""
        }
    }
}

@Suite("Campaigns with vendors that push, while events get lost and connections are cut", .timeLimit(.minutes(15)))
struct PushVendorTests {
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"

    /// One event in twenty is lost, one in twenty comes twice, and all connections are cut every thirty seconds.
    private static let faults = #"{"loseEventEvery":20,"duplicateEventEvery":20,"cutConnectionsEveryMs":30000}"#

    @Test(
        "Ten agents and three hundred leads: no call is placed twice, and nothing stays open",
        arguments: PushVendor.allCases)
    func disturbed(vendor: PushVendor) async throws {
        try await rehearse(vendor, leads: 300, agents: 10)
    }

    @Test("Thirty agents and a thousand leads", .enabled(if: isSoak), arguments: PushVendor.allCases)
    func disturbedForLong(vendor: PushVendor) async throws {
        try await rehearse(vendor, leads: 1000, agents: 30)
    }

    private func rehearse(_ vendor: PushVendor, leads: Int, agents: Int) async throws {
        let place = try await Workplace()
        let callees: [ScriptedList.Callee] = [
            .answers, .busy, .ringsOut, .invalid, .declines, .hangsUp, .congested, .answersLate, .busyFirst,
            .answersSecondCall,
        ]
        var campaign = CampaignSetup()
        // Whoever was called for certain is not called again, so that a second call is one too many.
        campaign.retry = """
              busy: never
              no_answer: never
              congestion: never
              agent_missed: { after: 1m, attempts: 3 }
              unknown: { after: 1m, attempts: 2 }
              not_placed: { after: 30s, attempts: 100 }
            """
        campaign.vendor = "local"
        campaign.more = "dial: { prefix: \"\(vendor.prefix)\" }"
        try place.write(campaign: campaign, list: ScriptedList.csv(callees, each: leads / callees.count))
        let simulator = try await place.startSimulator(
            "--vendor \(vendor.rawValue) --agents \(agents) --speed 60", as: "local")
        try await simulator.set(faults: Self.faults)

        let end = try await place.run("run trial --max-duration 48h --quiet")
        #expect(end.code == 0, "\(end)")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.leads.count == leads)
        #expect(rows.openAttempts.isEmpty)
        #expect(rows.leads.allSatisfy { $0.state == "finished" })
        _ = try await simulator.stop()
        let log = try CallLog(simulator.log)
        #expect(log.calls.allSatisfy { $0.ended_ms != nil }, "a call went on after its attempt was closed")
        let audit = NumberAudit(log: log, rows: rows, dialledWith: vendor.prefix)
        #expect(audit.findings == [])
        #expect(audit.pairs >= leads, "too few calls to prove anything")
    }
}

extension SimulatorProcess {
    /// Switches what goes wrong, as JSON.
    func set(faults: String) async throws {
        let url = try #require(URL(string: "http://127.0.0.1:\(port)/simulator/faults"))
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = Data(faults.utf8)
        let (_, response) = try await URLSession.shared.data(for: request)
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
    }
}
