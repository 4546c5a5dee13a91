import Foundation
import Testing

/// What `agents --json` and `calls --json` print.
private struct Agents: Decodable {
    struct Agent: Decodable {
        var agent: String
        var state: String
        var seconds: Int
        var leaving: Bool
        var call: Int64?
        var number: String?
    }

    var campaign: String
    var agents: [Agent]

    func state(of name: String) -> String? { agents.first { $0.agent == name }?.state }
}

private struct Calls: Decodable {
    struct Call: Decodable {
        var call: Int64
        var number: String
        var state: String
        var seconds: Int
        var agent: String?
    }

    var campaign: String
    var calls: [Call]
}

@Suite("A running campaign is acted on from another shell", .timeLimit(.minutes(15)))
struct SupervisingTests {
    /// A vendor whose simulator is built in.
    enum Vendor: String, CaseIterable, Sendable {
        case alibaba, well, wincall

        static let supervisable: [Vendor] = [.well, .wincall]
        var prefix: String { self == .well ? "9" : "" }
    }

    /// A campaign that is running, and what watches its folder.
    private struct Running {
        let place: Workplace
        let tool: RunningTool
        let watch: FolderWatch

        func rows() throws -> LedgerRows { try LedgerRows(place.file("autodialer.sqlite")) }

        /// Waits until the ledger is as it should be, which is looked at after every commit.
        func wait(for what: String, _ condition: (LedgerRows) -> Bool) async throws {
            let isSo = try await watch.wait(for: what, while: tool) { _ in
                // A ledger in the making is no ledger yet.
                (try? rows()).map(condition) ?? false
            }
            try #require(isSo, "\(what): \(tool.errors)")
        }

        func agents() async throws -> Agents { try await read("agents trial --json") }
        func calls(_ options: String = "") async throws -> Calls { try await read("calls trial --json" + options) }

        private func read<Answer: Decodable>(_ command: String) async throws -> Answer {
            try JSONDecoder().decode(Answer.self, from: Data(try await place.succeed(command).output.utf8))
        }

        /// Asks for the agents until one of them is as they should be.
        func wait(until agent: String, is state: String) async throws {
            for _ in 0..<400 {
                if try await agents().state(of: agent) == state { return }
            }
            Issue.record("\(agent) is \(try await agents().state(of: agent) ?? "not there"), not \(state)")
        }
    }

    private func start(_ vendor: Vendor, agents: Int, list: String, speed: Int) async throws -> Running {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "simulator.\(vendor.rawValue)"
        campaign.more = """
            dial: { prefix: "\(vendor.prefix)" }
            hours: { rules: none }
            simulator: { agents: \(agents) }
            """
        try place.write(campaign: campaign, list: list)
        let watch = try FolderWatch(place.path)
        let tool = try place.start("run trial --quiet --speed \(speed) --max-duration 48h")
        return Running(place: place, tool: tool, watch: watch)
    }

    @Test(
        "Paused it places no calls and lets those in progress end, resumed it goes on, drained it ends",
        arguments: Vendor.allCases)
    func pauseResumeDrain(vendor: Vendor) async throws {
        let run = try await start(vendor, agents: 4, list: ScriptedList.csv([.answers], each: 100), speed: 20)
        try await run.wait(for: "the first conversations") { rows in rows.attempts.count { $0.connected_at != nil } >= 4
        }
        let paused = try await run.place.succeed("pause trial")
        #expect(paused.output.hasPrefix("trial: paused; "))
        let claimed = try run.rows().attempts.count
        try await run.wait(for: "the end of the calls in progress") { $0.openAttempts.isEmpty }
        #expect(try await run.calls().calls.isEmpty)
        #expect(run.tool.isRunning)
        #expect(try run.rows().attempts.count == claimed, "a call was placed while paused")
        let resumed = try await run.place.succeed("resume trial")
        #expect(resumed.output == "trial: resumed; calls are placed again\n")
        try await run.wait(for: "further calls") { $0.attempts.count > claimed + 4 }
        #expect(try await run.place.succeed("resume trial").output == "trial: was not paused; calls are placed\n")
        let drained = try await run.place.succeed("drain trial")
        #expect(drained.output.hasPrefix("trial: draining; "))
        let end = try await run.tool.ended()
        #expect(end.code == 0, "\(end)")
        try expectRecord(end.errors, ["order=pause", "order=resume", "order=drain"])
        let logged = try CSVTable(try await run.place.succeed("export audit trial").output).rows
        let orders = logged.filter { $0["action"] == "ordered" }.compactMap { $0["facts"] }
        #expect(orders == ["pause", "resume", "resume", "drain"].map { #"{"order":"\#($0)"}"# })
        let rows = try run.rows()
        rows.expectConsistent()
        #expect(rows.openAttempts.isEmpty && rows.leads.contains { $0.state == "waiting" })
        #expect(run.place.names().allSatisfy { !$0.contains(".control") }, "\(run.place.names())")
        try await run.place.fail("pause trial", 66, saying: ["no run of trial is going on", "autodialer run trial"])
    }

