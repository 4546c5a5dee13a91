import CampaignFile
import Compliance
import DialModel
import Foundation
import Ledger
import Regions

/// Where the callees of a campaign live or may live: by their numbers, and by what its lists say besides.
struct Whereabouts: Sendable {
    private let province: String?
    private let zone: String?
    private let regions: RegionFinder
    private let clocks: ZoneClocks

    init(columns: ListColumns, regions: RegionFinder, clocks: ZoneClocks) {
        province = columns.province
        zone = columns.zone
        self.regions = regions
        self.clocks = clocks
    }

    /// Whether lists say anything.
    var readsFields: Bool { province != nil || zone != nil }

    /// Both what the number says and what the list says counts, since either may be out of date.
    func of(_ candidate: ClaimCandidate) -> CalleeWhereabouts {
        let place = regions.place(of: candidate.number)
        var callee = CalleeWhereabouts(
            regions: [place.region], clocks: place.zones.compactMap { clocks.rules(of: $0) })
        if let named = cell(province, of: candidate) {
            let country = place.region.country
            callee.regions.append(
                Region(country: country, province: RegionFinder.province(named: named, of: country)))
        }
        if let named = cell(zone, of: candidate) {
            guard let rules = clocks.rules(of: TimeZoneID(named)) else {
                // Nobody knows what it means, and then nobody knows where the callee lives.
                return CalleeWhereabouts(regions: callee.regions, clocks: [], isUnreadable: true)
            }
            if !callee.clocks.contains(rules) { callee.clocks.append(rules) }
        }
        return callee
    }

    private func cell(_ column: String?, of candidate: ClaimCandidate) -> String? {
        guard let column, let name = ListColumnName.find(column, among: candidate.fields.map(\.name)) else {
            return nil
        }
        let value = candidate.fields.first { $0.name == name }?.value.trimmingCharacters(in: .whitespacesAndNewlines)
        return value.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension CampaignFolder {
    /// The clocks by which days of the campaign's lists end: those of its hours, or else of this machine.
    var clocks: ZoneRules {
        let clocks = ZoneClocks()
        return campaign.hours?.zone.flatMap { clocks.rules(of: $0) } ?? clocks.ofThisMachine
    }
}

extension ZoneClocks {
    /// The clocks of the zone that this machine is set to.
    var ofThisMachine: ZoneRules {
        rules(of: TimeZoneID(TimeZone.current.identifier)) ?? ZoneRules.utc
    }
}
