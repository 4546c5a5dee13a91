import Foundation
import Testing

@Suite("The recording of a run that died", .timeLimit(.minutes(15)))
struct ReplayTests {
    private static let recording = "autodialer.sqlite.trial.events"

    @Test("It is kept by the next run, holds no number, and is answered as it was then; a run that ends leaves none")
    func killed() async throws {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers, .busy, .ringsOut], each: 4))
        let simulator = try await place.startSimulator("--agents 4 --speed 100")
        let runner = try await place.startDialling(
            "run trial --max-duration 48h --quiet", at: simulator, environment: VendorSetup.environment)
        runner.signal(SIGKILL)
        _ = try await runner.ended()

        let next = try await place.succeed("run trial --max-duration 48h", environment: VendorSetup.environment)
        let kept = Self.recording + ".died-1"
        #expect(next.errors.contains(kept), "\(next)")
        #expect(!FileManager.default.fileExists(atPath: place.file(Self.recording)))
        let attributes = try FileManager.default.attributesOfItem(atPath: place.file(kept))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let text = try String(contentsOfFile: place.file(kept), encoding: .utf8)
        #expect(!text.contains("+86") && text.contains("+999"))

        let replay = try await place.succeed("replay \(kept)")
        #expect(replay.output.hasPrefix("a run through local by autodialer "), "\(replay)")
        #expect(replay.output.contains(": each is answered as it was then\n"), "\(replay)")
        _ = try await simulator.stop()
    }

    @Test("A file that is no recording is refused, and so is one that has been changed")
    func refused() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 1))
        let missing = try await place.run("replay nothing")
        #expect(missing.code == 66 && missing.errors.contains("there is no such file"), "\(missing)")
        let other = try await place.run("replay trial/campaign.yaml")
        #expect(other.code == 65 && other.errors.contains("campaign.yaml:1: error: this is no recording"), "\(other)")
    }
}
