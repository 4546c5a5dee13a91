package import DialModel
package import Ledger

extension LedgerModel {
    /// The attempt with this id; nil if there is none.
    package func attempt(_ id: AttemptID) -> AttemptRecord? { index(of: id).map { attempts[$0].record } }

    /// Whether an attempt has no outcome yet.
    package func isOpen(_ id: AttemptID) -> Bool { index(of: id).map { attempts[$0].record.outcome == nil } ?? false }

    /// The place of an attempt; the last ones are asked for most often.
    func index(of id: AttemptID) -> Int? { attempts.lastIndex { $0.record.id == id } }

    /// The dials to a callee, by whichever campaign, oldest first.
    ///
    /// By places, since a copy of each attempt costs more than everything else that a simulation does.
    package func dials(to number: PhoneNumber) -> [CalleeDial] {
        let places = attempts.indices.filter { attempts[$0].record.number == number }
        let dials = places.map { place in
            CalleeDial(
                lead: attempts[place].record.lead, at: attempts[place].record.claimedAt,
                callerID: attempts[place].record.callerID, outcome: attempts[place].record.outcome,
                endedAt: attempts[place].record.endedAt)
        }
        return dials.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// The figures of a campaign as the ledger should tell them.
    package func figures(of campaign: CampaignID, at now: Timestamp) -> CampaignFigures {
        let mine = leads.filter { $0.campaign == campaign }.map(\.record)
        let waiting = mine.compactMap(\.notBefore).filter { $0 > now }
        let closed = attempts.filter { $0.campaign == campaign }.compactMap(\.record.outcome)
        var outcomes = OutcomeCounts()
        for outcome in closed { outcomes[outcome] += 1 }
        let records = runs.filter { $0.campaign == campaign }.map(\.record)
        let lastRun = Array(records.reversed().prefix { $0.startedAt == records.last?.startedAt }.reversed())
        return CampaignFigures(
            leads: mine.count, due: mine.count { $0.state == .waiting } - waiting.count, waiting: waiting.count,
            dialing: mine.count { $0.state == .dialing },
            finished: LeadEnding.allCases.map { ending in
                .init(ending: ending, count: mine.count { $0.ending == ending })
            },
            openAttempts: open.count { attempts[$0].campaign == campaign },
            outcomes: outcomes, nextDueAt: waiting.filter { $0 != .never }.min(),
            lastRun: lastRun)
    }

    /// The attempts of a campaign that have no outcome, oldest first.
    package func openAttempts(of campaign: CampaignID) -> [OpenAttempt] {
        open.map { attempts[$0] }.filter { $0.campaign == campaign }.map { attempt in
            let record = attempt.record
            let lead = leads.first { $0.record.id == record.lead }
            let claim = Claim(
                attempt: record.id, lead: record.lead, number: record.number, callerID: record.callerID,
                history: lead?.history ?? OutcomeCounts(), list: lead?.list)
            return OpenAttempt(
                claim: claim, vendor: record.vendor, state: record.state, claimedAt: record.claimedAt,
                vendorCall: record.vendorCall, agent: record.agent, clock: clocks[record.run],
                answeredAt: record.answeredAt, connectedAt: record.connectedAt, cpa: record.cpa)
        }
    }

    /// How many finished calls people answered since an instant, and how many of those had no agent in time.
    package func liveAnswers(
        of campaign: CampaignID, since: Timestamp, agentWithin limit: Duration
    ) -> AbandonmentCount {
        var count = AbandonmentCount()
        for attempt in attempts where attempt.campaign == campaign {
            let record = attempt.record
            guard let outcome = record.outcome, record.cpa?.isLive ?? true else { continue }
            switch outcome {
            case .connected, .abandoned: break
            case .agentMissed where record.answeredAt != nil: break
            case .agentMissed, .machine, .busy, .noAnswer, .rejected, .invalidNumber, .unreachable, .congestion,
                .refused, .notPlaced, .unknown:
                continue
            }
            guard let began = record.answeredAt ?? record.connectedAt ?? record.endedAt, began >= since else {
                continue
            }
            count.live += 1
            let wait = record.connectedAt.map { $0 - (record.answeredAt ?? $0) }
            if wait.map({ $0 > limit }) ?? true { count.abandoned += 1 }
        }
        return count
    }
}
