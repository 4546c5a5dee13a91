import Foundation
import Testing

@Suite("Accounts keep their secrets, and what is wrong with one is said", .timeLimit(.minutes(15)))
struct AccountTests {
    private static let commands = ["check trial", "run trial"]

    private func place(secret: String, port: UInt16 = 9, simulated: Bool = true) async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        try place.write(campaign: campaign, list: ScriptedList.csv([.answers], each: 2))
        try place.write("vendors.yaml", VendorSetup.text(port: port, simulated: simulated, secret: secret))
        return place
    }

    @Test("A secret that stands in the file, which is not repeated", arguments: commands)
    func literal(command: String) async throws {
        let place = try await place(secret: "access_key_secret: \(VendorSetup.secret)")
        try await place.fail(
            command, 78,
            saying: ["vendors.yaml:8: error: \"local.access_key_secret\" must not stand in the file", "${NAME}"])
    }

    @Test("A secret file that others may read", arguments: commands)
    func readableByOthers(command: String) async throws {
        let place = try await place(secret: "access_key_secret_file: key.secret")
        try place.write("key.secret", VendorSetup.secret)
        chmod(place.file("key.secret"), 0o640)
        try await place.fail(
            command, 78,
            saying: ["vendors.yaml:8: error: ", "key.secret, which may be read by others", "run: chmod 600 key.secret"])
        chmod(place.file("key.secret"), 0o600)
        try await place.succeed("check trial")
    }

    @Test("A secret file that another user wrote", .enabled(if: getuid() == 0, "only root gives files away"))
    func foreign() async throws {
        let place = try await place(secret: "access_key_secret_file: key.secret")
        try place.write("key.secret", VendorSetup.secret)
        chmod(place.file("key.secret"), 0o600)
        try #require(chown(place.file("key.secret"), 65534, 65534) == 0)
        try await place.fail(
            "check trial", 78, saying: ["vendors.yaml:8: error: ", "belongs to another user", "chown"])
    }

    @Test("A pipe and far too much in the place of a secret file")
    func oddSecretFiles() async throws {
        let place = try await place(secret: "access_key_secret_file: key.secret")
        mkfifo(place.file("key.secret"), 0o600)
        try await place.fail("check trial", 78, saying: ["vendors.yaml:8: error: ", "is no ordinary file"])
        unlink(place.file("key.secret"))
        try place.write("key.secret", String(repeating: "x", count: (1 << 20) + 1))
        chmod(place.file("key.secret"), 0o600)
        try await place.fail("check trial", 78, saying: ["vendors.yaml:8: error: ", "cannot be read as text of up to"])
    }

    @Test("A secret file that is not there", arguments: commands)
    func noFile(command: String) async throws {
        let place = try await place(secret: "access_key_secret_file: key.secret")
        try await place.fail(
            command, 78, saying: ["vendors.yaml:8: error: ", "key.secret, which does not exist or cannot be read"])
    }

    @Test("A variable that is not set", arguments: commands)
    func noVariable(command: String) async throws {
        let place = try await place(secret: "access_key_secret: ${AUTODIALER_SIMULATOR_SECRET}")
        try await place.fail(
            command, 78,
            saying: [
                "vendors.yaml:8: error: ", "AUTODIALER_SIMULATOR_SECRET, which is not set",
                "export AUTODIALER_SIMULATOR_SECRET=",
            ])
    }

    @Test("Fast time with an account that is not simulated")
    func speed() async throws {
        let place = try await place(secret: "access_key_secret: ${AUTODIALER_SIMULATOR_SECRET}", simulated: false)
        try await place.fail(
            "run trial --speed 50", 64, saying: ["--speed 50", "\"local\"", "real time", "Leave --speed away"],
            environment: VendorSetup.environment)
    }

    @Test("Another speed than that of the simulator it talks to")
    func otherSpeed() async throws {
        let place = try await place(secret: "access_key_secret: ${AUTODIALER_SIMULATOR_SECRET}")
        let simulator = try await place.startSimulator("--speed 40")
        try await place.fail(
            "run trial --speed 50", 64, saying: ["--speed 50", "runs at 40", "Leave --speed away"],
            environment: VendorSetup.environment)
        _ = try await simulator.stop()
    }

    @Test("A wrong secret: the vendor refuses the signature, says why, and nobody is called")
    func wrongSecret() async throws {
        let place = try await place(secret: "access_key_secret: ${AUTODIALER_SIMULATOR_SECRET}")
        let simulator = try await place.startSimulator("--speed 100")
        let wrong = "not-the-secret-at-all"
        let transcript = try await place.fail(
            "run trial", 77,
            saying: ["local", "SignatureDoesNotMatch", "not matched", "the access key secret is wrong"],
            environment: ["AUTODIALER_SIMULATOR_SECRET": wrong])
        #expect(!transcript.errors.contains(wrong))
        let rows = try LedgerRows(place.file("autodialer.sqlite"))
        rows.expectConsistent()
        #expect(rows.attempts.isEmpty)
        _ = try await simulator.stop()
        #expect(try CallLog(simulator.log).calls.isEmpty)
    }
}
