import CampaignFile
import DialModel
import Foundation
import Telephony
import Wording

/// What is found when an account is tried: a row for each thing that a campaign needs of it.
struct VendorProbe {
    /// One thing that was looked at.
    struct Row {
        enum Verdict: String, CaseIterable, Sendable {
            case ok
            case missing
            case unknown
        }

        let check: ProbeCheck
        let verdict: Verdict
        let finding: Phrase
        /// What to do about it; nil where nothing has to be done.
        var fix: Phrase?
    }

    let account: Account
    let folder: CampaignFolder
    let connection: VendorConnection

    /// How long agents are waited for, in real time.
    private static let patience = Duration.seconds(20)
    /// Beyond this the times of calls mislead; beyond fifteen minutes signed requests are refused
    /// (`vendors/alibaba-udesk.md`, A1).
    private static let tolerableSkew = Duration.seconds(60)

    /// Looks at everything, one after the other; the error is that of the account, if it cannot be used.
    func rows() async -> (rows: [Row], failure: VendorError?) {
        var rows = [await clock()]
        let failure = await preparing()
        rows.append(credentials(failure))
        rows += abilities
        rows.append(modes)
        if let project { rows.append(project) }
        guard failure == nil else { return (rows + [limits], failure) }
        rows.append(await agents())
        rows.append(await numbers())
        rows.append(limits)
        return (rows, nil)
    }

    private func preparing() async -> VendorError? {
        do throws(VendorError) {
            try await connection.vendor.prepare(callerIDs: folder.campaign.callerID.numbers)
            return nil
        } catch {
            return error
        }
    }

    private func credentials(_ failure: VendorError?) -> Row {
        guard let failure else {
            return Row(
                check: .credentials, verdict: .ok, finding: ProbePhrase.answers.filled(folder.campaign.agentGroup))
        }
        let fix: ProbePhrase =
            switch failure.meaning {
            case .misconfigured, .refused, .barred: .correctAccount
            case .throttled, .unavailable, .outcomeUnknown: .tryLater
            }
        return Row(check: .credentials, verdict: .missing, finding: failure.phrase, fix: fix.phrase)
    }

    private func clock() async -> Row {
        guard connection.clock.speed == 1, let skew = await connection.skew() else {
            return Row(check: .clock, verdict: .unknown, finding: ProbePhrase.noTime.phrase)
        }
        let size = skew < .zero ? .zero - skew : skew
        let words =
            size < .seconds(2)
            ? ProbePhrase.asOurs.phrase : (skew > .zero ? ProbePhrase.ahead : .behind).filled(Int(size.seconds))
        guard size > Self.tolerableSkew else { return Row(check: .clock, verdict: .ok, finding: words) }
        return Row(check: .clock, verdict: .missing, finding: words, fix: ProbePhrase.keepTime.phrase)
    }

    private var abilities: [Row] {
        let can = connection.vendor.abilities
        let rows: [(ProbeCheck, Bool)] = [
            (.agentFirst, can.placesForAgent), (.queues, can.queuesAnsweredCalls),
            (.joins, can.connectsAnsweredCalls), (.ends, can.hangsUp), (.plays, can.playsMessages),
            (.machines, can.classifiesAnswers), (.dials, can.dialsByItself),
        ]
        return rows.map { check, isThere in
            isThere
                ? Row(check: check, verdict: .ok, finding: ProbePhrase.has.phrase)
                : Row(
                    check: check, verdict: .missing, finding: ProbePhrase.hasNot.phrase,
                    fix: check == .agentFirst ? ProbePhrase.giveSubdomain.phrase : nil)
        }
    }

    private var modes: Row {
        let modes: [(String, DialingMode)] = [
            ("progressive", .progressive), ("power", .power(ratio: 1)), ("predictive", .predictive),
            ("broadcast", .broadcast(callsPerMinute: 1)), ("vendor_paced", .vendorPaced(project: 1)),
        ]
        let possible = modes.filter { _, mode in
            var campaign = folder.campaign
            campaign.mode = mode
            return (try? Abilities.check(campaign, against: connection.vendor.abilities, file: folder.file)) != nil
        }
        guard !possible.isEmpty else { return Row(check: .modes, verdict: .missing, finding: ProbePhrase.none.phrase) }
        return Row(check: .modes, verdict: .ok, finding: Phrase(same: possible.map(\.0).joined(separator: ", ")))
    }

