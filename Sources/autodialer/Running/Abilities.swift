import CampaignFile
import DialModel
import Telephony
import Wording

/// What a campaign asks of its vendor, against what the vendor can do.
enum Abilities {
    /// Refuses a campaign that asks for more than the vendor can do, with every finding; answers what is only to be known.
    ///
    /// Findings name the account, if it is one of several.
    static func check(
        _ campaign: Campaign, against abilities: VendorAbilities, file: String, account: String? = nil
    ) throws(Failure) -> [Diagnostic] {
        let findings =
            [mode(campaign, abilities), skill(campaign, abilities)].compactMap(\.self)
            + analysis(campaign, abilities)
        let diagnostics = findings.map { finding in
            Diagnostic(
                finding.severity, (account.map { "\($0): " } ?? "") + finding.message, file: file, line: finding.line,
                hint: finding.hint)
        }
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            throw Failure(.badInput, diagnostics: diagnostics)
        }
        return diagnostics
    }

    /// A diagnostic that does not know its file yet.
    private struct Finding {
        var severity = Diagnostic.Severity.error
        var message: String
        var line: Int?
        var hint: String
    }

    private static func mode(_ campaign: Campaign, _ abilities: VendorAbilities) -> Finding? {
        let reachesAgents = abilities.queuesAnsweredCalls || abilities.givesCallsToAgents
        switch campaign.mode {
        case .progressive where !abilities.placesForAgent:
            return Finding(
                message: "mode progressive needs calls bound to one agent, which this account cannot place",
                hint: "give the account's subdomain in vendors.yaml, or use mode: power")
        case .broadcast where !abilities.queuesAnsweredCalls:
            return Finding(
                message: "mode broadcast needs a vendor that sees to answered calls itself", hint: "use another mode")
        case .power where !reachesAgents, .predictive where !reachesAgents:
            let word = campaign.mode.words(in: .english).prefix { $0 != " " }
            return Finding(
                message:
                    "mode \(word) needs a vendor that queues answered calls, or joins them to agents and ends them",
                hint: "use mode: progressive")
        case .vendorPaced where !abilities.dialsByItself:
            return Finding(
                message: "mode vendor_paced needs a vendor with auto-call projects, which this account does not have",
                hint: "use another mode")
        case .vendorPaced:
            return Finding(severity: .warning, message: VendorPacing.notice, hint: VendorPacing.advice)
        case .progressive, .power, .predictive, .broadcast: return nil
        }
    }

    private static func skill(_ campaign: Campaign, _ abilities: VendorAbilities) -> Finding? {
        guard let skill = campaign.agents.skill else { return nil }
        let line = campaign.agents.skillLine
        guard abilities.tellsSkills else {
            return Finding(
                message: "\"agents.skill\" is \(skill.name), and this account does not tell what agents can do",
                line: line, hint: "remove it, and give those agents a group of their own")
        }
        guard campaign.mode != .progressive, !abilities.givesCallsToAgents else { return nil }
        return Finding(
            message: "\"agents.skill\" is \(skill.name), and this vendor itself chooses who takes an answered call",
            line: line, hint: "give those agents a group of their own, or use mode: progressive")
    }

    private static func analysis(_ campaign: Campaign, _ abilities: VendorAbilities) -> [Finding] {
        let analysis = campaign.dial.analysis
        guard let line = analysis.line else { return [] }
        guard analysis.isWanted else { return withoutAnalysis(abilities, line) }
        guard abilities.classifiesAnswers else {
            // What it is good for there chooses no routes.
            if abilities.analysisTellsFailures, !analysis.choosesRoutes { return [] }
            return [
                Finding(
                    severity: analysis.choosesRoutes ? .error : .warning,
                    message:
                        "\"dial.cpa\" is no use: this vendor does not tell people from machines, so every answer is "
                        + "taken for a person's",
                    line: line, hint: "remove it")
            ]
        }
        let routes = [analysis.routes.machine, analysis.routes.fax]
        var findings: [Finding] = []
        if routes.contains(.message), !abilities.playsMessages {
            findings.append(
                Finding(
                    message: "\"dial.cpa\" leaves machines to a message, which this vendor cannot play", line: line,
                    hint: "write hang_up or agent"))
        }
        if routes.contains(.hangUp), !abilities.hangsUp {
            findings.append(
                Finding(
                    severity: analysis.choosesRoutes ? .error : .warning,
                    message: "\"dial.cpa\" hangs up on machines, and this vendor cannot be told to hang up", line: line,
                    hint: "write cpa: { machine: agent, fax: agent }"))
        }
        return findings
    }

    /// What a campaign does without that wants no analysis.
    private static func withoutAnalysis(_ abilities: VendorAbilities, _ line: Int) -> [Finding] {
        guard abilities.analysisTellsFailures else { return [] }
        return [
            Finding(
                severity: .warning,
                message: "without \"dial.cpa\" this vendor tells less of why calls are not answered", line: line,
                hint: "remove it")
        ]
    }
}

extension VendorAbilities {
    /// Whether answered calls are given to agents by us, which takes that those who find nobody can be ended.
    var givesCallsToAgents: Bool { connectsAnsweredCalls && hangsUp }
}
