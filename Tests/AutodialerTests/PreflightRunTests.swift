import Foundation
import Testing

@Suite("Nobody is called before what the rules ask for is there", .timeLimit(.minutes(15)))
struct PreflightRunTests {
    private func place(simulated: Bool, more: String = "") async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        campaign.more = "hours: { rules: cn }\n" + more
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 2))
        try place.write("vendors.yaml", VendorSetup.text(port: 9, simulated: simulated))
        return place
    }

    private static let reasons = [
        "trial/campaign.yaml: rules cn: nothing shows that callees agreed; write consent: {",
        "trial/campaign.yaml: rules cn: the campaign names no do-not-call list of your own; write dnc: {",
    ]

    @Test("A run with a real account is refused with every reason, and loads nothing")
    func refused() async throws {
        let place = try await place(simulated: false)
        try await place.fail(
            "run trial", 77, saying: Self.reasons + ["nobody is called before this is there"],
            environment: VendorSetup.environment)
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        #expect(rows.attempts.isEmpty)
        #expect(try await place.run("status trial").code != 0, "no campaign was begun")
    }

    @Test("What is there is not asked for: the run goes on to the vendor, who is away")
    func complete() async throws {
        let place = try await place(
            simulated: false,
            more: "consent: { reference: contract 7 }\ndnc: { lists: [house] }\n"
                + "compliance: { caller_id_proof: contract 8 }")
        let transcript = try await place.run("run trial", environment: VendorSetup.environment)
        #expect(transcript.code == 69, "\(transcript)")
        #expect(!transcript.errors.contains("rules cn"), "\(transcript)")
    }

    @Test("A check warns of it, and a rehearsal goes on without it")
    func warned() async throws {
        let place = try await place(simulated: true)
        let check = try await place.run("check trial", environment: VendorSetup.environment)
        for reason in Self.reasons { #expect(check.errors.contains("warning: " + reason), "\(check)") }
        var campaign = CampaignSetup()
        campaign.more = "hours: { rules: cn }"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 2))
        let rehearsal = try await place.run("run trial --speed 200")
        for reason in Self.reasons {
            #expect(rehearsal.errors.contains(reason), "\(rehearsal)")
        }
    }
}
