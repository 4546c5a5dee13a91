import Foundation
import FoundationNetworking
import Testing

/// A vendor that pushes events, as an account of a simulator that is a process of its own.
enum PushVendor: String, CaseIterable, Sendable {
    case well
    case winCall = "wincall"
    case udesk

    /// What has to be dialled before a number.
    var prefix: String {
        switch self {
        case .well: "9"
        case .winCall, .udesk: ""
        }
    }

    /// How a campaign calls through it, beyond the vendor's name.
    func fit(_ campaign: inout CampaignSetup) {
        campaign.more = "dial: { prefix: \"\(prefix)\" }"
        guard self == .udesk else { return }
        campaign.mode = "power"
        campaign.more = "dial: { ratio: 1.5 }"
        campaign.agents = #"{ group: "12" }"#
    }

    /// What the simulator is told, beyond how many agents there are; where it posts events, the port is free by now.
    func options() throws -> String {
        guard self == .udesk else { return "--vendor \(rawValue)" }
        return "--vendor udesk --push-port \(try FreePort.find())"
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
        vendor.fit(&campaign)
        try place.write(campaign: campaign, list: ScriptedList.csv(callees, each: leads / callees.count))
        let simulator = try await place.startSimulator(
            "\(try vendor.options()) --agents \(agents) --speed 60", as: "local")
        try await simulator.set(faults: Self.faults)

        let end = try await place.run(
            "run trial --max-duration 48h --quiet", environment: ["AUTODIALER_SIMULATOR_SECRET": "simulator-secret"])
        #expect(end.code == 0, "\(end)")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.leads.count == leads)
        #expect(rows.openAttempts.isEmpty)
        #expect(rows.leads.allSatisfy { $0.state == "finished" })
        if vendor == .well {
            let standing = try await WellStanding(port: simulator.port)
            #expect(standing.dial_interval_violations == 0, "calls of one phone came within two seconds")
            #expect(standing.signed_in == [] && standing.dials >= leads)
        }
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

/// A port of this machine that nobody listens on.
enum FreePort {
    struct None: Error {}

    static func find() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw None() }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isFound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isFound else { throw None() }
        return UInt16(bigEndian: address.sin_port)
    }
}
