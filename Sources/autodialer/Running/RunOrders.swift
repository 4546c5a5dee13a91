import CampaignRunner
import DialEngine
import DialModel
import Ledger
import Logging
import RunControl
import Telephony
import Wording

/// What a campaign's run answers to those who act on it from another shell.
struct RunOrders: ControlHandler {
    let campaign: (name: String, id: CampaignID)
    let run: CampaignRun
    let notes: Notes
    let record: OrderRecord
    let monitor: RunMonitor

    /// One for each of its accounts, which have agents and calls of their own.
    private var runners: [CampaignRunner] { run.parts.map(\.runner) }
    private var clock: SystemClock { run.clock }

    func answer(_ request: ControlRequest, from peer: ControlPeer) async throws(ControlError) -> ControlAnswer {
        switch request {
        case .agents(let reveal): return await agents(reveal: reveal)
        case .calls(let reveal): return await calls(reveal: reveal)
        case .glance: return .glance(await monitor.glance(of: run, notes))
        case .order(let order):
            let name = peer.name
            do throws(OrderRefusal) {
                let words = try await carryOut(order, by: name)
                await record.keep(order, of: campaign, by: name, at: clock.now, refusal: nil)
                return .done(words.english)
            } catch {
                await record.keep(order, of: campaign, by: name, at: clock.now, refusal: error)
                throw ControlError(error)
            }
        }
    }

    /// Does what was ordered, and says in words what that comes to.
    private func carryOut(_ order: ControlOrder, by name: String) async throws(OrderRefusal) -> Phrase {
        switch order {
        case .pause:
            try await each { runner throws(OrderRefusal) in try await runner.pause(by: name) }
            return OrderPhrase.paused.phrase
        case .resume:
            var wasPaused = false
            try await each { runner throws(OrderRefusal) in wasPaused = try await runner.resume() || wasPaused }
            return (wasPaused ? OrderPhrase.resumed : .wasNotPaused).phrase
        case .drain:
            try await each { runner throws(OrderRefusal) in try await runner.drain() }
            return OrderPhrase.draining.phrase
        case .agent(let order, let agent):
            try await runner(of: agent).order(order, of: agent)
            return order.told.filled(agent)
        case .call(let intervention, let call):
            try await runner(of: call).intervene(intervention, in: call, by: name)
            return intervention.asked.filled(call.value, intervention.phone ?? "")
        }
    }

    /// Gives an order to all; throws what one of them said where none takes it, as the runs of some accounts may be over.
    private func each(_ order: (CampaignRunner) async throws(OrderRefusal) -> Void) async throws(OrderRefusal) {
        var refusals: [OrderRefusal] = []
        for runner in runners {
            do throws(OrderRefusal) {
                try await order(runner)
            } catch {
                refusals.append(error)
            }
        }
        if refusals.count == runners.count, let refusal = refusals.first { throw refusal }
    }

    /// Whoever knows the agent, or anybody, who then says that they are not there.
    private func runner(of agent: AgentID) async -> CampaignRunner {
        for runner in runners where await runner.agents().contains(where: { $0.id == agent }) { return runner }
        return runners[0]
    }

    /// Whoever has the call, or anybody, who then says that it is not there.
    private func runner(of call: AttemptID) async -> CampaignRunner {
        for runner in runners where await runner.calls().contains(where: { $0.attempt == call }) { return runner }
        return runners[0]
    }

    private func agents(reveal: Bool) async -> ControlAnswer {
        var lines: [AgentLine] = []
        for runner in runners { lines += await runner.agentLines(reveal: reveal) }
        return .agents(lines, at: clock.now)
    }

    private func calls(reveal: Bool) async -> ControlAnswer {
        var lines: [CallLine] = []
        for runner in runners {
            lines += await runner.calls().map { call in
                CallLine(
                    call: call.attempt.value, number: call.number.text(reveal: reveal), state: call.state.rawValue,
                    since: call.since, agent: call.agent?.value, callerID: call.callerID)
            }
        }
        return .calls(lines.sorted { $0.call < $1.call }, at: clock.now)
    }
}

/// Keeps a record of who ordered what, when, and what came of it: in the run's log and in the audit log.
struct OrderRecord: Sendable {
    private let logger: Logger
    private let ledger: any AuditLedger

    /// A record that the run's log shows, however little else it shows.
    init(_ logger: Logger, in ledger: any AuditLedger) {
        self.ledger = ledger
        var logger = logger
        logger.logLevel = min(logger.logLevel, .notice)
        self.logger = logger
    }

    func keep(
        _ order: ControlOrder, of campaign: (name: String, id: CampaignID), by name: String, at now: Timestamp,
        refusal: OrderRefusal?
    ) async {
        var facts: Logger.Metadata = [
            "campaign": "\(campaign.name)", "order": "\(order.words)", "by": "\(name)", "at": "\(now.iso8601UTC)",
        ]
        if let refusal { facts["refused"] = "\(refusal.reason.english)" }
        logger.notice("order", metadata: facts)
        var audited = AuditFacts()
        audited.add("order", text: order.words)
        audited.add("refused", text: refusal?.reason.english)
        do throws(LedgerError) {
            try await ledger.record(.ordered, audited, of: campaign.id, by: name, at: now)
        } catch {
            // What was ordered has happened, and whoever ordered it is told so.
            logger.error("an order is missing in the audit log", metadata: ["because": "\(error)"])
        }
    }
}

extension ControlError {
    init(_ refusal: OrderRefusal) {
        let code: Code =
            switch refusal.kind {
            case .notThere: .notThere
            case .refused: .refused
            case .unavailable: .unavailable
            case .uncertain: .uncertain
            }
        self.init(code, refusal.reason)
    }
}

extension ControlOrder {
    /// The order in as few words as the record needs.
    var words: String {
        switch self {
        case .pause: "pause"
        case .resume: "resume"
        case .drain: "drain"
        case .agent(let order, let agent): "\(order.rawValue) agent \(agent)"
        case .call(let intervention, let call):
            "\(intervention.word) call \(call.value)"
                + (intervention.phone.map { " as " + Masking.text($0, reveal: false) } ?? "")
        }
    }
}

extension AgentOrder {
    /// What came of the order.
    fileprivate var told: OrderPhrase {
        switch self {
        case .makeReady: .ready
        case .sendOnBreak: .onBreak
        case .signOut: .signedOut
        }
    }
}

extension CallIntervention {
    fileprivate var phone: String? {
        switch self {
        case .listen(let phone), .barge(let phone), .take(let phone), .consult(let phone): phone
        case .drop, .hold, .retrieve, .cancelConsult, .conference, .transfer, .startRecording, .stopRecording: nil
        }
    }

    /// What came of the order.
    fileprivate var asked: OrderPhrase {
        switch self {
        case .listen: .listen
        case .barge: .barge
        case .take: .take
        case .drop: .drop
        case .hold: .hold
        case .retrieve: .retrieve
        case .consult: .consult
        case .cancelConsult: .cancelConsult
        case .conference: .conference
        case .transfer: .transfer
        case .startRecording: .record
        case .stopRecording: .recordNoLonger
        }
    }
}
