import CampaignFile
import DialModel
import Foundation
import Telephony
import Wording

/// What is found when an account is tried: a row for each thing that a campaign needs of it.
struct VendorProbe {
    /// One thing that was looked at.
    struct Row {
        enum Verdict: String {
            case ok
            case missing
            case unknown
        }

        let check: String
        let verdict: Verdict
        let finding: String
        /// What to do about it; empty where nothing has to be done.
        var fix = ""
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
                check: "credentials", verdict: .ok,
                finding: "the account answers, and has the group \"\(folder.campaign.agentGroup)\"")
        }
        let fix =
            switch failure.meaning {
            case .misconfigured, .refused, .barred:
                "correct the account in vendors.yaml, or agents.group in the campaign"
            case .throttled, .unavailable, .outcomeUnknown: "try again later; is the address in vendors.yaml right?"
            }
        return Row(check: "credentials", verdict: .missing, finding: "\(failure)", fix: fix)
    }

    private func clock() async -> Row {
        guard connection.clock.speed == 1, let skew = await connection.skew() else {
            return Row(check: "clock", verdict: .unknown, finding: "the vendor does not tell the time")
        }
        let size = skew < .zero ? .zero - skew : skew
        let words =
            size < .seconds(2) ? "as ours" : "\(Int(size.seconds)) s \(skew > .zero ? "ahead of" : "behind") ours"
        guard size > Self.tolerableSkew else { return Row(check: "clock", verdict: .ok, finding: words) }
        return Row(check: "clock", verdict: .missing, finding: words, fix: "have this machine keep time by NTP")
    }

    private var abilities: [Row] {
        let can = connection.vendor.abilities
        let rows: [(String, Bool, String)] = [
            ("a call for one agent", can.placesForAgent, "Alibaba: give the account's subdomain"),
            ("queues answered calls", can.queuesAnsweredCalls, ""),
            ("joins calls to agents", can.connectsAnsweredCalls, ""),
            ("ends calls", can.hangsUp, ""),
            ("plays a message", can.playsMessages, ""),
            ("tells machines", can.classifiesAnswers, ""),
            ("dials by itself", can.dialsByItself, ""),
        ]
        return rows.map { check, isThere, fix in
            isThere
                ? Row(check: check, verdict: .ok, finding: "yes")
                : Row(check: check, verdict: .missing, finding: "not with this account", fix: fix)
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
        let words = possible.isEmpty ? "none" : possible.map(\.0).joined(separator: ", ")
        return Row(check: "modes", verdict: possible.isEmpty ? .missing : .ok, finding: words)
    }

    /// Where the campaign leaves the choice of calls to the vendor, what that means.
    private var project: Row? {
        guard let project = folder.campaign.mode.project, connection.vendor.abilities.dialsByItself else { return nil }
        return Row(
            check: "project", verdict: .unknown,
            finding: "that there is an auto-call project \(project) shows only when an agent enters it in a run; "
                + AbilityPhrase.vendorPaced.phrase.english,
            fix: AbilityPhrase.vendorKeepsRules.phrase.english)
    }

    private func agents() async -> Row {
        guard let agents = await firstLook() else {
            return Row(
                check: "agents", verdict: .missing,
                finding: "nothing was told of them within \(Self.patience.seconds) s",
                fix: "try again; if it stays so, the account lacks the right to ask")
        }
        let signedIn = agents.filter { $0.activity != .offline }
        let idle = agents.count { $0.activity == .idle }
        let words = "\(agents.count) known, \(signedIn.count) signed in, \(idle) idle"
        return signedIn.isEmpty
            ? Row(check: "agents", verdict: .missing, finding: words, fix: "have them sign in before a run")
            : Row(check: "agents", verdict: .ok, finding: words)
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
        let importing = "autodialer caller-ids import FILE --account \(account.name)"
        guard let directory = connection.vendor as? any NumberDirectory else {
            return Row(check: "numbers", verdict: .unknown, finding: "the vendor does not list them", fix: importing)
        }
        do throws(VendorError) {
            let numbers = try await directory.outboundNumbers()
            let count = numbers.count(where: \.dialsOut)
            let words = "\(numbers.count) listed, \(count) may be shown"
            guard count == 0 else { return Row(check: "numbers", verdict: .ok, finding: words) }
            return Row(check: "numbers", verdict: .missing, finding: words, fix: "have the vendor assign numbers")
        } catch {
            return Row(check: "numbers", verdict: .unknown, finding: "\(error)", fix: importing)
        }
    }

    private var limits: Row {
        let capacity = account.capacity
        var words = capacity.lines.map { ["\($0) lines"] } ?? []
        words += capacity.rates.map { "\($0.count) calls in \(Int($0.span.seconds)) s" }
        words += account.limits.map { "\($0.count) dials to one \($0.scope.rawValue)" }
        guard words.isEmpty else { return Row(check: "limits", verdict: .ok, finding: words.joined(separator: ", ")) }
        return Row(
            check: "limits", verdict: .unknown, finding: "vendors.yaml states none",
            fix: "state those of the contract: lines: 30, calls: 5000 per 24h")
    }
}

extension VendorProbe.Row {
    /// Rows for people.
    static func table(_ rows: [Self]) -> String {
        CallerIDColumns.table(
            [["CHECK", "VERDICT", "FINDING", "FIX"]] + rows.map { [$0.check, $0.verdict.rawValue, $0.finding, $0.fix] })
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
                            ("check", .string($0.check)), ("verdict", .string($0.verdict.rawValue)),
                            ("finding", .string($0.finding)), ("fix", .optional($0.fix.isEmpty ? nil : $0.fix)),
                        ])
                    })
            ),
        ])
    }
}
