import ArgumentParser
import CampaignFile
import CurlTransport
import DialModel
import Foundation
import Glibc
import Ledger
import RunControl
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// The running campaign that a command is about.
struct RunOptions: ParsableArguments {
    @OptionGroup var target: CampaignArgument
    @OptionGroup var database: DatabaseOptions

    /// The campaign, and where its run is looked for.
    var campaign: RunningCampaign { RunningCampaign(folder: target.campaign, database: database) }
}

/// The running campaign that is given an order, and the language of what comes of it.
struct RunOrderOptions: ParsableArguments {
    @OptionGroup var run: RunOptions
    @OptionGroup var wording: LanguageOption

    /// Gives an order to the campaign's run, or on a server to all of its runners wherever they are, and says what came of it.
    func give(_ order: ControlOrder, as kind: RunnerOrder.Kind, saying words: RunnerPhrase) async throws {
        try await reportingFailures(in: wording.language) {
            guard run.database.isOnServer else { return try await run.campaign.order(order, in: wording.language) }
            let name = try run.campaign.name()
            let ledger = try await run.database.openExistingToRecord()
            try await ledger.leave {
                guard let shared = ledger as? any RunnerLedger else { throw RunningCampaign.unreadable }
                let id = try await ledger.existingCampaign(named: name)
                let runners = try await RunnerList(of: id, in: ledger).living
                guard !runners.isEmpty else { throw run.campaign.notRunning }
                let giver = ProcessInfo.processInfo.userName
                try await shared.give(kind, to: id, by: giver)
                var facts = AuditFacts()
                facts.add("order", text: order.words)
                try await ledger.record(.ordered, facts, of: id, by: giver, at: SystemClock().now)
                Console.out(wording.language.say(words.filled(name, runners.count)))
                return nil
            }
        }
    }
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

/// What can be seen of a campaign's run from outside.
enum RunSight: Sendable {
    /// No run is going on, or one that has not begun to dial or is over.
    case none
    /// One is going on, and does not answer.
    case silent
    /// One is going on, and stands like this.
    case open(RunGlance)

    /// How the run stands, if it says so.
    var glance: RunGlance? { if case .open(let glance) = self { glance } else { nil } }

    /// Whether one is going on that does not answer.
    var isSilent: Bool { if case .silent = self { true } else { false } }
}

/// A campaign that is being run by another process.
struct RunningCampaign {
    /// The campaign's folder or file, as the user named it.
    let folder: String
    /// The database of the run.
    let database: DatabaseOptions

    /// How long a run may take for a look at it: monitors and boards do not wait, and one that works answers at once.
    private static let patience = Duration.seconds(5)
    /// The pause between two looks at a run that broke off the one before and still holds its lock.
    private static let pause = Duration.milliseconds(100)

    /// The campaign's name.
    func name() throws(Failure) -> String { try CampaignFolder.open(folder).campaign.name }

    /// Asks the campaign's run for something.
    func ask(_ request: ControlRequest) async throws(Failure) -> ControlAnswer {
        let name = try self.name()
        do throws(ControlError) {
            return try await send(request, to: name, within: ControlClient.timeout).get()
        } catch {
            throw failure(error)
        }
    }

    /// Looks at the campaign's run, without waiting for one that hangs.
    func look() async throws(Failure) -> RunSight {
        let name = try self.name()
        let end = ContinuousClock.now + Self.patience
        while case let left = end - ContinuousClock.now, left > .milliseconds(100) {
            switch await send(.glance, to: name, within: left) {
            case .success(.glance(let glance)): return .open(glance)
            case .success: throw Self.unreadable
            case .failure(let error):
                switch error.code {
                case .noRun: return .none
                case .uncertain:
                    // One that ends breaks off what it was asked, and takes its socket and its lock away.
                    guard RunLock.isHeld(database: database.path, campaign: name) else { return .none }
                    try? await Task.sleep(for: Self.pause)
                case .notThere, .refused, .notAllowed, .unavailable, .malformed, .unknownRequest, .io:
                    throw failure(error)
                }
            }
        }
        return .silent
    }

    /// Gives an order, and prints what came of it; words of another version are printed as they are.
    func order(_ order: ControlOrder, in language: Language) async throws(Failure) {
        guard case .done(let words) = try await ask(.order(order)) else { throw Self.unreadable }
        Console.out(language.say(SupervisorPhrase.done.filled(try name(), OrderPhrase.said(Phrase(same: words)))))
    }

    /// An answer to something that was not asked.
    static let unreadable = Failure(.internalError, saying: [SupervisorPhrase.unreadable.phrase])

    private func send(
        _ request: ControlRequest, to name: String, within patience: Duration
    ) async -> Result<ControlAnswer, ControlError> {
        do throws(ControlError) {
            let entrance = try ControlEntrance(path: RunLock.controlPath(database: database.path, campaign: name))
            let settings = CurlSettings(unixSocket: entrance.shortPath)
            // No proxy of the environment has anything to do with a socket of this machine.
            let transport = CurlTransport(settings: settings, environment: [:])
            let answer = await Self.answer(to: request, over: transport, within: patience)
            await transport.shutdown()
            withExtendedLifetime(entrance) {}
            return answer
        } catch {
            return .failure(error)
        }
    }

    private static func answer(
        to request: ControlRequest, over transport: CurlTransport, within patience: Duration
    ) async -> Result<ControlAnswer, ControlError> {
        do throws(ControlError) {
            return .success(try await ControlClient(transport: transport).send(request, within: patience))
        } catch {
            return .failure(error)
        }
    }

    /// What is said where no run is going on.
    var notRunning: Failure {
        Failure(
            .noInput, saying: [ErrorPhrase.noRun.filled(folder, database.name), ErrorPhrase.noRunFix.filled(folder)])
    }

    private func failure(_ error: ControlError) -> Failure {
        let code: Failure.Code
        switch error.code {
        case .noRun: return notRunning
        case .notThere: code = .noInput
        case .refused, .notAllowed: code = .notPermitted
        case .unavailable, .uncertain: code = .vendorUnavailable
        case .malformed: code = .usage
        case .unknownRequest, .io: code = .internalError
        }
        return Failure(code, saying: [ErrorPhrase.plain.filled(OrderPhrase.said(error.reason))])
    }
}
