import Foundation
import Testing

@Suite("A campaign that cannot be run is refused with file, line and fix", .timeLimit(.minutes(15)))
struct BadCampaignTests {
    private static let commands = ["check trial", "run trial --speed 200"]

    private func place(_ change: (inout CampaignSetup) -> Void) async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        change(&campaign)
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 2))
        return place
    }

    @Test(
        "A campaign that is not there",
        arguments: ["check", "import", "run", "status", "export attempts", "export leads"])
    func missing(command: String) async throws {
        let place = try await Workplace()
        try await place.fail(
            "\(command) campaigns/nowhere", 66,
            saying: ["campaigns/nowhere: no such campaign", "give its folder, for example campaigns/demo"])
        #expect(!place.names().contains { $0.contains("sqlite") })
    }

    @Test("What is wrong is said in Chinese, too, by --lang and by the locale")
    func chinese() async throws {
        let place = try await place { $0.more = "dial: { ring_timeout: 30 }\nretrys: {}" }
        let words = [
            "trial/campaign.yaml:", "：错误：“dial.ring_timeout”必须是时长，不能是“30”（请加单位：", "：错误：未知的键“retrys”（是否想写“retry”？）",
        ]
        try await place.fail("check trial --lang zh", 65, saying: words)
        try await place.fail("export leads trial", 65, saying: words, environment: ["LC_ALL": "zh_CN.UTF-8"])
        let absent = try await place.fail("check nowhere --lang zh", 66, saying: ["错误：nowhere：没有这个活动"])
        #expect(!absent.errors.contains("error"))
    }

    @Test("A folder without a campaign file", arguments: commands)
    func noFile(command: String) async throws {
        let place = try await Workplace()
        try FileManager.default.createDirectory(atPath: place.file("trial"), withIntermediateDirectories: true)
        try await place.fail(command, 66, saying: ["trial/campaign.yaml: the campaign file does not exist"])
    }

    @Test("Text that is no YAML", arguments: commands)
    func malformed(command: String) async throws {
        let place = try await Workplace()
        try place.write("trial/campaign.yaml", "name: trial\nvendor: simulator.alibaba\n  leads: [x\n")
        try await place.fail(
            command, 65, saying: ["trial/campaign.yaml:3: error: this is not YAML: ", "check the indentation"])
    }

    @Test(
        "A key that is unknown is shown with the one that is meant, and every finding comes at once",
        arguments: commands)
    func unknownKeys(command: String) async throws {
        let place = try await place {
            $0.more = "simulatr: { agents: 3 }\ndial: { ring_timout: 30s }"
            $0.leads = "{ file: leads.csv, contry: CN }"
        }
        let transcript = try await place.fail(
            command, 65,
            saying: [
                "trial/campaign.yaml:3: error: unknown key \"leads.contry\" (did you mean \"country\"?)",
                "error: unknown key \"simulatr\" (did you mean \"simulator\"?)",
                "error: unknown key \"dial.ring_timout\" (did you mean \"ring_timeout\"?)",
            ])
        #expect(transcript.errors.split(separator: "\n").count == 3)
    }

    @Test("A vendor that nobody knows", arguments: commands)
    func unknownVendor(command: String) async throws {
        let place = try await place { $0.vendor = "shanghai" }
        try place.write("vendors.yaml", VendorSetup.text(port: 9))
        try await place.fail(
            command, 65,
            saying: [
                "trial/campaign.yaml", "error: unknown vendor \"shanghai\"",
                "(known here: local, simulator.alibaba, simulator.well, simulator.wincall, simulator.udesk, "
                    + "simulator.udesk-bridge)",
            ])
    }

    @Test("A simulator that does not exist", arguments: commands)
    func unknownSimulator(command: String) async throws {
        let place = try await place { $0.vendor = "simulator.alibabba" }
        try await place.fail(
            command, 65,
            saying: [
                "trial/campaign.yaml:2: error: \"vendor\" names no simulator", "did you mean \"simulator.alibaba\"?",
            ])
    }

    @Test("Rules in a file that is not there", arguments: commands)
    func missingRules(command: String) async throws {
        let place = try await place { $0.more = "hours: { rules: own.yaml }" }
        try await place.fail(
            command, 65, saying: ["error: \"hours.rules\" names a file that cannot be read: own.yaml"])
    }

    @Test("Rules of one's own with a zone that does not exist", arguments: commands)
    func ownRules(command: String) async throws {
        let place = try await place { $0.more = "hours: { rules: own.yaml }" }
        let law = "source: our lawyer, date: 2026"
        let region = "{ zone: Asia/Peking, hours: { daily: 09:00-17:00, \(law) } }"
        try place.write("trial/own.yaml", "name: own\nregions: { CN: { 北京: \(region) } }\n")
        try await place.fail(
            command, 65, saying: ["error: regions of its rules: there is no time zone \"Asia/Peking\""])
    }

    @Test("Hours in a zone that does not exist", arguments: commands)
    func missingZone(command: String) async throws {
        let place = try await place { $0.more = "hours: { rules: cn, zone: Asia/Beijing }" }
        try await place.fail(command, 65, saying: ["error: hours.zone: there is no time zone \"Asia/Beijing\""])
    }

    @Test("A mode that there is not", arguments: commands)
    func unknownMode(command: String) async throws {
        let place = try await place { $0.mode = "preview" }
        try await place.fail(
            command, 65,
            saying: [
                "trial/campaign.yaml:4: error: \"mode\" cannot be \"preview\"",
                "(known here: progressive, power, predictive, broadcast, vendor_paced)",
            ])
    }

    @Test("What a vendor cannot do is refused with its line, all of it at once", arguments: commands)
    func impossibleAnswers(command: String) async throws {
        let place = try await place { $0.more = "dial: { cpa: { machine: message } }" }
        let transcript = try await place.fail(
            command, 65,
            saying: ["error: \"dial.cpa\" is no use: this vendor does not tell people from machines", "(remove it)"])
        #expect(transcript.errors.contains("trial/campaign.yaml:"))
    }

    @Test("A vendor that does not tell people from machines may be asked to, in vain")
    func uselessAnalysis() async throws {
        let place = try await place { $0.more = "dial: { cpa: true }" }
        let transcript = try await place.succeed("check trial")
        #expect(transcript.errors.contains("warning: \"dial.cpa\" is no use"))
    }

    @Test("A vendor that tells failures only of calls that it analyses may be asked to, and not to is warned of")
    func usefulAnalysis() async throws {
        for (analysis, warning) in [("true", nil), ("false", "tells less of why calls are not answered")] {
            let place = try await place {
                $0.vendor = "simulator.well"
                $0.more = "dial: { prefix: \"9\", cpa: \(analysis) }"
            }
            let transcript = try await place.succeed("check trial")
            #expect(transcript.errors.contains("dial.cpa") == (warning != nil), "\(transcript)")
            if let warning { #expect(transcript.errors.contains(warning), "\(transcript)") }
        }
        let place = try await place {
            $0.vendor = "simulator.well"
            $0.more = "dial: { prefix: \"9\", cpa: { machine: hang_up } }"
        }
        try await place.fail("check trial", 65, saying: ["error: \"dial.cpa\" is no use"])
    }

    @Test("A mode that the account cannot do", arguments: commands)
    func impossibleMode(command: String) async throws {
        let place = try await place { $0.vendor = "local" }
        try place.write("vendors.yaml", VendorSetup.text(port: 9).replacing("  subdomain: simulator\n", with: ""))
        try await place.fail(
            "check trial", 65,
            saying: ["trial/campaign.yaml: error: mode progressive needs", "give the account's subdomain"],
            environment: VendorSetup.environment)
    }
}
