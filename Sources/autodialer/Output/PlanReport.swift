import CallerID
import CampaignRunner
import Compliance
import DialModel
import Ledger
import Wording

/// What `plan` says.
struct PlanReport {
    var campaign: String
    var plan: CampaignPlan
    var reveal: Bool
    /// Whether the vendor chooses whom to call, whatever stands here.
    var isVendorPaced = false

    /// The words for a person.
    func text(in language: Language) -> String {
        var rows = [[language.say(PlanPhrase.allLeads), "\(plan.leads)", ""]]
        if plan.finished > 0 { rows.append([language.say(PlanPhrase.finished), "\(plan.finished)", ""]) }
        if plan.dialing > 0 { rows.append([language.say(PlanPhrase.inCall), "\(plan.dialing)", ""]) }
        if plan.standby > 0 {
            let words = [PlanPhrase.inReserve, .furtherNumbers].map { language.say($0) }
            rows.append([words[0], "\(plan.standby)", words[1]])
        }
        rows += plan.standings.map { standing in
            let until = standing.nextAt.map { language.say(PlanPhrase.notBefore, $0.dayAndTime) }
            return [language.say(standing.gate), "\(standing.count)", until ?? language.say(PlanPhrase.untilChanged)]
        }
        let words = language.say(isVendorPaced ? PlanPhrase.heldByNothing : .canBeDialled)
        rows.append([words, "\(plan.dialable)", isVendorPaced ? language.say(PlanPhrase.vendorChooses) : ""])
        let title = language.say(PlanPhrase.title, campaign, plan.at.dayAndTime)
        let funnel = title + "\n" + CallerIDColumns.table(rows)
        guard !plan.dials.isEmpty else { return funnel }
        let header = [PlanPhrase.lead, .line, .number, .shown, .because].map { language.say($0) }
        let dials = plan.dials.map { dial in
            [
                "\(dial.lead.id.value)", "\(dial.lead.line)", reveal ? dial.lead.number.e164 : dial.lead.number.masked,
                dial.callerID ?? language.say(PlanPhrase.vendorsChoice), because(dial, in: language),
            ]
        }
        return funnel + "\n\n" + CallerIDColumns.table([header] + dials)
    }

    /// One object for programs: keys never change, new ones may be added.
    var json: String {
        let standings = plan.standings.map { standing -> JSONText in
            .object([
                ("gate", .string(standing.gate.rawValue)), ("leads", .integer(Int64(standing.count))),
                ("next_at", .optional(standing.nextAt?.iso8601UTC)),
            ])
        }
        let dials = plan.dials.map { dial -> JSONText in
            .object([
                ("lead_id", .integer(dial.lead.id.value)), ("line", .integer(Int64(dial.lead.line))),
                ("phone", .string(reveal ? dial.lead.number.e164 : dial.lead.number.masked)),
                ("caller_id", .optional(dial.callerID)), ("because", .string(because(dial, in: .english))),
            ])
        }
        return JSONText.object([
            ("campaign", .string(campaign)), ("at", .string(plan.at.iso8601UTC)),
            ("leads", .integer(Int64(plan.leads))), ("finished", .integer(Int64(plan.finished))),
            ("dialing", .integer(Int64(plan.dialing))),
            ("standby", .integer(Int64(plan.standby))), ("held", .array(standings)),
            ("dialable", .integer(Int64(plan.dialable))), ("dials", .array(dials)),
            ("vendor_paced", .bool(isVendorPaced)),
        ])
    }

    private func because(_ dial: CampaignPlan.Dial, in language: Language) -> String {
        guard let pick = dial.explanation.flatMap({ PickExplanation(json: $0) }) else {
            return dial.callerID == nil ? "" : language.say(PlanPhrase.nextInList)
        }
        return pick.decision.sentence(pick.rules.strategy, of: pick.field?.count ?? 0, in: language)
    }
}

/// What `why` says.
struct WhyReport {
    var lead: LeadRecord
    var answer: GateAnswer
    var at: Timestamp
    /// Whether the vendor chooses whom to call, whatever stands here.
    var isVendorPaced = false

    /// The words for a person.
    func text(in language: Language) -> String {
        let whom = language.say(PlanPhrase.whom, lead.id.value, lead.number.masked, lead.line)
        if isVendorPaced { return textOfVendorPaced(whom, in: language) }
        switch answer {
        case .allowed: return language.say(PlanPhrase.mayBeDialled, whom, at.dayAndTime)
        case .blocked(let block, let next):
            let later =
                next.map { language.say(PlanPhrase.couldBeDialled, $0.dayAndTime) }
                ?? language.say(PlanPhrase.cannotBeDialled)
            return [language.say(PlanPhrase.isNotDialled, whom, at.dayAndTime), reason(block, in: language), later]
                .joined(separator: "\n  ")
        }
    }

    private func textOfVendorPaced(_ whom: String, in language: Language) -> String {
        let choice = language.say(PlanPhrase.vendorDecides, whom)
        guard case .blocked(let block, _) = answer else { return choice }
        return [choice, reason(block, in: language), language.say(PlanPhrase.wouldNotDial, at.dayAndTime)]
            .joined(separator: "\n  ")
    }

    private func reason(_ block: GateBlock, in language: Language) -> String {
        language.say(block.gate) + (language == .chinese ? "：" : ": ") + language.say(block.detail)
    }

    /// One object for programs: keys never change, new ones may be added.
    var json: String {
        var gate: GateBlock?
        var nextAt: Timestamp? = at
        if case .blocked(let block, let next) = answer { (gate, nextAt) = (block, next) }
        return JSONText.object([
            ("lead_id", .integer(lead.id.value)), ("phone", .string(lead.number.masked)),
            ("line", .integer(Int64(lead.line))), ("at", .string(at.iso8601UTC)), ("allowed", .bool(gate == nil)),
            ("gate", .optional(gate?.gate.rawValue)), ("detail", .optional(gate?.detail.english)),
            ("gate_opens_at", .optional(gate?.until?.iso8601UTC)), ("next_at", .optional(nextAt?.iso8601UTC)),
            ("vendor_paced", .bool(isVendorPaced)),
        ])
    }
}
