import CampaignRunner
import DialEngine
import DialModel
import Foundation
import Ledger
import Logging
import PlainLedger
import SQLiteLedger
import StoredLedger
import Telephony
import TestSupport

/// A campaign in the same world, with the real runner and a real ledger: all of it on one thread, and nothing happens
/// before everything that can be done at once is done.
///
/// `@unchecked Sendable`: see above.
final class LiveSimulation: @unchecked Sendable {
    private let scenario: Scenario
    let live: LiveWorld
    private let disk: SQLiteLedger
    let ledger: HaltingLedger
    private let thread = OneThread()
    private(set) var runner: CampaignRunner?
    /// How the run ended that has just ended.
    private var ended: Result<RunEnding, LedgerError>?
    private(set) var processCount = 0
    private var wallOffset = Duration.zero
    private var house: Set<PhoneNumber>
    private var isOver = false

    /// A simulation whose ledger is `file`, which is not there yet.
    init(_ scenario: Scenario, file: String) throws(LedgerError) {
        self.scenario = scenario
        live = LiveWorld(SimulatedWorld(scenario))
        house = Set(scenario.rules.listed)
        let opened = Standstill<Result<SQLiteLedger, LedgerError>>.during {
            do throws(LedgerError) {
                return .success(try await SQLiteLedger.open(at: file, access: .readWriteCreate))
            } catch {
                return .failure(error)
            }
        }
        disk = try opened.get()
        ledger = HaltingLedger(disk, in: live)
        try fillLedger()
    }

    /// Lets everything happen, and returns the campaign's attempts in the end; nil if it never ends.
    func run() throws(LedgerError) -> [AttemptRecord]? {
        var happeningCount = 0
        while !isOver, processCount < Simulation.processLimit, happeningCount < Simulation.happeningLimit {
            happeningCount += 1
            guard try goOn(before: Timestamp(milliseconds: .max)) else { return nil }
        }
        guard isOver else { return nil }
        return try ledger.halt { ledger throws(LedgerError) in
            try await ledger.attempts(of: Simulation.campaign, after: nil, limit: 100_000)
        }
    }

    /// Lets everything happen that does before an instant.
    func run(until end: Timestamp) throws(LedgerError) {
        while try goOn(before: end) {}
    }

    /// Lets the next thing happen; false if nothing does before that instant.
    private func goOn(before end: Timestamp) throws(LedgerError) -> Bool {
        thread.runUntilIdle()
        if let ended {
            try finish(ended)
            return true
        }
        guard let next = live.world.agenda.next, next < end, let happening = live.world.agenda.takeNext() else {
            return false
        }
        if !live.world.happen(happening) { try happen(happening) }
        live.world.facts.removeAll(keepingCapacity: true)
        return true
    }

    /// Closes the ledger.
    func close() {
        let disk = disk
        Standstill.during { await disk.close() }
    }

    private func happen(_ happening: Happening) throws(LedgerError) {
        let isHeard = { (number: Int) in number == self.live.world.process }
        switch happening {
        case .starts: try start()
        case .wakes(let number): if isHeard(number) { live.wake() }
        case .commits(let number): if isHeard(number) { live.endCommit() }
        case .answered(let answer, let request): if isHeard(request.process) { live.answer(request, answer) }
        case .told(.event(let event), let number): if isHeard(number) { live.tell(event) }
        case .ordered(let order): carryOut(order)
        case .leaps(let length): wallOffset += length
        case .listed(let number): try list(number)
        case .rivalCalls(let number): try rivalCalls(number)
        case .rivalEnds(let attempt): try rivalEnds(attempt)
        case .told(.agent, _), .departs, .arrives, .call, .agent, .observes, .outage, .dialsByItself, .isSuspended:
            preconditionFailure("not of this level: \(happening)")
        }
    }

    // MARK: Processes

