package import DialModel

/// When calls are placed, relative to the agents.
package enum DialingMode: Hashable, Sendable {
    /// One call for each idle agent.
    case progressive
    /// This many calls for each idle agent, 1.0 to 5.0.
    case power(ratio: Double)
    /// As many calls as keep agents busiest without more abandoned callees than are allowed.
    case predictive
    /// A steady rate of calls, whoever is there to take them.
    case broadcast(callsPerMinute: Double)
    /// When the vendor wants: its auto-call project of this id dials numbers of its own, and agents get the answered calls.
    case vendorPaced(project: Int)

    /// The vendor's project, if that dials.
    package var project: Int? {
        if case .vendorPaced(let project) = self { project } else { nil }
    }
}

/// A campaign as its file describes it (`design.md`, section 4).
package struct Campaign: Hashable, Sendable {
    /// The name under which the ledger keeps it.
    package var name: String
    /// The vendor accounts, or simulators such as `simulator.alibaba`, and by what is decided which carries a call.
    package var routing: AccountRouting
    /// The list, and how to read it.
    package var leads: LeadListSettings
    /// When calls are placed.
    package var mode: DialingMode
    /// The vendor's name of the group whose agents take the calls.
    package var agentGroup: String
    /// What is asked of those agents.
    package var agents: AgentSettings
    /// How numbers are dialled.
    package var dial: DialSettings
    /// The share of answered calls that it lets be abandoned, from 0 to 1; nil for what its rules say.
    package var abandonmentLimit: Double?
    /// Which numbers callees are shown.
    package var callerID: CallerIDSettings
    /// What becomes of a lead after each outcome.
    package var retry: RetryPolicy
    /// The parts of the day over which a lead's dials are spread, ascending; none to dial at any time.
    package var dayParts: [HourSpan]
    /// In which order leads are dialled.
    package var order: LeadOrder
    /// How the simulated vendor behaves; only with a simulator, and only if the file says anything.
    package var simulator: SimulatorSection?
    /// The operator's own regions of numbers, a file relative to the campaign file, if there is one.
    package var regionsFile: String?
    /// The rules that it keeps and the hours in which it calls; nil if the file states none.
    package var hours: HoursSettings?
    /// Its own limits of attempts, which apply beside those of the rules.
    package var limits: [AttemptCap]
    /// What shows that its callees agreed; nil if the file says nothing.
    package var consent: ConsentSettings?
    /// What else it has of what rules may ask for.
    package var compliance: ComplianceSettings
    /// The do-not-call lists that it asks; nil if the file names none.
    package var doNotCall: DoNotCallSettings?
    /// What is kept with its attempts for the record alone.
    package var records: RecordSettings

    /// Memberwise, with the defaults of a campaign file; one account carries all calls.
    package init(
        name: String, vendor: String, leads: LeadListSettings, mode: DialingMode, agentGroup: String,
        agents: AgentSettings = AgentSettings(), dial: DialSettings = DialSettings(),
        abandonmentLimit: Double? = nil,
        callerID: CallerIDSettings = CallerIDSettings(),
        retry: RetryPolicy = .standard, dayParts: [HourSpan] = [], order: LeadOrder = LeadOrder(),
        simulator: SimulatorSection? = nil,
        regionsFile: String? = nil,
        hours: HoursSettings? = nil, limits: [AttemptCap] = [], consent: ConsentSettings? = nil,
        compliance: ComplianceSettings = ComplianceSettings(), doNotCall: DoNotCallSettings? = nil,
        records: RecordSettings = RecordSettings()
    ) {
        self.name = name
        routing = AccountRouting([vendor])
        self.leads = leads
        self.mode = mode
        self.agentGroup = agentGroup
        self.agents = agents
        self.dial = dial
        self.abandonmentLimit = abandonmentLimit
        self.callerID = callerID
        self.retry = retry
        self.dayParts = dayParts
        self.order = order
        self.simulator = simulator
        self.regionsFile = regionsFile
        self.hours = hours
        self.limits = limits
        self.consent = consent
        self.compliance = compliance
        self.doNotCall = doNotCall
        self.records = records
    }
}

/// How numbers are dialled.
package struct DialSettings: Hashable, Sendable {
    /// The ring time-outs that a campaign may choose; below the shortest many people cannot reach their phone.
    package static let ringTimeouts: ClosedRange<Duration> = .seconds(15)...(.seconds(180))

    /// Digits that go before every number of a country that has none of its own.
    package var prefix: String
    /// The countries with digits of their own, ascending by code.
    package var prefixes: [CountryPrefix]
    /// How long a callee's phone rings.
    package var ringTimeout: Duration
    /// What is done about whoever answers.
    package var analysis: AnswerAnalysis
    /// How many calls may be open at once; nil for no limit of the campaign's own.
    package var maxLines: Int?

    /// Memberwise, with the defaults of a campaign file.
    package init(
        prefix: String = "", prefixes: [CountryPrefix] = [], ringTimeout: Duration = .seconds(30),
        analysis: AnswerAnalysis = AnswerAnalysis(), maxLines: Int? = nil
    ) {
        self.prefix = prefix
        self.prefixes = prefixes.sorted { $0.country < $1.country }
        self.ringTimeout = ringTimeout
        self.analysis = analysis
        self.maxLines = maxLines
    }
}

/// What goes before numbers of one country, in the place of `DialSettings.prefix`.
package struct CountryPrefix: Hashable, Sendable {
    /// The country as an ISO 3166 code.
    package var country: String
    /// The digits; none for a country whose numbers are dialled as they are.
    package var prefix: String

    /// Memberwise.
    package init(country: String, prefix: String) {
        self.country = country
        self.prefix = prefix
    }
}

/// How a simulated vendor behaves; what is nil is left to the simulator.
package struct SimulatorSection: Hashable, Sendable {
    /// How many agents are signed in.
    package var agents: Int
    /// The seed of everything random.
    package var seed: UInt64
    /// The share of calls that somebody answers, 0 to 1.
    package var answer: Double?
    /// How long callee and agent talk, on average.
    package var talk: Duration?
    /// How long agents work after a call, on average.
    package var wrapUp: Duration?

    /// Memberwise, with the defaults of a campaign file.
    package init(
        agents: Int = 10, seed: UInt64 = 1, answer: Double? = nil, talk: Duration? = nil, wrapUp: Duration? = nil
    ) {
        self.agents = agents
        self.seed = seed
        self.answer = answer
        self.talk = talk
        self.wrapUp = wrapUp
    }
}