    /// Every order is in the log, with who gave it and when.
    private func expectRecord(_ log: String, _ orders: [String]) throws {
        let name = String(cString: try #require(getpwuid(geteuid())).pointee.pw_name)
        for order in orders {
            let line = log.replacing("\"", with: "").split(separator: "\n").first { $0.contains(order) } ?? ""
            #expect(
                line.contains("by=\(name)") && line.contains("at=20") && line.contains("campaign=trial"),
                "\(order): \(log)")
        }
    }

    @Test("A supervisor sees who talks, ends a call, and sends its agent on a break", arguments: Vendor.supervisable)
    func agentsAndCalls(vendor: Vendor) async throws {
        let run = try await start(vendor, agents: 2, list: ScriptedList.csv([.talksLong], each: 8), speed: 5)
        try await run.wait(for: "two conversations") { rows in rows.attempts.count { $0.state == "connected" } == 2 }
        let calls = try await run.calls().calls
        #expect(calls.count == 2 && calls.allSatisfy { $0.state == "connected" && $0.number.contains("*") })
        #expect(try await run.calls(" --reveal").calls.allSatisfy { $0.number.hasPrefix("+8615") })
        let dropped = try #require(calls.first)
        let agent = try #require(dropped.agent)
        let busy = try #require(try await run.agents().agents.first { $0.agent == agent })
        #expect(busy.state == "busy" && busy.call == dropped.call && busy.number == dropped.number)

        // Whoever is in a call goes on a break after it.
        try await run.place.succeed("agents break trial \(agent)")
        let end = try await run.place.succeed("calls drop trial \(dropped.call)")
        #expect(end.output == "trial: call \(dropped.call): the vendor is asked to end it\n")
        try await run.wait(for: "its end") { rows in
            rows.attempts.contains { $0.id == dropped.call && $0.outcome != nil }
        }
        let attempt = try #require(try run.rows().attempts.first { $0.id == dropped.call })
        #expect(attempt.outcome == "connected" && attempt.agent == agent)
        #expect(attempt.vendor_reason?.hasPrefix("dropped by ") == true, "\(attempt)")
        try await run.place.fail("calls drop trial \(dropped.call)", 66, saying: ["there is no call \(dropped.call)"])
        try await run.place.fail("calls listen trial 999999 --as 8002", 66, saying: ["there is no call 999999"])
        try await run.wait(until: agent, is: "on_break")
        #expect(try await run.calls().calls.allSatisfy { $0.agent != agent })

        try await run.place.succeed("agents logout trial \(agent)")
        try await run.wait(until: agent, is: "offline")
        try await run.place.succeed("agents ready trial \(agent)")
        try await run.wait(until: agent, is: "busy")
        try await endAtOnce(run)
        try expectRecord(run.tool.errors, ["order=send_on_break agent \(agent)", "order=drop call \(dropped.call)"])
    }

