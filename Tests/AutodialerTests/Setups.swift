import Foundation

/// A campaign file, with what most tests want of it.
struct CampaignSetup {
    /// Its name, and that of its folder.
    var name = "trial"
    var vendor = "simulator.alibaba"
    var leads = "{ file: leads.csv, country: CN }"
    var mode = "progressive"
    var agents = "{ group: sales }"
    /// Short waits, so that a rehearsal ends soon.
    var retry = """
          busy: { after: 1m, attempts: 2 }
          no_answer: { after: 2m, attempts: 2 }
          rejected: never
          congestion: { after: 30s, attempts: 2 }
          agent_missed: { after: 1m, attempts: 3 }
          unknown: { after: 3m, attempts: 3 }
          not_placed: { after: 30s, attempts: 100 }
        """
    /// Further lines.
    var more = ""

    /// The file's text.
    var text: String {
        """
        name: \(name)
        vendor: \(vendor)
        leads: \(leads)
        mode: \(mode)
        agents: \(agents)
        retry:
        \(retry)
        \(more)

        """
    }
}

/// A list of numbers whose last digits script the callee; none is in use, for no number begins with 154.
struct ScriptedList {
    /// The table of the simulator by what the callee does.
    enum Callee: String, CaseIterable {
        case answers = "990001"
        case answersLate = "990002"
        case busy = "990003"
        case invalid = "990004"
        case ringsOut = "990005"
        case declines = "990006"
        case hangsUp = "990008"
        case congested = "990009"
        case talksLong = "990011"
        case answersSecondCall = "990012"
        case busyFirst = "990013"
    }

    /// The national number of the lead at `index`, from 0 to 99, of such a callee.
    static func number(_ callee: Callee, _ index: Int) -> String {
        "154" + String(110 + index).suffix(2) + callee.rawValue
    }

    /// A list with `count` leads of each sort, up to a hundred, and `others` for whom chance decides.
    static func csv(_ callees: [Callee], each count: Int, others: Int = 0) -> String {
        let rows = (0..<count).flatMap { index in callees.map { "\(number($0, index)),\($0) \(index)\n" } }
        return "phone,name\n" + rows.joined() + (0..<others).map { "\(13_900_000_000 + $0),other \($0)\n" }.joined()
    }
}

/// The account of a simulator that is a process of its own.
enum VendorSetup {
    /// The simulator's secret, which no message may show.
    static let secret = "simulator-secret"
    static let environment = ["AUTODIALER_SIMULATOR_SECRET": secret]

    /// A vendor file with one account named `local`.
    static func text(
        port: UInt16, simulated: Bool = true, secret: String = "access_key_secret: ${AUTODIALER_SIMULATOR_SECRET}"
    ) -> String {
        """
        local:
          kind: alibaba
          endpoint: http://127.0.0.1:\(port)
          simulated: \(simulated)
          instance_id: simulator
          subdomain: simulator
          access_key_id: simulator
          \(secret)
          requests_per_second: 100
          burst: 200

        """
    }
}

extension Workplace {
    /// Writes a campaign into a folder of its name.
    func write(campaign: CampaignSetup, list: String?) throws {
        try write("\(campaign.name)/campaign.yaml", campaign.text)
        if let list { try write("\(campaign.name)/leads.csv", list) }
    }

    /// Starts a simulator as a process of its own, writes an account for it, and tells its call log.
    ///
    /// The account is the one that the tool prints, under another name, or that of `VendorSetup` where no name is given.
    func startSimulator(
        _ options: String, as name: String? = nil, log: String = "calls.jsonl"
    ) async throws -> SimulatorProcess {
        let watch = try FolderWatch(path)
        let tool = try start("simulator --call-log \(log) " + options)
        var port: UInt16?
        _ = try await watch.wait(for: "the simulator's port", while: tool) { _ in
            port = Self.port(in: tool.output)
            return port != nil
        }
        guard let port else { throw RunningTool.WaitedInVain(description: "no simulator:\n\(tool.errors)") }
        let account = name.map { tool.output.replacing("local-simulator:", with: "\($0):") }
        try write("vendors.yaml", account ?? VendorSetup.text(port: port))
        return SimulatorProcess(tool: tool, port: port, log: file(log))
    }

    /// The port in the printed account, once it is all there.
    private static func port(in text: String) -> UInt16? {
        let isWhole = text.contains("access_key_secret:") || text.contains("simulated: true\n")
        guard isWhole, let match = text.firstMatch(of: /127\.0\.0\.1:(\d+)/) else { return nil }
        return UInt16(match.1)
    }
}

/// A simulator that runs as a process of its own.
struct SimulatorProcess {
    let tool: RunningTool
    let port: UInt16
    let log: String

    /// Ends it by SIGTERM.
    func stop() async throws -> Transcript {
        tool.signal(SIGTERM)
        return try await tool.ended()
    }
}
