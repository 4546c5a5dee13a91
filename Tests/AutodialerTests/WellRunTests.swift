import Foundation
import Testing

@Suite("Whole campaigns with Well", .timeLimit(.minutes(15)))
struct WellRunTests {
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    private static let database = "autodialer.sqlite"
    private static let run = "run trial --max-duration 48h --quiet"

    /// The outcome of each failed code and of each clearing cause, by the two digits of the number that script it.
    private static let failures: [String: String] = [
        "01": "busy", "02": "no_answer", "03": "unreachable", "04": "no_answer", "05": "no_answer",
        "06": "unreachable", "07": "invalid_number", "08": "invalid_number", "09": "busy", "10": "congestion",
        "11": "no_answer", "12": "busy", "13": "congestion", "14": "no_answer",
        "21": "busy", "22": "busy", "23": "no_answer", "24": "no_answer", "25": "invalid_number",
        "26": "invalid_number", "27": "congestion", "28": "unreachable", "29": "unreachable", "30": "congestion",
        "31": "congestion", "32": "congestion", "33": "congestion", "34": "congestion", "35": "no_answer",
    ]

    /// The words of the clearing causes from 21 on.
    private static let causes = [
        "USER_BUSY", "CALL_REJECTED", "NO_ANSWER", "NO_USER_RESPONSE", "UNALLOCATED_NUMBER", "INVALID_NUMBER_FORMAT",
        "NO_ROUTE_DESTINATION", "SUBSCRIBER_ABSENT", "DESTINATION_OUT_OF_ORDER", "NORMAL_TEMPORARY_FAILURE",
        "NETWORK_OUT_OF_ORDER", "INTERWORKING", "RECOVERY_ON_TIMER_EXPIRE", "FACILITY_NOT_SUBSCRIBED",
        "NORMAL_CLEARING",
    ]

    // MARK: Outcomes

    @Test("Every failed code and every clearing cause occurs, and ledger and vendor agree on each call")
    func everyOutcome() async throws {
        try await rehearse(each: 2, conversations: 12, agents: 10)
    }

    @Test("The same with thirty agents and a thousand leads", .enabled(if: isSoak))
    func everyOutcomeAtScale() async throws {
        try await rehearse(each: 30, conversations: 130, agents: 30)
    }

    private func rehearse(each count: Int, conversations: Int, agents: Int) async throws {
        let place = try await Workplace()
        var list = "phone,name\n"
        for index in 0..<count {
            for digits in Self.failures.keys.sorted() { list += "154\(10 + index)9916\(digits),failure\n" }
        }
        for index in 0..<conversations { list += "154\(10 + index % 90)99000\(1 + index / 90),person\n" }
        try place.write(campaign: Self.campaign(), list: list)
        let leads = count * Self.failures.count + conversations
        let simulator = try await place.startSimulator("--vendor well --agents \(agents) --speed 60", as: "local")
        let end = try await place.run(Self.run)
        #expect(end.code == 0, "\(end)")

        let standing = try await WellStanding(port: simulator.port)
        #expect(standing.dial_interval_violations == 0 && standing.signed_in == [])
        _ = try await simulator.stop()
        let rows = try LedgerRows(place.file(Self.database))
        rows.expectConsistent()
        #expect(rows.leads.count == leads && rows.leads.allSatisfy { $0.state == "finished" })
        let log = try CallLog(simulator.log)
        let audit = CallAudit(
            log: log, rows: rows, retry: ["agent_missed": 60_000, "unknown": 60_000], dialledWith: "9")
        #expect(audit.findings == [])
        #expect(audit.pairs == log.calls.count && log.calls.count >= leads)
        try expectOutcomes(rows)
    }

    /// The last attempt of each scripted number has the outcome of its code or cause, and the vendor's words.
    private func expectOutcomes(_ rows: LedgerRows) throws {
        var seen: Set<String> = []
        for attempt in rows.attempts where !["not_placed", "agent_missed"].contains(attempt.outcome) {
            let digits = String(attempt.number.suffix(2))
            guard attempt.number.suffix(6).hasPrefix("9916") else {
                #expect(attempt.outcome == "connected", "attempt \(attempt.id)")
                continue
            }
            seen.insert(digits)
            #expect(attempt.outcome == Self.failures[digits], "\(digits): attempt \(attempt.id)")
            let code = try #require(Int(digits))
            let words = code < 21 ? "\(code) " : Self.causes[code - 21]
            #expect(attempt.vendor_reason?.hasPrefix(words) == true, "\(digits): \(attempt.vendor_reason ?? "nothing")")
        }
        #expect(seen == Set(Self.failures.keys), "something never happened")
    }

