import ArgumentParser
import CallModel
import DialModel
import Telephony
import VendorSimulator

/// The vendor simulator as a server.
struct Simulator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the vendor simulator as a server on 127.0.0.1; no telephone rings.",
        discussion: """
            EXAMPLE
              autodialer simulator --port 8088 --speed 60 --call-log calls.jsonl

            Campaigns reach it through an account of vendors.yaml with endpoint: http://127.0.0.1:8088 and simulated: true; \
            the command prints the account to copy. Runs follow the simulator's time.
            """)

    @Option(help: "The port; 0 for any that is free.")
    var port: UInt16 = 0

    @Option(help: "How many agents are signed in.")
    var agents = 10

    @Option(help: "What tells two simulations with the same settings apart.")
    var seed: UInt64 = 1

    @Option(help: "Let time pass this many times faster.")
    var speed: Double = 1

    @Option(help: ArgumentHelp("Append a JSON line for each call placed and ended.", valueName: "file"))
    var callLog: String?

    func validate() throws {
        guard (1...10_000).contains(speed) else { throw ValidationError("--speed takes a factor from 1 to 10000.") }
        guard (1...10_000).contains(agents) else { throw ValidationError("--agents takes a number from 1 to 10000.") }
    }

    func run() async throws {
        try await reportingFailures {
            var settings = SimulatorSettings(port: port, seed: seed, centre: CallCentreSettings(agents: agents))
            settings.callLog = callLog
            settings.listsAgentsFor = nil
            let simulator: VendorSimulator
            let port: UInt16
            do throws(SimulatorError) {
                simulator = try VendorSimulator(settings: settings, clock: SystemClock(speed: speed))
                port = try await simulator.start()
            } catch {
                throw Failure(.vendorUnavailable, "error: the simulator cannot start: \(error)")
            }
            Console.out(Self.account(on: port))
            for await _ in StopSignals.stream() { break }
            await simulator.stop()
        }
    }

    /// The account to copy into vendors.yaml; its secret opens nothing else.
    private static func account(on port: UInt16) -> String {
        let demo = SimulatedAccount.demo
        return """
            # listening; copy this into campaigns/vendors.yaml (the secret is: \(demo.accessKeySecret.revealed))
            local-simulator:
              kind: alibaba
              endpoint: http://127.0.0.1:\(port)
              simulated: true
              instance_id: \(demo.instanceID)
              subdomain: \(demo.subdomain)
              access_key_id: \(demo.accessKeyID)
              access_key_secret: ${AUTODIALER_SIMULATOR_SECRET}
            """
    }
}
