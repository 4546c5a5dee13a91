package import DialModel
import Wording

/// What a campaign wants done about whoever answers.
package struct AnswerAnalysis: Hashable, Sendable {
    /// Whether the vendor is to find out who answers, where it can.
    package var isWanted: Bool
    /// What is done with calls that machines answer.
    package var routes: AnswerRoutes
    /// Whether the file chooses routes, which are no use with a vendor that cannot tell who answers.
    package var choosesRoutes: Bool
    /// The line on which the file says it; nil if it says nothing.
    package var line: Int?

    /// Memberwise, with the defaults of a campaign file.
    package init(
        isWanted: Bool = true, routes: AnswerRoutes = AnswerRoutes(), choosesRoutes: Bool = false, line: Int? = nil
    ) {
        self.isWanted = isWanted
        self.routes = routes
        self.choosesRoutes = choosesRoutes
        self.line = line
    }
}

/// What a campaign asks of the agents who take its calls.
package struct AgentSettings: Hashable, Sendable {
    /// How long an agent may have to pick up.
    package static let pickUpLimits: ClosedRange<Duration> = .seconds(1)...(.seconds(60))

    /// What they have to be able to do; nil for nothing in particular.
    package var skill: AgentSkill?
    /// The line on which the skill is named.
    package var skillLine: Int?
    /// How long they have to pick up before the call goes to somebody else.
    package var pickUpLimit: Duration
    /// Below how long a conversation counts as a short one; nil if none does.
    package var shortCall: Duration?

    /// Beside other campaigns that are run with it: those of the highest priority get agents first.
    package var priority: Int
    /// Beside other campaigns of its priority: how many parts of the agents it gets.
    package var share: Int

    /// Memberwise, with the defaults of a campaign file.
    package init(
        skill: AgentSkill? = nil, skillLine: Int? = nil, pickUpLimit: Duration = .seconds(5),
        shortCall: Duration? = nil, priority: Int = 0, share: Int = 1
    ) {
        self.skill = skill
        self.skillLine = skillLine
        self.pickUpLimit = pickUpLimit
        self.shortCall = shortCall
        self.priority = priority
        self.share = share
    }
}

extension Campaign {
    /// Reads who takes the calls: the vendor's name of their group, and what is asked of them.
    static func readAgents(_ section: Section) -> (group: String?, settings: AgentSettings) {
        let shape = "agents: { group: ... }"
        var settings = AgentSettings()
        guard section.required("agents") != nil,
            let agents = section.section(
                "agents", keys: ["group", "skill", "level", "pick_up", "short_call", "priority", "share"],
                shape: shape)
        else { return (nil, settings) }
        settings.skill = agents["skill"]?.text().map { AgentSkill($0) }
        settings.skillLine = agents["skill"]?.line
        if let field = agents["level"], let level = field.integer(in: 1...100) {
            if agents["skill"] == nil {
                let _: Int? = field.reject(SettingPhrase.onlyWithSkill.phrase, hint: FixPhrase.skillBeside.phrase)
            }
            settings.skill?.level = level
        }
        settings.pickUpLimit =
            agents["pick_up"]?.duration(in: AgentSettings.pickUpLimits) ?? settings.pickUpLimit
        settings.shortCall = agents["short_call"]?.duration(in: .milliseconds(1)...(.seconds(600)))
        settings.priority = agents["priority"]?.integer(in: 0...100) ?? settings.priority
        settings.share = agents["share"]?.integer(in: 1...100) ?? settings.share
        return (agents.required("group")?.text(), settings)
    }

    /// Reads `cpa`: whether the vendor is to find out who answers, or what is done with whom.
    static func readAnalysis(_ dial: Section) -> AnswerAnalysis {
        guard let field = dial["cpa"] else { return AnswerAnalysis() }
        let shape = "cpa: true, or cpa: { machine: hang_up }"
        if let word = field.word {
            let everybody = AnswerRoutes(machine: .agent, fax: .agent)
            switch word {
            case "true": return AnswerAnalysis(line: field.line)
            case "false": return AnswerAnalysis(isWanted: false, routes: everybody, line: field.line)
            default:
                let _: Bool? = field.reject(SettingPhrase.cpaForm.phrase, hint: FixPhrase.write.filled(shape))
                return AnswerAnalysis()
            }
        }
        var analysis = AnswerAnalysis(choosesRoutes: true, line: field.line)
        guard let section = dial.section("cpa", keys: ["machine", "fax", "unknown"], shape: shape) else {
            return analysis
        }
        analysis.routes.machine =
            section["machine"].flatMap { readRoute($0, among: AnswerRoute.allCases) } ?? analysis.routes.machine
        analysis.routes.fax = section["fax"].flatMap { readRoute($0, among: [.hangUp, .agent]) } ?? analysis.routes.fax
        // Who cannot be told from a person has to be treated as one; the key is there to be plain about it.
        _ = section["unknown"].flatMap {
            readRoute($0, among: [.agent], because: SettingPhrase.perhapsPerson.phrase)
        }
        return analysis
    }

    private static func readRoute(
        _ field: Field, among routes: [AnswerRoute], because reason: Phrase? = nil
    ) -> AnswerRoute? {
        guard let text = field.text() else { return nil }
        if let route = routes.first(where: { $0.rawValue == text }) { return route }
        let complaint =
            reason.map { FormPhrase.unfitBecause.filled(text, $0) } ?? FormPhrase.unfit.filled(text)
        return field.reject(complaint, hint: Suggestion.hint(for: text, among: routes.map(\.rawValue)))
    }
}
