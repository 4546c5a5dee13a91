import DialModel
package import Wording

extension Campaign {
    private static let keys = [
        "name", "vendor", "vendors", "leads", "mode", "agents", "dial", "pacing", "caller_id", "retry", "order",
        "simulator",
        "regions",
        "hours", "limits", "consent", "compliance", "dnc", "records",
    ]

    /// Reads a campaign file, which is named `file` in findings; there is a campaign unless there are errors.
    ///
    /// Without `rulesReader` a file of the operator's own rules is not looked into.
    package static func parse(
        _ bytes: [UInt8], file: String, rulesReader: RulesReader? = nil
    ) -> (campaign: Campaign?, diagnostics: [Diagnostic]) {
        let findings = Findings(file: file)
        let campaign = read(bytes, findings, rulesReader)
        return (findings.isClean ? campaign : nil, findings.inOrder)
    }

    /// Reads every section even after an error in one, so that all findings come at once.
    private static func read(_ bytes: [UInt8], _ findings: Findings, _ rulesReader: RulesReader?) -> Campaign? {
        guard let root = Document.root(bytes, findings) else {
            if findings.isClean { findings.error(FilePhrase.empty.phrase, line: nil) }
            return nil
        }
        guard let section = Section(root, keys: keys, shape: "name: ..., vendor: ..., and so on", findings: findings)
        else { return nil }
        let name = section.required("name")?.text()
        let routing = readRouting(section)
        let leads = readLeads(section)
        let dial = readDial(section)
        let pacing = readPacing(section)
        let mode = readMode(section, ratio: dial.ratio, rate: pacing.rate, project: pacing.project)
        let agents = readAgents(section)
        let callerID = readCallerID(section)
        let retry = readRetry(section)
        let simulator = readSimulator(section, vendors: routing?.accounts)
        let regionsFile = section["regions"]?.text(hint: FixPhrase.write.filled("regions: regions.csv"))
        let hours = readHours(
            section, country: leads?.country, ringTimeout: dial.settings.ringTimeout, rulesReader)
        let limits = readLimits(section)
        let consent = readConsent(section)
        let doNotCall = readDoNotCall(section)
        let records = readRecords(section)
        complainOfSeveral(routing, section, mode)
        guard let name, let routing, let leads, let mode, let agentGroup = agents.group else { return nil }
        var campaign = Campaign(
            name: name, vendor: routing.accounts[0], leads: leads, mode: mode, agentGroup: agentGroup,
            agents: agents.settings,
            dial: dial.settings, abandonmentLimit: pacing.limit, callerID: callerID, retry: retry.policy,
            dayParts: retry.dayParts,
            order: readOrder(section),
            simulator: simulator, regionsFile: regionsFile, hours: hours, limits: limits, consent: consent,
            compliance: readCompliance(section), doNotCall: doNotCall, records: records)
        campaign.routing = routing
        return campaign
    }

    private static func readSimulator(_ section: Section, vendors: [String]?) -> SimulatorSection? {
        guard let field = section["simulator"],
            let simulator = section.section(
                "simulator", keys: ["agents", "seed", "answer", "talk", "wrap_up"], shape: "simulator: { agents: 12 }")
        else { return nil }
        if let vendor = vendors?.first(where: { !VendorAccounts.isSimulator($0) }) {
            return field.reject(
                SettingPhrase.onlySimulated.filled(vendor),
                hint: FixPhrase.removeOrSimulator.filled(VendorAccounts.builtIn[0]))
        }
        var settings = SimulatorSection()
        settings.agents = simulator["agents"]?.integer(in: 1...10_000) ?? settings.agents
        if let seed = simulator["seed"]?.integer(in: 0...Int.max) { settings.seed = UInt64(seed) }
        settings.answer = simulator["answer"]?.share()
        settings.talk = simulator["talk"]?.duration(in: .milliseconds(1)...(.seconds(4 * 3600)))
        settings.wrapUp = simulator["wrap_up"]?.duration(in: .zero...(.seconds(4 * 3600)))
        return settings
    }
}
