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
                finding.severity, account.map { CampaignPhrase.inFile.filled($0, finding.message) } ?? finding.message,
                file: file, line: finding.line, hint: finding.hint)
        }
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            throw Failure(.badInput, diagnostics: diagnostics)
        }
        return diagnostics
    }

    /// A diagnostic that does not know its file yet.
    private struct Finding {
        var severity = Diagnostic.Severity.error
        var message: Phrase
        var line: Int?
        var hint: Phrase
    }

    private static func mode(_ campaign: Campaign, _ abilities: VendorAbilities) -> Finding? {
        let reachesAgents = abilities.queuesAnsweredCalls || abilities.givesCallsToAgents
        switch campaign.mode {
        case .progressive where !abilities.placesForAgent:
            return Finding(
                message: AbilityPhrase.progressive.phrase, hint: AbilityPhrase.giveSubdomain.phrase)
        case .broadcast where !abilities.queuesAnsweredCalls:
            return Finding(
                message: AbilityPhrase.broadcast.phrase, hint: AbilityPhrase.otherMode.phrase)
        case .power where !reachesAgents, .predictive where !reachesAgents:
            let word = campaign.mode.words(in: .english).prefix { $0 != " " }
            return Finding(
                message: AbilityPhrase.queues.filled(word), hint: AbilityPhrase.useProgressive.phrase)
        case .vendorPaced where !abilities.dialsByItself:
            return Finding(
                message: AbilityPhrase.projects.phrase, hint: AbilityPhrase.otherMode.phrase)
        case .vendorPaced:
            return Finding(
                severity: .warning, message: AbilityPhrase.vendorPaced.phrase,
                hint: AbilityPhrase.vendorKeepsRules.phrase)
        case .progressive, .power, .predictive, .broadcast: return nil
        }
    }

    private static func skill(_ campaign: Campaign, _ abilities: VendorAbilities) -> Finding? {
        guard let skill = campaign.agents.skill else { return nil }
        let line = campaign.agents.skillLine
        guard abilities.tellsSkills else {
            return Finding(
                message: AbilityPhrase.skillUntold.filled(skill.name), line: line,
                hint: AbilityPhrase.groupInstead.phrase)
        }
        guard campaign.mode != .progressive, !abilities.givesCallsToAgents else { return nil }
        return Finding(
            message: AbilityPhrase.skillUnused.filled(skill.name), line: line,
            hint: AbilityPhrase.groupOrProgressive.phrase)
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
                    message: AbilityPhrase.noAnalysis.phrase, line: line, hint: AbilityPhrase.remove.phrase)
            ]
        }
        let routes = [analysis.routes.machine, analysis.routes.fax]
        var findings: [Finding] = []
        if routes.contains(.message), !abilities.playsMessages {
            findings.append(
                Finding(
                    message: AbilityPhrase.noMessage.phrase, line: line, hint: AbilityPhrase.hangUpOrAgent.phrase))
        }
        if routes.contains(.hangUp), !abilities.hangsUp {
            findings.append(
                Finding(
                    severity: analysis.choosesRoutes ? .error : .warning,
                    message: AbilityPhrase.noHangUp.phrase, line: line, hint: AbilityPhrase.machinesToAgents.phrase))
        }
        return findings
    }

    /// What a campaign does without that wants no analysis.
    private static func withoutAnalysis(_ abilities: VendorAbilities, _ line: Int) -> [Finding] {
        guard abilities.analysisTellsFailures else { return [] }
        return [
            Finding(
                severity: .warning,
                message: AbilityPhrase.tellsLess.phrase, line: line, hint: AbilityPhrase.remove.phrase)
        ]
    }
}

extension VendorAbilities {
    /// Whether answered calls are given to agents by us, which takes that those who find nobody can be ended.
    var givesCallsToAgents: Bool { connectsAnsweredCalls && hangsUp }
}