    @Test("A supervisor hears a conversation at a free phone of the account", arguments: Vendor.supervisable)
    func listens(vendor: Vendor) async throws {
        let run = try await start(vendor, agents: 2, list: ScriptedList.csv([.talksLong], each: 4), speed: 5)
        try await run.wait(for: "two conversations") { rows in rows.attempts.count { $0.state == "connected" } == 2 }
        try await run.place.succeed("pause trial")
        let calls = try await run.calls().calls
        let (dropped, heard) = (try #require(calls.first), try #require(calls.last))
        let free = try #require(dropped.agent)
        try await run.place.succeed("calls drop trial \(dropped.call)")
        try await run.wait(until: free, is: "idle")
        // The simulators' agents 5001, 5002, … have the phones 8001, 8002, ….
        let phone = "8" + free.dropFirst()
        let answer = try await run.place.succeed("calls listen trial \(heard.call) --as \(phone)")
        #expect(answer.output == "trial: call \(heard.call): phone \(phone) is rung to listen\n")
        try await run.wait(until: free, is: "busy")
        #expect(try await run.calls().calls.map(\.call) == [heard.call], "the conversation goes on")
        try await run.place.fail(
            "calls barge trial \(heard.call) --as 7777", 77, saying: ["simulator.\(vendor.rawValue)"])
        try await endAtOnce(run)
        try expectRecord(run.tool.errors, ["order=listen call \(heard.call) as \(phone)"])
    }

    /// Drains the run and ends the conversations that it would wait for.
    private func endAtOnce(_ run: Running) async throws {
        try await run.place.succeed("drain trial")
        for _ in 0..<200 {
            let answer = try await run.place.run("calls trial --json")
            // The run may have ended by now.
            guard answer.code == 0 else { break }
            let calls = try JSONDecoder().decode(Calls.self, from: Data(answer.output.utf8)).calls
            for call in calls { _ = try await run.place.run("calls drop trial \(call.call)") }
        }
        #expect(try await run.tool.ended().code == 0)
        let rows = try run.rows()
        rows.expectConsistent()
        #expect(rows.openAttempts.isEmpty)
    }

    @Test("What the vendor cannot do is refused with the reason, and nothing happens")
    func refusals() async throws {
        // A dozen commands follow, and on a busy machine each takes seconds of a conversation that must last.
        let run = try await start(.alibaba, agents: 2, list: ScriptedList.csv([.talksLong], each: 20), speed: 2)
        try await run.wait(for: "two conversations") { rows in rows.attempts.count { $0.state == "connected" } == 2 }
        let call = try #require(try await run.calls().calls.first)
        let agent = try #require(call.agent)
        for order in ["ready", "break", "logout"] {
            try await run.place.fail(
                "agents \(order) trial \(agent)", 77, saying: ["agents cannot be told", "simulator.alibaba"])
        }
        try await run.place.fail("calls drop trial \(call.call)", 77, saying: ["cannot be ended", "simulator.alibaba"])
        for order in ["listen", "barge", "take"] {
            try await run.place.fail("calls \(order) trial \(call.call) --as 8002", 77, saying: ["nobody can listen"])
        }
        #expect(try await run.calls().calls.contains { $0.call == call.call })
        run.tool.signal(SIGKILL)
        _ = try await run.tool.ended()
        // The socket of a run that was killed takes nobody in, and stands in nobody's way.
        #expect(run.place.names().contains("autodialer.sqlite.trial.control"))
        try await run.place.fail("agents trial", 66, saying: ["no run of trial is going on"])
    }

    @Test("Each of several campaigns that share agents is paused by itself")
    func shared() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.more = "hours: { rules: none }\nsimulator: { agents: 4 }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 40))
        campaign.name = "other"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answersLate], each: 20))
        let watch = try FolderWatch(place.path)
        let tool = try place.start("run trial other --quiet --speed 60 --max-duration 9h")
        let run = Running(place: place, tool: tool, watch: watch)
        try await run.wait(for: "the first calls of both") { Set($0.attempts.map(\.run)).count == 2 }
        try await place.succeed("pause trial")
        let paused = try run.rows()
        let first = try #require(paused.attempts.map(\.run).min())
        let claimed = paused.attempts.count { $0.run == first }
        try await run.wait(for: "the end of the other") { rows in
            rows.attempts.count { $0.run != first && $0.outcome == "connected" } == 20
        }
        #expect(try run.rows().attempts.count { $0.run == first } == claimed)
        try await place.succeed("resume trial")
        let end = try await tool.ended()
        #expect(end.code == 0, "\(end)")
        #expect(try run.rows().leads.allSatisfy { $0.state == "finished" })
    }

    @Test("Usage: a supervisor needs a phone, and a campaign has to be there")
    func usage() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 1))
        for order in ["listen", "barge", "take"] {
            try await place.fail("calls \(order) trial 1", 64, saying: ["--as"])
        }
        try await place.fail("calls drop trial twelve", 64, saying: ["twelve"])
        try await place.fail("agents nowhere", 66, saying: ["nowhere", "no such campaign"])
        try await place.fail("agents ready trial 5001", 66, saying: ["no run of trial is going on with the database"])
    }
}
