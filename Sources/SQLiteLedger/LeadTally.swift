import DialModel
import StoredLedger

/// How many leads an import has added to its campaign, by where they stand: known to whoever adds them, where looking at
/// them once more would take a sixth of the import (measured).
struct LeadTally {
    private struct Place: Hashable {
        var state: LeadState
        var ending: LeadEnding?
    }

    private var counts: [Place: Int] = [:]

    /// Begins with the leads that others have added and not counted.
    init(of campaign: CampaignID?, in db: any StoreSession) throws {
        try CampaignRows(db: db).countNewLeads(of: campaign)
    }

    mutating func add(_ count: Int, _ state: LeadState, _ ending: LeadEnding?) {
        counts[Place(state: state, ending: ending), default: 0] += count
    }

    /// Adds what was counted to what is known of the campaign; from then on triggers follow the leads.
    func write(to campaign: Int64?, in db: any StoreSession) throws {
        for (place, count) in counts where count > 0 {
            try db.execute(
                """
                INSERT INTO lead_counts (campaign, state, ending, leads) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET leads = leads + excluded.leads
                """, [campaign, place.state.rawValue, place.ending?.rawValue ?? "", count])
        }
        try db.execute(Self.haveAllCounted, [])
    }

    /// Says that no lead is there that is not counted.
    static let haveAllCounted = """
        UPDATE counted_leads SET through = (SELECT coalesce(max(id), 0) FROM leads) WHERE id = 1
        """
}