    private func start() throws(LedgerError) {
        processCount += 1
        live.world.begin(processCount, clockOffset: wallOffset)
        let (now, clock) = (live.world.processNow, live.world.clock)
        let run = try ledger.halt { ledger throws(LedgerError) in
            try await ledger.beginRun(of: Simulation.campaign, vendor: Scenario.account, by: clock, at: now)
        }
        let plan = RunPlan(
            campaign: Simulation.campaign, run: run, vendorName: Scenario.account, prefix: { _ in "" },
            engine: scenario.settings(startingAt: now, by: clock), policy: scenario.policy(), limits: scenario.limits)
        let runner = CampaignRunner(
            plan: plan, ledger: ledger, vendor: LiveVendor(live), clock: LiveClock(live: live),
            logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() })
        self.runner = runner
        Task(executorPreference: thread) {
            do throws(LedgerError) {
                self.ended = .success(try await runner.run())
            } catch {
                self.ended = .failure(error)
            }
        }
    }

    private func finish(_ result: Result<RunEnding, LedgerError>) throws(LedgerError) {
        ended = nil
        runner = nil
        let ending = try? result.get()
        live.world.leave(wasKilled: ending == nil)
        guard ending != nil, try isSettled() else {
            return live.world.planNextStart(after: ending, wallOffset: wallOffset, processCount)
        }
        isOver = true
    }

    private func isSettled() throws(LedgerError) -> Bool {
        let open = try ledger.halt { ledger throws(LedgerError) in
            try await ledger.openAttempts(of: Simulation.campaign)
        }
        let leads = try ledger.halt { ledger throws(LedgerError) in
            try await ledger.leads(of: Simulation.campaign, after: nil, limit: 1_000)
        }
        return open.isEmpty && live.world.isSettled(leads: leads, house: house)
    }

    // MARK: What others do

    private func carryOut(_ order: Order.Kind) {
        guard let runner else { return }
        Task(executorPreference: thread) {
            switch order {
            case .pause: try? await runner.pause(by: "operator")
            case .resume: _ = try? await runner.resume()
            case .stop: try? await runner.drain()
            case .others: break
            case .drop(let place):
                let calls = await runner.calls()
                guard !calls.isEmpty else { return }
                let attempt = calls[place % calls.count].attempt
                try? await runner.intervene(.drop, in: attempt, by: "supervisor")
            }
        }
    }

    private func list(_ number: PhoneNumber) throws(LedgerError) {
        house.insert(number)
        let (disk, now) = (disk, live.world.now)
        let entry = DoNotCallEntry(DoNotCallPattern(number))
        _ = try ledger.halt { _ throws(LedgerError) in
            try await disk.addDoNotCall(
                [entry], to: DoNotCallListName(DoNotCallListName.house), hashed: false, because: "asked", at: now)
        }
    }

    private func rivalCalls(_ number: PhoneNumber) throws(LedgerError) {
        let request = OneNumber.request(for: number, at: live.world.now + wallOffset)
        let claims = try ledger.halt { ledger throws(LedgerError) in
            try await ledger.commit([], claiming: request).claims
        }
        guard let claim = claims.first else { return }
        live.world.planRivalEnd(claim.attempt)
    }

    private func rivalEnds(_ attempt: AttemptID) throws(LedgerError) {
        let ending = AttemptChange.ofRival(attempt, at: live.world.now + wallOffset)
        _ = try ledger.halt { ledger throws(LedgerError) in try await ledger.commit([ending], claiming: nil) }
    }

    private func fillLedger() throws(LedgerError) {
        let (disk, scenario, house) = (disk, scenario, house)
        _ = try ledger.halt { ledger throws(LedgerError) in
            for (index, name) in ["campaign", "rivals"].enumerated() {
                let campaign = try await ledger.openCampaign(named: name, at: Scenario.start)
                _ = try await ledger.importLeads(
                    into: campaign, file: ImportedFile(name: index == 0 ? "list.csv" : "rivals.csv", digest: name),
                    from: WholeList(scenario.leads), at: Scenario.start)
            }
            _ = try await ledger.beginRun(of: Simulation.rivals, vendor: "rival", by: nil, at: Scenario.start)
            let entries = house.map { DoNotCallEntry(DoNotCallPattern($0)) }
            _ = try await disk.addDoNotCall(
                entries, to: DoNotCallListName(DoNotCallListName.house), hashed: false, because: "asked",
                at: Scenario.start)
            guard case .pool(let numbers, _) = scenario.numbers else { return }
            _ = try await disk.importCallerIDs(numbers, into: Scenario.account, replacing: true, at: Scenario.start)
        }
    }
}

/// A list that is handed over at once.
final class WholeList: LeadSource, @unchecked Sendable {
    private var leads: [NewLead]?

    init(_ leads: [NewLead]) { self.leads = leads }

    func nextBatch() throws -> [NewLead]? {
        defer { leads = nil }
        return leads
    }

    func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws {}
    var rejectedCount: Int { 0 }
}
