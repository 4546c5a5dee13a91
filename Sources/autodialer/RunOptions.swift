import ArgumentParser
import CampaignFile
import CurlTransport
import Glibc
import RunControl
import SQLiteLedger

/// The running campaign that a command is about.
struct RunOptions: ParsableArguments {
    @OptionGroup var target: CampaignArgument
    @OptionGroup var database: DatabaseOptions

    /// The campaign, and where its run is looked for.
    var campaign: RunningCampaign { RunningCampaign(folder: target.campaign, database: database.path) }
}

/// The running campaign of which a list is shown, and how.
struct RunListOptions: ParsableArguments {
    @OptionGroup var run: RunOptions

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    @Flag(help: "Show telephone numbers in full.")
    var reveal = false

    @OptionGroup var wording: LanguageOption

    /// Asks for a list, and prints it.
    func show(_ request: ControlRequest) async throws(Failure) {
        let campaign = run.campaign
        switch try await campaign.ask(request) {
        case .agents(let lines, let at):
            let report = SupervisorReport(campaign: try campaign.name(), at: at, language: wording.language)
            Console.out(json ? report.json(lines) : report.table(lines))
        case .calls(let lines, let at):
            let report = SupervisorReport(campaign: try campaign.name(), at: at, language: wording.language)
            Console.out(json ? report.json(lines) : report.table(lines))
        case .done, .glance: throw RunningCampaign.unreadable
        }
    }
}

/// A campaign that is being run by another process.
struct RunningCampaign {
    /// The campaign's folder or file, as the user named it.
    let folder: String
    /// The database of the run.
    let database: String

    /// The campaign's name.
    func name() throws(Failure) -> String { try CampaignFolder.open(folder).campaign.name }

    /// Asks the campaign's run for something.
    func ask(_ request: ControlRequest) async throws(Failure) -> ControlAnswer {
        let path = RunLock.controlPath(database: database, campaign: try name())
        do throws(ControlError) {
            let entrance = try ControlEntrance(path: path)
            let settings = CurlSettings(unixSocket: entrance.shortPath)
            // No proxy of the environment has anything to do with a socket of this machine.
            let transport = CurlTransport(settings: settings, environment: [:])
            let answer = await Self.answer(to: request, over: transport)
            await transport.shutdown()
            withExtendedLifetime(entrance) {}
            return try answer.get()
        } catch {
            throw failure(error)
        }
    }

    /// The campaign's run at a glance; nil where none goes on.
    func glance() async throws(Failure) -> RunGlance? {
        do throws(Failure) {
            guard case .glance(let glance) = try await ask(.glance) else { throw Self.unreadable }
            return glance
        } catch {
            // Nobody answers at the campaign's door.
            guard error.code == .noInput else { throw error }
            return nil
        }
    }

    /// Gives an order, and prints what came of it.
    func order(_ order: ControlOrder) async throws(Failure) {
        guard case .done(let words) = try await ask(.order(order)) else { throw Self.unreadable }
        Console.out("\(try name()): \(words)")
    }

    /// An answer to something that was not asked.
    static let unreadable = Failure(.internalError, "error: the run's answer cannot be read; is it of another version?")

    private static func answer(
        to request: ControlRequest, over transport: CurlTransport
    ) async -> Result<ControlAnswer, ControlError> {
        do throws(ControlError) {
            return .success(try await ControlClient(transport: transport).send(request))
        } catch {
            return .failure(error)
        }
    }

    private func failure(_ error: ControlError) -> Failure {
        switch error.code {
        case .noRun:
            Failure(
                .noInput, saying: [(.noRun, [folder, database]), (.noRunFix, [folder])])
        case .notThere: Failure(.noInput, "error: \(error.reason)")
        case .refused, .notAllowed: Failure(.notPermitted, "error: \(error.reason)")
        case .unavailable, .uncertain: Failure(.vendorUnavailable, "error: \(error.reason)")
        case .malformed: Failure(.usage, "error: \(error.reason)")
        case .unknownRequest, .io: Failure(.internalError, "error: \(error.reason)")
        }
    }
}
