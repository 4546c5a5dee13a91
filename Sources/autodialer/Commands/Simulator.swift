import ArgumentParser
import CallModel
import CampaignFile
import CurlTransport
import DialModel
import Foundation
import Telephony
import VendorSimulator
import Wording

/// The vendor simulator as a server.
struct Simulator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the vendor simulator as a server on 127.0.0.1; no telephone rings.",
        discussion: """
            EXAMPLES
              autodialer simulator --port 8088 --speed 60 --call-log calls.jsonl
              autodialer simulator --vendor well --agents 12 --diallers 40 --speed 60
              autodialer simulator --vendor udesk --push-port 8090

            Campaigns reach it through an account of vendors.yaml with endpoint: http://127.0.0.1:8088 and simulated: true; \
            the command prints the account to copy. Runs follow the simulator's time. It speaks the ways of all vendors at \
            once; --vendor says which account to print, and whether agents are there already or signed in by the runs.
            """)

    @Option(help: "The port; 0 for any that is free.")
    var port: UInt16 = 0

    @Option(
        help: "The vendor whose clients are expected: alibaba, udesk, well or wincall; the last two sign the agents in."
    )
    var vendor = VendorKind.alibaba

    @Option(help: "How many agents there are.")
    var agents = 10

    @Option(help: "How many automatic phones there are for dialling ahead of agents; with well and wincall.")
    var diallers = 0

    @Option(
        help: ArgumentHelp("Where to write whom clients sign in; with well and wincall.", valueName: "file"),
        completion: .file())
    var agentsFile = "simulator-agents.csv"

    @Option(
        help: ArgumentHelp(
            "The port of this machine on which runs listen for events; with udesk, which posts none without it.",
            valueName: "port"))
    var pushPort: UInt16?

    @Option(
        help: ArgumentHelp(
            "The table of the auto-call project, a number a line (default: a table of its own); with wincall.",
            valueName: "file"), completion: .file())
    var projectNumbers: String?

    @Option(help: "What tells two simulations with the same settings apart.")
    var seed: UInt64 = 1

    @Option(help: "Let time pass this many times faster.")
    var speed: Double = 1

    @Option(
        help: ArgumentHelp(
            "Keep the time of another simulator, for campaigns that call through both.", valueName: "url"))
    var clockOf: String?

    @Option(
        help: ArgumentHelp("Append a JSON line for each call placed and ended.", valueName: "file"), completion: .file()
    )
    var callLog: String?

    func validate() throws {
        guard clockOf == nil || speed == 1 else { throw ValidationError(.either, "--speed", "--clock-of") }
        guard (1...10_000).contains(speed) else { throw ValidationError(.factor, "--speed") }
        guard (1...10_000).contains(agents) else { throw ValidationError(.range, "--agents", 1, 10_000) }
        guard (0...10_000).contains(diallers) else { throw ValidationError(.range, "--diallers", 0, 10_000) }
    }

    func run() async throws {
        try await reportingFailures {
            let signsIn = vendor == .well || vendor == .winCall
            let centre = CallCentreSettings(
                agents: agents, diallers: signsIn ? diallers : 0, startsSignedIn: !signsIn)
            var settings = SimulatorSettings(port: port, seed: seed, centre: centre)
            if vendor == .udesk { settings.udesk.pushURL = pushPort.map(settings.udesk.pushURL) }
            settings.winCall.projectRows = try projectRows()
            settings.callLog = callLog
            settings.listsAgentsFor = nil
            let clock = try await clock()
            let simulator: VendorSimulator
            let port: UInt16
            do throws(SimulatorError) {
                simulator = try VendorSimulator(settings: settings, clock: clock)
                port = try await simulator.start()
            } catch {
                throw Failure(.vendorUnavailable, saying: [JoiningPhrase.simulatorFails.filled(error.message)])
            }
            try writeAgents(settings)
            // Whoever has read that it listens may stop it.
            let signals = await StopSignals.stream()
            Console.out(account(on: port, settings))
            for await _ in signals { break }
            await simulator.stop()
        }
    }

    /// The numbers that the auto-call project dials.
    private func projectRows() throws(Failure) -> [String] {
        guard let projectNumbers else { return WinCallSimulation.demoRows }
        guard let text = try? String(contentsOfFile: projectNumbers, encoding: .utf8) else {
            throw Failure(.noInput, saying: [RefusalPhrase.unreadable.filled(projectNumbers)])
        }
        return text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }

    /// A time of its own, or that of another simulator.
    private func clock() async throws -> SystemClock {
        guard let clockOf else { return SystemClock(speed: speed) }
        let transport = CurlTransport(settings: CurlSettings())
        let result: Result<SystemClock, any Error>
        do {
            result = .success(
                try await VendorConnection.clock(ofSimulator: clockOf, at: clockOf, speed: nil, transport: transport))
        } catch {
            result = .failure(error)
        }
        await transport.shutdown()
        return try result.get()
    }

    /// Writes whom clients sign in, with passwords that open nothing else.
    private func writeAgents(_ settings: SimulatorSettings) throws(Failure) {
        let password: Secret
        switch vendor {
        case .alibaba, .udesk: return
        case .well: password = settings.well.password
        case .winCall: password = settings.winCall.password
        }
        var text = "agent,password,phone,kind\n"
        for login in settings.logins(password: password) {
            text += "\(login.agent),\(password.revealed),\(login.phone),\(login.isDialler ? "dialler" : "agent")\n"
        }
        let file = try AtomicFile(agentsFile)
        try file.write(Array(text.utf8))
        try file.commit()
    }

    /// The account to copy into vendors.yaml; its secrets open nothing else.
    private func account(on port: UInt16, _ settings: SimulatorSettings) -> String {
        let host = "127.0.0.1:\(port)"
        let demo = settings.account
        return switch vendor {
        case .alibaba:
            """
            # listening; copy this into campaigns/vendors.yaml (the secret is: \(demo.accessKeySecret.revealed))
            local-simulator:
              kind: alibaba
              endpoint: http://\(host)
              simulated: true
              instance_id: \(demo.instanceID)
              subdomain: \(demo.subdomain)
              access_key_id: \(demo.accessKeyID)
              access_key_secret: ${AUTODIALER_SIMULATOR_SECRET}
            """
        case .well:
            """
            # listening; copy this into campaigns/vendors.yaml (calls need dial: { prefix: "9" })
            local-simulator:
              kind: well
              endpoint: http://\(host)
              event_url: ws://\(host)\(SimulatedWell.eventPath)
              login_url: http://\(host)\(SimulatedWell.loginPath)
              domain: \(settings.well.domain)
              agents_file: \(agentsFile)
              simulated: true
            """
        case .winCall:
            """
            # listening; copy this into campaigns/vendors.yaml
            local-simulator:
              kind: wincall
              server: ws://\(host)
              endpoint: http://\(host)
              enterprise: \(settings.winCall.enterprise)
              agents_file: \(agentsFile)
              simulated: true
            # its auto-call project, for mode: vendor_paced: \(settings.winCall.project)
            """
        case .udesk: udeskAccount(host, settings.udesk)
        }
    }

    private func udeskAccount(_ host: String, _ tenant: SimulatedUdesk) -> String {
        let secret = "${AUTODIALER_SIMULATOR_SECRET}"
        let push = pushPort.map { "\n  listen: 127.0.0.1:\($0)\n  push_token: \(secret)" } ?? ""
        return """
            # listening; copy this into campaigns/vendors.yaml (the secret is: \(tenant.token.revealed))
            # campaigns need agents: { group: "\(tenant.userGroup)" }
            local-simulator:
              kind: udesk
              endpoint: http://\(host)
              email: \(tenant.email)
              open_api_token: \(secret)\(push)
              simulated: true
            """
    }
}

extension VendorKind: ExpressibleByArgument {}
