import CallerID
import CampaignRunner
import Compliance
import DialModel
import Ledger

/// What `plan` says.
struct PlanReport {
    var campaign: String
    var plan: CampaignPlan
    var reveal: Bool
    /// Whether the vendor chooses whom to call, whatever stands here.
    var isVendorPaced = false

    /// The words for a person.
    var text: String {
        var rows = [["all leads", "\(plan.leads)", ""]]
        if plan.finished > 0 { rows.append(["finished", "\(plan.finished)", ""]) }
        if plan.dialing > 0 { rows.append(["in a call", "\(plan.dialing)", ""]) }
        if plan.standby > 0 { rows.append(["in reserve", "\(plan.standby)", "further numbers of callees"]) }
        rows += plan.standings.map { standing in
            let until = standing.nextAt.map { "not before \($0.dayAndTime)" } ?? "until something is changed"
            return [standing.gate.words, "\(standing.count)", until]
        }
        let words = isVendorPaced ? "held back by nothing" : "can be dialled"
        rows.append([words, "\(plan.dialable)", isVendorPaced ? "the vendor chooses whom it calls" : ""])
        let funnel = "\(campaign) at \(plan.at.dayAndTime)\n" + CallerIDColumns.table(rows)
        guard !plan.dials.isEmpty else { return funnel }
        let dials = plan.dials.map { dial in
            [
                "\(dial.lead.id.value)", "\(dial.lead.line)", reveal ? dial.lead.number.e164 : dial.lead.number.masked,
                dial.callerID ?? "the vendor's choice", because(dial),
            ]
        }
        return funnel + "\n\n" + CallerIDColumns.table([["LEAD", "LINE", "NUMBER", "SHOWN", "BECAUSE"]] + dials)
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
                ("caller_id", .optional(dial.callerID)), ("because", .string(because(dial))),
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

    private func because(_ dial: CampaignPlan.Dial) -> String {
        guard let pick = dial.explanation.flatMap({ PickExplanation(json: $0) }) else {
            return dial.callerID == nil ? "" : "next in the campaign's own list"
        }
        return pick.decision.sentence(pick.rules.strategy, of: pick.field?.count ?? 0)
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
    var text: String {
        let whom = "lead \(lead.id.value) (\(lead.number.masked), line \(lead.line))"
        if isVendorPaced { return textOfVendorPaced(whom) }
        switch answer {
        case .allowed: return "\(whom) may be dialled at \(at.dayAndTime)"
        case .blocked(let block, let next):
            let later = next.map { "it could be dialled at \($0.dayAndTime)" } ?? "it cannot be dialled as things are"
            return "\(whom) is not dialled at \(at.dayAndTime)\n  \(block.gate.words): \(block.detail)\n  \(later)"
        }
    }

    private func textOfVendorPaced(_ whom: String) -> String {
        let choice = "whether \(whom) is called is the vendor's choice, and autodialer keeps nobody from being called"
        guard case .blocked(let block, _) = answer else { return choice }
        return
            "\(choice)\n  \(block.gate.words): \(block.detail)\n  by its own rules it would not dial at \(at.dayAndTime)"
    }

    /// One object for programs: keys never change, new ones may be added.
    var json: String {
        var gate: GateBlock?
        var nextAt: Timestamp? = at
        if case .blocked(let block, let next) = answer { (gate, nextAt) = (block, next) }
        return JSONText.object([
            ("lead_id", .integer(lead.id.value)), ("phone", .string(lead.number.masked)),
            ("line", .integer(Int64(lead.line))), ("at", .string(at.iso8601UTC)), ("allowed", .bool(gate == nil)),
            ("gate", .optional(gate?.gate.rawValue)), ("detail", .optional(gate?.detail)),
            ("gate_opens_at", .optional(gate?.until?.iso8601UTC)), ("next_at", .optional(nextAt?.iso8601UTC)),
            ("vendor_paced", .bool(isVendorPaced)),
        ])
    }
}

extension Gate {
    /// The gate for people.
    var words: String { rawValue.replacing("_", with: " ") }
}
