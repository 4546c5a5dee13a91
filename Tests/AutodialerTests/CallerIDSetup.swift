import CallerID
import DialModel
import Foundation
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

/// An inventory of two cities in one province and one number elsewhere, and attempts that showed some of it.
enum CallerIDSetup {
    static let inventory = """
        number,province,city,pools,max_per_day
        051488880001,江苏,扬州,east,1
        051488880002,江苏,扬州,east,100
        02588880003,江苏,南京,east,100
        01088880004,北京,北京,north,100
        4008880005,,,service,

        """

    /// A number of Yangzhou, as a list would have it.
    static let callee = "051487654321"

    /// An attempt that showed a number.
    struct Shown {
        var callerID: String?
        var explanation: String?
        var outcome: CallOutcome = .noAnswer
        var reported: String?
    }

    /// Puts attempts into the database of a place, a lead and an ended call for each; tells the instant of the dials.
    static func attempts(_ shown: [Shown], in place: Workplace) async throws {
        let ledger = try await SQLiteLedger.open(at: place.file("autodialer.sqlite"), access: .readWriteCreate)
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let campaign = try await ledger.openCampaign(named: "trial", at: now)
        _ = try await ledger.importLeads(
            into: campaign, file: ImportedFile(name: "list", digest: "0"), from: Leads(count: shown.count), at: now)
        let run = try await ledger.beginRun(of: campaign, vendor: "simulator.alibaba", by: nil, at: now)
        for one in shown {
            let request = ClaimRequest(
                campaign: campaign, run: run, vendor: "simulator.alibaba", count: 1, now: now,
                policy: Fixed(decision: .dial(callerID: one.callerID, explanation: one.explanation)))
            let claims = try await ledger.commit([], claiming: request).claims
            let attempt = try #require(claims.first).attempt
            let closing = AttemptClosing(
                outcome: one.outcome, endedAt: now, answeredAt: nil, connectedAt: nil, talk: nil, agent: nil,
                vendorReason: "", shownCallerID: one.reported, lead: .finish(.notRetried))
            _ = try await ledger.commit([.closed(attempt, closing)], claiming: nil)
        }
        await ledger.close()
    }

    /// The explanation of a choice among two numbers of Yangzhou, of which the first has rested longer.
    static func explanation(pausedToo count: Int = 1) throws -> (text: String, number: String) {
        let now = Timestamp(milliseconds: 1_768_356_000_000)
        let rules = CallerIDRules(strategy: .roundRobin)
        let members = ["051488880001", "051488880002"].enumerated().map { index, number in
            PoolMember(
                OutboundNumber(number, region: NumberRegion(province: "江苏", city: "扬州")),
                usage: NumberUsage(dials: 3, lastDialAt: now - .seconds(7_200 - index * 3_600)))
        }
        let paused = (0..<count).map { PoolMember(OutboundNumber("0258888000\($0)", status: .paused)) }
        let request = CallerIDRequest(region: NumberRegion(province: "江苏省", city: "扬州市"))
        let selection = CallerIDSelection.select(
            request, from: PoolSnapshot(rules: rules, members: members + paused), at: now, seed: 1)
        let explanation = PickExplanation(selection, of: request, under: rules, at: now, seed: 1)
        return (String(decoding: try JSONEncoder().encode(explanation), as: UTF8.self), "051488880001")
    }

    private struct Fixed: ClaimPolicy {
        var decision: ClaimDecision

        func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision { decision }
    }

    /// `@unchecked Sendable`: only the ledger's executor asks, one question after the other.
    private final class Leads: LeadSource, @unchecked Sendable {
        let rejectedCount = 0
        private var rest: [NewLead]

        init(count: Int) {
            rest = (0..<count).compactMap { index in
                let national = ScriptedList.number(.answers, index)
                return PhoneNumber(e164: "+86" + national).map {
                    NewLead(line: index + 2, number: $0, originalNumber: national, name: nil, fields: [])
                }
            }
        }

        func nextBatch() -> [NewLead]? {
            defer { rest = [] }
            return rest.isEmpty ? nil : rest
        }

        func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) {}
    }
}

extension Workplace {
    /// A place with the campaign `trial` and an inventory.
    static func withCallerIDs(_ inventory: String = CallerIDSetup.inventory) async throws -> Workplace {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 1))
        try place.write("numbers.csv", inventory)
        try await place.succeed("caller-ids import numbers.csv --account simulator.alibaba")
        return place
    }
}
