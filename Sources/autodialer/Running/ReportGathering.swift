import CampaignFile
import CampaignReport
import Compliance
import DialModel
import Foundation
import Ledger
import Regions
import SQLiteLedger
import StoredLedger

/// Gathers what a report says of one campaign.
struct ReportGathering {
    let folder: CampaignFolder
    let ledger: any LedgerStore
    let now: Timestamp
    /// The machine's clocks.
    let clocks: ZoneRules

    init(_ folder: CampaignFolder, in ledger: any LedgerStore, at now: Timestamp) {
        self.folder = folder
        self.ledger = ledger
        self.now = now
        clocks = ZoneClocks().rules(of: TimeZoneID(TimeZone.current.identifier)) ?? .utc
    }

    /// The figures of a period, from an instant on and until another; all of the campaign without them.
    func figures(of id: CampaignID, from: Timestamp? = nil, until: Timestamp? = nil) async throws -> ReportFigures {
        let regions = try folder.regionFinder()
        var question = ReportQuestion(now: now)
        if let from { question.from = from }
        if let until { question.until = until }
        question.dayOffset = clocks.offset(at: until ?? now)
        question.prefixLength = regions.longestOverride
        question.accounts = folder.campaign.routing.accounts
        question.shortCall = folder.campaign.agents.shortCall
        let calls = ReportCalls(
            profile: try folder.ruleSet(for: folder.accounts(lookingUpSecrets: false)).profile,
            limit: folder.campaign.abandonmentLimit,
            firstCall: try await ledger.firstAttempt(of: id) ?? now, question, regions: regions)
        var tally = try await ledger.tally(of: id, question, telling: calls)
        tally.troubles = tally.troubles.map { .init(Masking.text($0.word, reveal: false), $0.count) }
        return ReportFigures(
            tally: tally, regions: calls.regionTally, abandonment: calls.abandonment(by: clocks))
    }
}

/// What a report makes of calls and numbers while the ledger goes through them.
///
/// `@unchecked Sendable`: the ledger tells from one thread at a time, and nobody else looks before it is done.
final class ReportCalls: ReportReader, @unchecked Sendable {
    private(set) var regionTally = RegionTally()
    private let regions: RegionFinder
    private let question: ReportQuestion
    private let ownRules: String
    private var measures: [(rules: String, measure: EvidenceMeasure)]
    private var figures: AbandonmentFigures

    /// Measures by the rules of the campaign, and by those of all others that set a line.
    init(
        profile: RuleProfile, limit: Double?, firstCall: Timestamp, _ question: ReportQuestion, regions: RegionFinder
    ) {
        self.regions = regions
        self.question = question
        ownRules = profile.name
        let others = RuleProfiles.names.filter { $0 != profile.name }.compactMap(RuleProfiles.profile)
        let clocks = ZoneClocks()
        measures = ([profile] + others).compactMap { profile in
            profile.abandonment.map { rule in
                let measure = EvidenceMeasure(rule: rule, firstCall: firstCall, regions: regions, clocks: clocks)
                return (profile.name, measure)
            }
        }
        let limits = [limit, profile.abandonment.map { Double($0.limitPerMille.value) / 1_000 }]
        figures = AbandonmentFigures(
            rules: profile.name, limit: limits.compactMap(\.self).min(),
            agentWithin: measures.first?.measure.rule.agentWithin.value ?? .seconds(2))
    }

    func dialled(_ number: PhoneNumber, _ dials: DialTally) {
        let place = regions.place(of: number)
        regionTally.add(place.region, zones: place.zones.count, dials)
    }

    func answered(_ attempt: AttemptRecord) {
        for index in measures.indices { measures[index].measure.add(attempt) }
        guard attempt.claimedAt >= question.from, attempt.claimedAt < question.until, let call = AnsweredCall(attempt)
        else { return }
        figures.count.count(call, within: figures.agentWithin)
        guard call.isAbandoned(within: figures.agentWithin) else { return }
        if figures.calls.count == AbandonmentFigures.callLimit { figures.calls.removeFirst() }
        figures.calls.append(.init(attempt, call))
    }

    /// What was counted, with the windows that touch the period.
    func abandonment(by clocks: ZoneRules) -> AbandonmentFigures {
        var figures = figures
        figures.lines = measures.map { rules, measure in
            AbandonmentFigures.Line(
                rules: rules, isOwn: rules == ownRules, rule: measure.rule,
                windows: measure.windows.filter { touchesPeriod($0, clocks) })
        }
        return figures
    }

    private func touchesPeriod(_ window: AbandonmentEvidence.Window, _ clocks: ZoneRules) -> Bool {
        let from = window.from ?? window.day?.start(by: clocks) ?? question.from
        let until = window.until ?? window.day?.advanced(by: 1).start(by: clocks) ?? question.until
        return from < question.until && until > question.from
    }
}

extension AbandonmentFigures.Call {
    /// A call that was abandoned, as a report tells of it.
    fileprivate init(_ attempt: AttemptRecord, _ call: AnsweredCall) {
        let end = attempt.connectedAt ?? attempt.endedAt
        let heard: Heard =
            attempt.connectedAt != nil ? .agent : attempt.messageAt != nil ? .message : .nothingKnown
        self.init(
            attempt: attempt.id, at: call.greetedAt, number: attempt.number.masked,
            waited: attempt.answeredAt.flatMap { answeredAt in end.map { $0 - answeredAt } }, heard: heard)
    }
}
