import CallModel
import CallerID
import DialEngine
import DialModel
import Foundation
import Ledger
import Pacing
import PlainLedger

/// A call centre that works day after day, with one run of the real runner and a real ledger.
struct CallCentre: Sendable {
    /// How many agents there are.
    var agents: Int
    /// How many days they work, one after the other.
    var days: Int
    /// How many hours a day, from about ten in the morning.
    var hours: Int
    /// How many leads arrive each day before the work begins: more than can be called, so that nobody ever waits for some.
    var leadsPerDay: Int

    /// What a day looks like when its work is almost over.
    struct Day: Sendable {
        /// Attempts in the ledger, counted one by one.
        var attempts: Int
        /// The calls that the vendor has placed.
        var placed: Int
        /// Attempts that the vendor has given a name.
        var named: Int
        /// What the ledger says without counting.
        var figures: CampaignFigures
        /// Transactions by which the runner has claimed leads and recorded what became of calls.
        var commits: Int
        /// Runs that there were.
        var runs: Int
        /// Bytes of the database and its journal.
        var fileSize: Int
        /// Bytes of memory of this process.
        var memory: Int
        /// How much is in each collection of the runner and what it holds, by its place.
        var collections: [String: Int]
    }

    /// Lets it all happen, with its ledger in a file that is not there yet, and tells of each day when it is almost over.
    func run(file: String, telling tell: (Day) -> Void) throws(LedgerError) -> [Day] {
        let simulation = try LiveSimulation(scenario, file: file)
        defer { simulation.close() }
        var seen: [Day] = []
        for day in 0..<days {
            try simulation.receive(leads(of: day), named: "day \(day)")
            let morning = Scenario.start + .seconds(day * 86_400)
            for hour in 1...24 {
                try simulation.run(until: morning + .seconds(hour * 3_600))
                simulation.live.world.forgetCalls(endedBefore: simulation.live.world.now - .seconds(3_600))
                guard hour == hours else { continue }
                seen.append(try simulation.lookAround(file: file))
                tell(seen[day])
            }
        }
        return seen
    }

    private func leads(of day: Int) -> [NewLead] {
        (0..<leadsPerDay).map { place in
            let digits = "+86154\(10_000_000 + day * leadsPerDay + place)"
            guard let number = PhoneNumber(e164: digits) else { preconditionFailure("number \(digits)") }
            return NewLead(line: place + 2, number: number, originalNumber: digits, name: nil, fields: [])
        }
    }

    private var scenario: Scenario {
        var scenario = Scenario(seed: 1).live
        scenario.leads = []
        scenario.table = []
        scenario.settings = settings
        scenario.runLength = nil
        let shifts = (0..<days).map { day in
            Duration.seconds(day * 86_400)..<Duration.seconds(day * 86_400 + hours * 3_600)
        }
        scenario.staff = Staff(shifts: Array(repeating: shifts, count: agents), breakShare: 0.02)
        scenario.vendor = VendorTraits(
            latency: 20...200, newsDelay: 10...400, observation: .seconds(10), tellsAgentsSingly: false,
            queueing: 0...50, recordLag: .seconds(60), provesAbsence: false, tellsTimes: true, clockError: .seconds(2),
            wrongAnalyses: 0.02, classifies: true, endsRinging: true, hangsUpOnMiss: false, keepsRecords: true,
            isBuiltIn: false)
        // No hand-off fails: some of those that do end the run, and these days are to be one.
        scenario.faults = FaultPlan(
            length: .seconds((days + 1) * 86_400),
            shares: [
                .answerLost: 0.002, .requestLost: 0.002, .newsLost: 0.004, .newsDoubled: 0.01, .newsLate: 0.004,
                .hangUpFailed: 0.01, .searchFailed: 0.05, .refused: 0.01,
            ], bursts: [], outages: [], kills: [], leaps: [], suspensions: [])
        scenario.rules = rules
        let numbers = (0..<agents).map { place in
            OutboundNumber(
                "0571\(88_000_000 + place)", pools: ["main"],
                limits: NumberLimits(weight: 1, maxConcurrent: 8, maxPerDay: nil, minGap: .zero, window: .always))
        }
        let choice = CallerIDRules(strategy: .leastUsed, regionMode: .any, calleeWindow: .always)
        scenario.numbers = .pool(numbers, choice)
        scenario.limits = AccountLimits()
        scenario.orders = []
        scenario.commitDelay = 0...0
        scenario.model = CallModel(settings: CallModelSettings(noShow: 0.01), seed: 7)
        return scenario
    }

    private var settings: EngineSettings {
        EngineSettings(
            style: .customerFirst(.predictive), maxLines: agents * 4, staysForRetries: true, handOff: .byEngine,
            control: CallControl(hangsUp: true), minimumRing: .seconds(15),
            abandonment: [
                AbandonmentAllowance(
                    limit: 0.03, nextWindows: (1...days).map { Scenario.start + .seconds($0 * 86_400) })
            ])
    }

    /// From eight to nine by the clocks of Shanghai, twice a day at most.
    private var rules: CalleeRules {
        guard let span = HourSpan(opens: 8 * 3_600, closes: 21 * 3_600) else { preconditionFailure("no hours") }
        let cap = AttemptCap(count: 2, period: .rolling(.seconds(86_400)), scope: .number, source: .named("simulated"))
        return CalleeRules(
            hours: span, clocks: ZoneRules(zone: TimeZoneID("Asia/Shanghai"), initialOffset: 8 * 3_600), caps: [cap],
            lockout: .seconds(72 * 3_600), guardTime: .seconds(60), listed: [], listedLater: [])
    }
}

extension LiveSimulation {
    /// A list arrives.
    func receive(_ leads: [NewLead], named name: String) throws(LedgerError) {
        let now = live.world.now
        _ = try ledger.halt { ledger throws(LedgerError) in
            try await ledger.importLeads(
                into: Simulation.campaign, file: ImportedFile(name: name, digest: name), from: WholeList(leads), at: now
            )
        }
    }

    /// Everything that there is at the moment.
    func lookAround(file: String) throws(LedgerError) -> CallCentre.Day {
        let now = live.world.now
        let figures = try ledger.halt { ledger throws(LedgerError) in
            try await ledger.figures(of: Simulation.campaign, at: now)
        }
        var (attempts, named, last) = (0, 0, AttemptID?.none)
        while true {
            let page = try ledger.halt { [last] ledger throws(LedgerError) in
                try await ledger.attempts(of: Simulation.campaign, after: last, limit: 1_000)
            }
            guard let end = page.last?.id else { break }
            attempts += page.count
            named += page.count { $0.vendorCall != nil }
            last = end
        }
        let sizes = [file, file + "-wal"].map { path in
            (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        }
        var census = Census()
        if let runner { census.count(runner, leavingOut: ["ledger", "seat", "vendor", "clock", "logger", "recorder"]) }
        return CallCentre.Day(
            attempts: attempts, placed: live.world.calls.endIndex, named: named, figures: figures,
            commits: ledger.commitCount, runs: processCount,
            fileSize: sizes.reduce(0, +), memory: Census.residentMemory, collections: census.sizes)
    }
}
