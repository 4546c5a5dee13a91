import CampaignFile
import DialModel
import Foundation
import Regions
import Wording

extension CampaignFolder {
    /// Where numbers belong, by the numbering plan and, before that, by the campaign's own file of regions.
    func regionFinder() throws(Failure) -> RegionFinder {
        guard let file = settingFile(.regions) else { return RegionFinder() }
        let (rows, findings) = CSVTable.parse(bytes: try file.content.get(), file: file.path)
        guard let rows else { throw Failure(.badInput, diagnostics: findings) }
        let (overrides, diagnostics) = RegionOverrides.parse(rows.map { ($0.line, $0.cells) }, file: file.path)
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            throw Failure(.badInput, diagnostics: diagnostics)
        }
        return RegionFinder(overrides: overrides)
    }
}

extension NumberRegion {
    /// Province and city of a region, by which numbers are compared.
    init(_ region: Region) {
        self.init(province: region.province, city: region.city)
    }
}

extension DialSettings {
    /// The digits to dial before a number: those of its country, or else the general ones.
    func prefixes(by regions: RegionFinder) -> @Sendable (PhoneNumber) -> String {
        let general = prefix
        let special = Dictionary(prefixes.map { ($0.country, $0.prefix) }) { first, _ in first }
        guard !special.isEmpty else { return { _ in general } }
        return { number in regions.place(of: number).region.country.flatMap { special[$0] } ?? general }
    }
}