    private static func campaign() -> CampaignSetup {
        var campaign = CampaignSetup()
        campaign.retry = """
              busy: never
              no_answer: never
              unreachable: never
              congestion: never
              agent_missed: { after: 1m, attempts: 100 }
              unknown: { after: 1m, attempts: 2 }
              not_placed: { after: 30s, attempts: 100 }
            """
        campaign.vendor = "local"
        campaign.more = "dial: { prefix: \"9\" }"
        return campaign
    }

    // MARK: Sessions

    @Test("Whether a run ends by itself, is told to stop or is killed, nobody is left signed in when the next one ends")
    func signsEverybodyOut() async throws {
        let place = try await Workplace()
        try place.write(campaign: Self.campaign(), list: ScriptedList.csv([.answers, .busy], each: 30))
        let simulator = try await place.startSimulator("--vendor well --agents 5 --speed 60", as: "local")

        let stopped = try await place.startDialling(Self.run, at: simulator, calls: 8)
        stopped.signal(SIGTERM)
        let end = try await stopped.ended()
        #expect(end.code == 143, "\(end)")
        #expect(try await WellStanding(port: simulator.port).signed_in == [])

        let killed = try await place.startDialling(Self.run, at: simulator, calls: 8)
        killed.signal(SIGKILL)
        #expect(try await killed.ended().signal == SIGKILL)
        #expect(try await WellStanding(port: simulator.port).signed_in.count == 5, "nobody was there to sign them out")

        try await place.succeed(Self.run)
        let standing = try await WellStanding(port: simulator.port)
        #expect(standing.signed_in == [] && standing.dial_interval_violations == 0)
        let rows = try LedgerRows(place.file(Self.database))
        rows.expectConsistent()
        #expect(rows.leads.allSatisfy { $0.state == "finished" })
        _ = try await simulator.stop()
        #expect(NumberAudit(log: try CallLog(simulator.log), rows: rows, dialledWith: "9").findings == [])
    }

    // MARK: Refusals

    @Test("Agents whom Well does not let in are named, and where it lets in nobody the run says what has to be mended")
    func namesRefusedAgents() async throws {
        let place = try await Workplace()
        try place.write(campaign: Self.campaign(), list: ScriptedList.csv([.busy], each: 2))
        let simulator = try await place.startSimulator("--vendor well --agents 2 --speed 60", as: "local")
        let file = "simulator-agents.csv"
        let agents = try #require(place.text(file))
        func writeAgents(_ text: String) throws {
            try place.write(file, text)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.file(file))
        }
        try writeAgents(agents.replacing(",8002,", with: ",7002,"))
        let some = try await place.succeed("run trial --max-duration 48h")
        #expect(some.errors.contains("agent=5002") && some.errors.contains("HTTP 453"), "\(some)")
        #expect(!some.errors.contains("agent=5001"))

        try place.write("trial/leads.csv", ScriptedList.csv([.answers], each: 2))
        try writeAgents(agents.replacing(",8002,", with: ",7002,").replacing(",8001,", with: ",7001,"))
        let nobody = try await place.run("run trial --max-duration 48h")
        #expect(nobody.code == 77, "\(nobody)")
        #expect(nobody.errors.contains("agent=5001") && nobody.errors.contains("agent=5002"), "\(nobody)")
        #expect(nobody.output.contains("the vendor refuses the campaign's calls: HTTP 453"), "\(nobody)")
        _ = try await simulator.stop()
    }

    @Test("A trunk that drops each call at once costs a number of calls that does not grow with the list")
    func sparesLeads() async throws {
        let place = try await Workplace()
        var campaign = Self.campaign()
        campaign.more = "caller_id: { numbers: [\"09990000001\"] }\ndial: { prefix: \"9\" }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 90))
        let simulator = try await place.startSimulator("--vendor well --agents 3 --speed 60", as: "local")
        let end = try await place.run(Self.run)
        #expect(end.code == 77, "\(end)")
        let standing = try await WellStanding(port: simulator.port)
        #expect(standing.dials <= 3 * 3, "\(standing.dials) calls were dropped")
        let rows = try LedgerRows(place.file(Self.database))
        #expect(rows.attempts.allSatisfy { ["congestion", "not_placed"].contains($0.outcome) })
        #expect(rows.leads.count { $0.state == "waiting" } >= 90 - 9)
        _ = try await simulator.stop()
    }
}