    /// Where the campaign leaves the choice of calls to the vendor, what that means.
    private var project: Row? {
        guard let project = folder.campaign.mode.project, connection.vendor.abilities.dialsByItself else { return nil }
        return Row(
            check: .project, verdict: .unknown,
            finding: ProbePhrase.project.filled(project, AbilityPhrase.vendorPaced.phrase),
            fix: AbilityPhrase.vendorKeepsRules.phrase)
    }

    private func agents() async -> Row {
        guard let agents = await firstLook() else {
            return Row(
                check: .agents, verdict: .missing, finding: ProbePhrase.noAgents.filled(Int(Self.patience.seconds)),
                fix: ProbePhrase.lacksRight.phrase)
        }
        let signedIn = agents.filter { $0.activity != .offline }
        let idle = agents.count { $0.activity == .idle }
        let words = ProbePhrase.agents.filled(agents.count, signedIn.count, idle)
        return signedIn.isEmpty
            ? Row(check: .agents, verdict: .missing, finding: words, fix: ProbePhrase.signIn.phrase)
            : Row(check: .agents, verdict: .ok, finding: words)
    }

    /// The agents as they are reported first; nil if that takes too long.
    private func firstLook() async -> [AgentObservation]? {
        let (looks, continuation) = AsyncStream.makeStream(of: [AgentObservation]?.self)
        let vendor = connection.vendor
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await vendor.run { event in
                    if case .agents(let agents, _) = event { continuation.yield(agents) }
                }
            }
            group.addTask {
                guard (try? await ContinuousClock().sleep(for: Self.patience)) != nil else { return }
                continuation.yield(nil)
            }
            var first: [AgentObservation]?
            for await look in looks {
                first = look
                break
            }
            group.cancelAll()
            return first
        }
    }

    private func numbers() async -> Row {
        let importing = ProbePhrase.importNumbers.filled(account.name)
        guard let directory = connection.vendor as? any NumberDirectory else {
            return Row(
                check: .numbers, verdict: .unknown, finding: ProbePhrase.notListed.phrase, fix: importing)
        }
        do throws(VendorError) {
            let numbers = try await directory.outboundNumbers()
            let count = numbers.count(where: \.dialsOut)
            let words = ProbePhrase.numbers.filled(numbers.count, count)
            guard count == 0 else { return Row(check: .numbers, verdict: .ok, finding: words) }
            return Row(check: .numbers, verdict: .missing, finding: words, fix: ProbePhrase.assignNumbers.phrase)
        } catch {
            return Row(check: .numbers, verdict: .unknown, finding: error.phrase, fix: importing)
        }
    }

    private var limits: Row {
        let capacity = account.capacity
        var words = capacity.lines.map { [ProbePhrase.lines.filled($0)] } ?? []
        words += capacity.rates.map { ProbePhrase.calls.filled($0.count, Int($0.span.seconds)) }
        words += account.limits.map { ProbePhrase.dials.filled($0.count, $0.scope.rawValue) }
        guard words.isEmpty else { return Row(check: .limits, verdict: .ok, finding: Phrase(listing: words)) }
        return Row(
            check: .limits, verdict: .unknown, finding: ProbePhrase.noLimits.phrase, fix: ProbePhrase.stateLimits.phrase
        )
    }
}

extension VendorProbe.Row {
    /// Rows for people.
    static func table(_ rows: [Self], in language: Language) -> String {
        let header = [ProbePhrase.check, .verdict, .finding, .fix].map(\.phrase)
        let cells = rows.map { [$0.check.phrase, $0.verdict.phrase, $0.finding, $0.fix ?? Phrase(same: "")] }
        return CallerIDColumns.table(([header] + cells).map { $0.map { language.say($0) } })
    }

    /// One object for programs.
    static func json(_ rows: [Self], account: String) -> String {
        JSONText.object([
            ("account", .string(account)),
            (
                "checks",
                .array(
                    rows.map {
                        .object([
                            ("check", .string($0.check.phrase.english)), ("verdict", .string($0.verdict.rawValue)),
                            ("finding", .string($0.finding.english)), ("fix", .optional($0.fix?.english)),
                        ])
                    })
            ),
        ])
    }
}
