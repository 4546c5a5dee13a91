import CallModel
import CampaignRunner
import Compliance
import DialEngine
import DialModel
import Forecast
import Ledger

/// A campaign of numbered leads without a database, and ways to rehearse it.
struct RehearsedCampaign {
    static let start = Timestamp(milliseconds: 1_767_582_000_000)  // 2026-01-05 11:00 in Shanghai, a Monday
    static let shanghai = ZoneRules(zone: TimeZoneID("Asia/Shanghai"), initialOffset: 8 * 3_600)

    var leads: CampaignLeads
    var engine = EngineSettings(style: .agentFirst)
    var centre = CentreSettings(agents: 10)
    var model = CallModelSettings()

    /// Leads with the numbers +86 154 1000 0000, … 0001 and so on; `change` is made to each.
    init(count: Int, order: LeadOrder = LeadOrder(), change: (inout LeadCandidate) -> Void = { _ in }) {
        leads = CampaignLeads(order: order, policy: CallerIDRotation([]))
        for index in 0..<count {
            guard let number = PhoneNumber(e164: "+86154\(10_000_000 + index)") else { continue }
            let id = LeadID(Int64(index + 1))
            var lead = LeadRecord(
                id: id, line: index + 2, number: number, originalNumber: number.e164, name: nil, fields: [],
                state: .waiting)
            lead.notBefore = Self.start
            lead.list = "list.csv"
            var candidate = LeadCandidate(
                lead: lead, candidate: ClaimCandidate(lead: id, number: number, history: OutcomeCounts()))
            change(&candidate)
            leads.add(candidate)
        }
    }

    var scenario: Scenario { Scenario(engine: engine, centre: centre, model: model) }

    func run(seed: UInt64 = 1, policy: any ClaimPolicy = CallerIDRotation(["0571"])) -> RunFigures {
        scenario.run(leads, policy: policy, start: Self.start, seed: seed)
    }

    func world(seed: UInt64 = 1, policy: any ClaimPolicy = CallerIDRotation(["0571"])) -> VirtualWorld {
        scenario.world(of: leads, policy: policy, start: Self.start, seed: seed)
    }

    /// Asks the gate as runs do: hours, caps and lists.
    static func gate(
        _ hours: CallingHours, caps: [AttemptCap] = [], numbers: any ClaimPolicy = CallerIDRotation(["0571"])
    ) -> GatePolicy {
        GatePolicy(lookBack: .seconds(2 * 86_400), numbers: numbers) { _ in
            GatePolicy.CalleeRules(
                places: [PlacedHours(clocks: shanghai, hours: hours, sources: [.named("test")])],
                rules: GateRules(caps: caps, guardTime: .seconds(30)))
        }
    }
}

/// Hands on every answer of another policy, and remembers when it was to dial whom.
final class WatchedPolicy: ClaimPolicy, @unchecked Sendable {
    private let inner: any ClaimPolicy
    /// Only one thread asks.
    private(set) var dials: [(lead: LeadID, number: PhoneNumber, at: Timestamp)] = []

    init(_ inner: any ClaimPolicy) { self.inner = inner }

    var lookBack: Duration { inner.lookBack }
    var doNotCall: DoNotCallQuestion { inner.doNotCall }

    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        let decision = inner.decide(on: candidate, at: now)
        if case .dial = decision { dials.append((candidate.lead, candidate.number, now)) }
        return decision
    }
}
