package import CallModel
package import Compliance
package import DialEngine
package import DialModel
package import Ledger

/// One way of running a campaign, rehearsed several times over.
package struct Scenario: Sendable {
    /// The engine's settings, as a run would have them.
    package var engine: EngineSettings
    /// Agents, lines and vendor.
    package var centre: CentreSettings
    /// How callees and agents behave.
    package var model: CallModelSettings
    /// What is known of single lists and hours; nil for nothing.
    package var shares: AnswerShares?
    /// By what abandoned calls are measured.
    package var abandonment: AbandonmentMeasure

    /// How far ahead a forecast looks.
    package static let horizon = Duration.seconds(92 * 86_400)
    /// How long nobody is dialled before the campaign counts as over: longer than holidays, shorter than for ever.
    private static let longestQuiet = Duration.seconds(14 * 86_400)

    /// Memberwise; the engine stays for retries, up to the horizon, whatever the settings say.
    package init(
        engine: EngineSettings, centre: CentreSettings, model: CallModelSettings, shares: AnswerShares? = nil,
        abandonment: AbandonmentMeasure = AbandonmentMeasure()
    ) {
        self.engine = engine
        self.centre = centre
        self.model = model
        self.shares = shares
        self.abandonment = abandonment
    }

    /// A world in which the campaign is run this way from `start` on.
    ///
    /// `policy` is one that nobody else uses, and it knows nothing yet.
    package func world(
        of campaign: CampaignLeads, policy: any ClaimPolicy, start: Timestamp, seed: UInt64
    ) -> VirtualWorld {
        var engine = engine
        engine.staysForRetries = true
        engine.stopDialingAt = engine.stopDialingAt ?? start + Self.horizon
        return VirtualWorld(
            engine: engine, centre: centre, model: CallModel(settings: model, seed: seed), shares: shares,
            campaign: campaign, ledger: VirtualLedger(campaign, policy: policy), abandonment: abandonment,
            start: start)
    }

    /// Rehearses the campaign once.
    package func run(
        _ campaign: CampaignLeads, policy: any ClaimPolicy, start: Timestamp, seed: UInt64
    ) -> RunFigures {
        var world = world(of: campaign, policy: policy, start: start, seed: seed)
        while world.step() {
            if world.lineCount == 0, world.now - world.tally.lastEndedAt > Self.longestQuiet { break }
        }
        return RunFigures(world)
    }

    /// The seed of a forecast's `ordinal`-th run: runs of one forecast differ, those of two ways to run it do not.
    package static func seed(ofRun ordinal: Int, seed: UInt64) -> UInt64 {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<ordinal { _ = generator.next() }
        return generator.next()
    }
}

/// What one rehearsal came to.
package struct RunFigures: Sendable {
    /// When it began.
    package var start: Timestamp
    /// When the last attempt ended.
    package var end: Timestamp
    /// How attempts ended.
    package var outcomes: OutcomeCounts
    /// How long agents and callees talked.
    package var talk: Duration
    /// How long agents worked after calls.
    package var wrapUp: Duration
    /// How long agents were there, all of them together; waits of more than a quarter of an hour are left out.
    package var signedIn: Duration
    /// People who answered, and those of them whom no agent took in time.
    package var abandonment: AbandonmentCount
    /// The window of the rule with the worst rate, the calls before the forecast included; nil without a rule.
    package var worstWindow: AbandonmentCount?
    /// The most lines in use at a time.
    package var peakLines: Int
    /// The share of the time in which each thing kept more calls from being placed, in the order of `Delay.allCases`.
    package var delays: [Double]
    /// The most dials that each number made on one day, ascending by number.
    package var callerIDs: [CallerIDLoad]
    /// How many leads are finished.
    package var finished: Int
    /// How many leads are left waiting, by what holds them back.
    package var left: [(gate: Gate, count: Int)]
    /// How many leads were reached or sold to, and so on, in the order of `LeadEnding.allCases`.
    package var endings: [Int]
    /// How many events happened in the virtual world.
    package var events: Int

    /// How often a number was shown.
    package struct CallerIDLoad: Hashable, Sendable {
        /// The number, in the vendor's form.
        package var callerID: String
        /// The most dials on one day.
        package var busiestDay: Int
        /// The dials of all days.
        package var dials: Int
    }

    /// Takes the figures of a world that has come to its end.
    package init(_ world: VirtualWorld) {
        let tally = world.tally
        start = tally.start
        end = tally.lastEndedAt
        outcomes = tally.outcomes
        talk = tally.talk
        wrapUp = tally.wrapUp
        signedIn = tally.signedIn
        abandonment = tally.abandonment
        worstWindow = tally.evidence?.windows.map(\.count).max { $0.rate < $1.rate }
        peakLines = tally.peakLines
        let whole = tally.delays.reduce(.zero, +).seconds
        delays = tally.delays.map { whole > 0 ? $0.seconds / whole : 0 }
        callerIDs = world.ledger.callerIDs.shown.map { number in
            CallerIDLoad(
                callerID: number.callerID, busiestDay: number.days.map(\.dials).max() ?? 0,
                dials: number.days.reduce(0) { $0 + $1.dials })
        }.sorted { $0.callerID < $1.callerID }
        let states = zip(LeadState.allCases, world.ledger.stateCounts)
        finished = states.first { $0.0 == .finished }?.1 ?? 0
        left = world.ledger.waitingCounts
        endings = world.ledger.endingCounts
        events = world.eventCount
    }

    /// Agents' hours.
    package var agentHours: Double { signedIn.seconds / 3_600 }
    /// Conversations for each hour of an agent.
    package var contactsPerAgentHour: Double {
        agentHours > 0 ? Double(outcomes[.connected]) / agentHours : 0
    }
    /// The share of their time that agents talk.
    package var utilisation: Double { signedIn > .zero ? talk.seconds / signedIn.seconds : 0 }
    /// The share of their time that agents talk or work after a call.
    package var occupancy: Double { signedIn > .zero ? (talk + wrapUp).seconds / signedIn.seconds : 0 }
}
