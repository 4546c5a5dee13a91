import Testing

@Suite("The limits of an account are kept by whoever calls through it", .timeLimit(.minutes(15)))
struct AccountLimitTests {
    @Test("A number is dialled as often as the account allows, over retries and campaigns, and why names the account")
    func perNumber() async throws {
        let place = try await Workplace()
        var setup = CampaignSetup()
        setup.vendor = "local"
        setup.retry = "  busy: { after: 1m, attempts: 5 }"
        try place.write(campaign: setup, list: ScriptedList.csv([.busy, .answers], each: 3))
        let simulator = try await place.startSimulator("--agents 3 --speed 200")
        let account = try #require(place.text("vendors.yaml"))
        try place.write("vendors.yaml", account + "  limits: { per_number: 2 per 24h }\n")

        let run = try await place.succeed("run trial --max-duration 6h", environment: VendorSetup.environment)
        #expect(run.output.contains("nothing is due before"), "\(run)")
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        let dials = LedgerRows.tally(rows.attempts.map(\.number))
        #expect(
            dials.values.sorted() == [1, 1, 1, 2, 2, 2], "answers end a lead, and the third dial is not made: \(dials)")
        #expect(try CallLog(simulator.log).calls.count == 9)
        let why = try await place.succeed("why trial 1", environment: VendorSetup.environment).output
        #expect(why.contains("attempt cap: the number had its dials in 24 h: 2 (local)"), "\(why)")

        // Another campaign's dials through the account count as well; one without the account's limits goes on.
        setup.name = "again"
        try place.write(campaign: setup, list: ScriptedList.csv([.busy, .answers], each: 3))
        try await place.succeed("run again --max-duration 6h", environment: VendorSetup.environment)
        #expect(try CallLog(simulator.log).calls.count == 12, "those who were dialled once are dialled once more")
        try place.write("vendors.yaml", account)
        try await place.succeed("run again --max-attempts 3", environment: VendorSetup.environment)
        #expect(try CallLog(simulator.log).calls.count == 15)
        #expect(try await simulator.stop().code == 0)
    }

    @Test("A lead's limit counts its further numbers too")
    func perLead() async throws {
        let place = try await Workplace()
        var setup = CampaignSetup()
        setup.vendor = "local"
        setup.leads = "{ file: leads.csv, country: CN, columns: { alternates: [second] } }"
        setup.retry = "  busy: { after: 1m, attempts: 2 }"
        let numbers = (0..<2).map { ScriptedList.number(.busy, $0) }
        try place.write(campaign: setup, list: "phone,second\n\(numbers.joined(separator: ","))\n")
        let simulator = try await place.startSimulator("--agents 1 --speed 200")
        let account = try #require(place.text("vendors.yaml"))
        try place.write("vendors.yaml", account + "  limits: { per_lead: 3 per 24h }\n")
        try await place.succeed("run trial --max-duration 6h", environment: VendorSetup.environment)
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        #expect(rows.attempts.map(\.lead) == [1, 1, 2], "the fourth dial of the callee is not made: \(rows.attempts)")
        #expect(try await simulator.stop().code == 0)
    }
}
