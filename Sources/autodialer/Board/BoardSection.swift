/// A part of a board: its lines, how many of them it needs, and what goes before it.
struct BoardSection {
    /// Whole.
    var lines: [BoardLine]
    /// With fewer lines it is not worth showing.
    var least = 1
    /// Sections of a lower rank are given their lines first.
    var rank: Int
    /// What stands in the place of the last line where some are left out, for their number; nil leaves them out silently.
    var more: ((Int) -> BoardLine)?

    /// The section with an empty line before it, which is shown with it or not at all.
    var apart: BoardSection {
        var section = self
        section.lines.insert(BoardLine(""), at: 0)
        section.least += 1
        return section
    }

    /// The first of its lines.
    func cut(to count: Int) -> [BoardLine] {
        guard count < lines.count, count > 1, let more else { return Array(lines.prefix(count)) }
        return lines.prefix(count - 1) + [more(lines.count - count + 1)]
    }

    /// The sections one below the other, in as many lines as there are: first what is needed, by rank.
    static func stacked(_ sections: [BoardSection], height: Int) -> [BoardLine] {
        let byRank = sections.indices.sorted { (sections[$0].rank, $0) < (sections[$1].rank, $1) }
        var counts = [Int](repeating: 0, count: sections.count)
        var room = height
        for index in byRank {
            let wanted = min(sections[index].least, sections[index].lines.count)
            if wanted <= room {
                counts[index] = wanted
                room -= wanted
            }
        }
        // A line for each in turn, so that no long table takes all that is left.
        while room > 0, case let growing = byRank.filter({ counts[$0] > 0 && counts[$0] < sections[$0].lines.count }),
            !growing.isEmpty
        {
            for index in growing.prefix(room) { counts[index] += 1 }
            room -= min(room, growing.count)
        }
        return sections.indices.flatMap { sections[$0].cut(to: counts[$0]) }
    }
}
