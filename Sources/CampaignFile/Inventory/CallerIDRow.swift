import DialModel
import Wording

/// Reads one row of an inventory.
struct CallerIDRow {
    let header: CallerIDHeader
    let row: CSVRow
    let findings: Findings

    /// Reads every cell even after an error in one; nil unless there is a number.
    func number() -> OutboundNumber? {
        if row.cells.dropFirst(header.names.count).contains(where: { !CellText.isBlank($0) }) {
            findings.error(
                ListPhrase.cellCount.filled(row.cells.count, header.names.count), line: row.line,
                hint: FixPhrase.quoteSeparator.phrase)
        }
        let number = self[.number]?.number()
        if self[.number] == nil { findings.error(ListPhrase.noNumber.phrase, line: row.line) }
        let isMainland = number.map { NumberText.callingCode($0) == NumberText.mainland } ?? false
        let region = region(.province, .city, isMainland: isMainland)
        let limits = limits(isMainland: isMainland)
        let kind = self[.kind]?.kind()
        let virtual = virtual(isMainland: isMainland)
        guard let number else { return nil }
        return OutboundNumber(
            number, region: region, skillGroups: self[.groups]?.words ?? [], pools: self[.pools]?.words ?? [],
            virtual: virtual, kind: kind, provider: self[.provider]?.text, limits: limits)
    }

    /// The cell of a column, if it says anything.
    private subscript(column: CallerIDColumn) -> CallerIDCell? {
        guard let place = header[column], row.cells.indices.contains(place.index) else { return nil }
        let text = CellText.header(row.cells[place.index])
        return text.isEmpty
            ? nil : CallerIDCell(name: place.name, text: text, line: row.line, findings: findings)
    }

    /// A province and city; only the provinces of mainland numbers are known.
    private func region(_ province: CallerIDColumn, _ city: CallerIDColumn, isMainland: Bool) -> NumberRegion {
        let name = self[province].flatMap { isMainland ? $0.province($0.text) : $0.text }
        return NumberRegion(province: name, city: self[city]?.text)
    }

    private func limits(isMainland: Bool) -> NumberLimits {
        let blocked = self[.blockedProvinces].map { cell in
            isMainland ? cell.words.compactMap(cell.province) : cell.words
        }
        return NumberLimits(
            weight: self[.weight]?.integer(in: 0...NumberLimits.largestWeight) ?? 1,
            maxConcurrent: self[.maxConcurrent]?.integer(in: 1...NumberLimits.mostConcurrent) ?? 1,
            maxPerDay: self[.maxPerDay]?.integer(in: 1...1_000_000), minGap: self[.minGap]?.duration() ?? .zero,
            blockedProvinces: blocked ?? [], window: self[.window]?.window() ?? .standard)
    }

    /// The virtual number; where it belongs is unknown unless its own columns say so.
    private func virtual(isMainland: Bool) -> VirtualNumber? {
        let region = region(.virtualProvince, .virtualCity, isMainland: isMainland)
        if let cell = self[.virtual] { return cell.virtual(in: region) }
        return (self[.virtualProvince] ?? self[.virtualCity])?.reject(ListPhrase.needsVirtual.phrase)
    }
}
