import DialModel
import Ledger
import Wording

/// A cell of a table or a map with its rate.
struct RatedCell {
    /// What it is the rate of.
    var name: String
    /// What stands in it where there is room for a short name only.
    var shortName = ""
    var row: Int
    var column: Int
    var dials: DialTally

    /// The share of its dials that a person answered.
    var rate: Double { dials.dials > 0 ? Double(dials.live) / Double(dials.dials) : 0 }
}

/// The rates of cells that are shown together.
struct Rating {
    /// Those of enough dials, which alone are compared.
    let known: [RatedCell]
    /// Their shades.
    let scale: HeatScale

    init(_ cells: [RatedCell]) {
        known = cells.filter { $0.dials.dials >= HeatScale.fewest }
        scale = HeatScale(known.map(\.rate))
    }

    /// The cells with the highest and the lowest rate; nil where it may be by chance that they differ.
    var extremes: (best: RatedCell, worst: RatedCell)? {
        guard known.count > 1, let best = known.max(by: { $0.rate < $1.rate }),
            let worst = known.min(by: { $0.rate < $1.rate }),
            Interval(best.dials.live, of: best.dials.dials).isApart(
                from: Interval(worst.dials.live, of: worst.dials.dials))
        else { return nil }
        return (best, worst)
    }
}

extension ReportPage {
    /// The cells of a heat table or a map, each with its share and, where it is named, its short name.
    func heatCells(_ cells: [RatedCell], _ rating: Rating, named: Bool) -> [HeatTable.Cell] {
        cells.map { cell in
            let share = "\(Int((cell.rate * 100).rounded()))"
            return HeatTable.Cell(
                row: cell.row, column: cell.column, text: named ? (cell.shortName, share) : (share, ""),
                title: say(
                    TimePhrase.cell, cell.name, text.share(cell.dials.live, of: cell.dials.dials),
                    text.count(cell.dials.dials)),
                level: rating.scale.level(cell.dials.live, of: cell.dials.dials))
        }
    }

    /// What the shades mean.
    func legend(of rating: Rating) -> [Markup] {
        let steps = rating.known.isEmpty ? [] : rating.scale.steps
        return steps.map { step in
            let range = say(
                TimePhrase.key, "\(Int(step.low.rounded()))", text.percent(step.high / 100).replacing(".0", with: ""))
            return Shape.key(step.level.style, range)
        } + [Shape.key("few", say(TimePhrase.few))]
    }

    /// What there is to see of rates, in words.
    func describe(_ rating: Rating, by phrase: some PhraseTable) -> String {
        say(phrase, text.percent(Double(rating.scale.low) / 100), text.percent(Double(rating.scale.high) / 100))
    }

    /// Rates as a table.
    func rateTable(_ title: String, name: String, _ cells: [RatedCell]) -> Table {
        Table(
            title, name: name, figures: rateHeaders, rows: cells.map { [$0.name] + rateCells($0.dials) })
    }

    /// The headers of `rateCells`.
    var rateHeaders: [String] {
        [
            say(PagePhrase.dials), say(PagePhrase.answered), say(PagePhrase.answerRate), say(PlaceRatePhrase.range),
            say(PagePhrase.talkedCalls),
        ]
    }

    /// Dials, answers and their rate with its range.
    func rateCells(_ dials: DialTally) -> [String] {
        let interval = Interval(dials.live, of: dials.dials)
        let range = dials.dials > 0 ? "\(text.percent(interval.low))–\(text.percent(interval.high))" : FigureText.none
        return [
            text.count(dials.dials), text.count(dials.live), text.share(dials.live, of: dials.dials), range,
            text.count(dials.connected),
        ]
    }
}

/// Where people answer, and to which numbers.
extension ReportPage {
    /// At most so many regions are told one by one.
    private static let regionLimit = 60

    var regions: Markup {
        let rows = figures.regions.filter { $0.dials.dials > 0 }
        let maps = TileMap.all.compactMap { map -> Markup? in
            let own = rows.filter { $0.country == map.country }
            let cells = cells(of: map, own)
            return cells.isEmpty
                ? nil
                : figure(
                    of: map, cells,
                    regionTable(
                        own, title: say(PlaceRatePhrase.regionMap, say(word: map.country, of: CountryPhrase.self))))
        }
        let known = rows.filter { $0.province != nil && $0.dials.dials >= HeatScale.fewest }.map { row in
            RatedCell(name: row.name(in: language), row: 0, column: 0, dials: row.dials)
        }
        let best = Rating(known).extremes.map { best, worst in
            say(
                PlaceRatePhrase.regionBest, best.name, text.share(best.dials.live, of: best.dials.dials),
                text.count(best.dials.dials), worst.name, text.share(worst.dials.live, of: worst.dials.dials),
                text.count(worst.dials.dials))
        }
        let others = rows.filter { row in !TileMap.all.contains { $0.country == row.country } }
        let elsewhere = others.isEmpty ? [] : [regionTable(others, title: say(PlaceRatePhrase.elsewhere)).markup]
        let heading = others.isEmpty ? [] : [Markup.element("h3", text: say(PlaceRatePhrase.elsewhere))]
        return section(
            "regions", say(PlaceRatePhrase.regions), says: best ?? say(PlaceRatePhrase.regionsAlike),
            maps + heading + elsewhere)
    }

    private func regionTable(_ rows: [RegionTally.Row], title: String) -> Table {
        let shown = Array(rows.prefix(Self.regionLimit))
        var lines = shown.map { [$0.name(in: language)] + rateCells($0.dials) }
        if rows.count > shown.count {
            let rest = rows.dropFirst(shown.count).reduce(DialTally()) { $0 + $1.dials }
            lines.append([say(PlaceRatePhrase.others, text.count(rows.count - shown.count))] + rateCells(rest))
        }
        return Table(title, name: say(PlaceRatePhrase.region), figures: rateHeaders, rows: lines)
    }

    private func cells(of map: TileMap, _ rows: [RegionTally.Row]) -> [RatedCell] {
        map.tiles.compactMap { tile in
            guard let row = rows.first(where: { $0.country == map.country && $0.province == tile.name }) else {
                return nil
            }
            return RatedCell(
                name: row.name(in: language), shortName: shortName(of: tile.name), row: tile.row, column: tile.column,
                dials: row.dials)
        }
    }

    private func shortName(of tile: String) -> String {
        language == .english ? PlacePhrase(rawValue: tile)?.code ?? tile : tile
    }

    private func figure(of map: TileMap, _ cells: [RatedCell], _ table: Table) -> Markup {
        let rating = Rating(cells)
        let silent = map.tiles.filter { tile in !cells.contains { ($0.row, $0.column) == (tile.row, tile.column) } }
        var heat = HeatTable(rows: map.rows, columns: map.columns, cells: heatCells(cells, rating, named: true))
        heat.rowHeight = 42
        let empty = silent.map { tile in
            let width = 1 / Double(map.columns)
            return Markup.all([
                Shape.box(
                    x: (Double(tile.column) + 0.02) * width, y: Double(tile.row) * heat.rowHeight + 1,
                    width: width * 0.96, height: heat.rowHeight - 2, style: "none", radius: 2),
                Shape.text(
                    shortName(of: tile.name), x: (Double(tile.column) + 0.5) * width,
                    y: (Double(tile.row) + 0.5) * heat.rowHeight - 2, anchor: .middle, style: "soft name"),
            ])
        }
        let title = say(PlaceRatePhrase.regionMap, say(word: map.country, of: CountryPhrase.self))
        return Figure(
            id: "map-\(map.country)", title: title, description: describe(rating, by: PlaceRatePhrase.regionAbout),
            height: heat.height, shapes: empty + heat.shapes,
            legend: legend(of: rating) + [Shape.key("none", say(PlaceRatePhrase.noRegion))],
            table: table, tableTitle: asTable(title), style: "map"
        ).markup
    }

    var callerIDs: Markup {
        let shown = tally.callerIDs
        let several = Set(shown.map(\.account)).count > 1
        func name(_ number: ReportTally.CallerIDTally) -> String {
            let words = number.callerID ?? say(PlaceRatePhrase.vendorChosen)
            return several ? "\(words) · \(number.account)" : words
        }
        var rows = shown.map { (name: name($0), dials: $0.dials) }
        let rest = figures.totals - shown.reduce(DialTally()) { $0 + $1.dials }
        if tally.callerIDCount > shown.count {
            rows.append((say(PlaceRatePhrase.moreCallerIDs, text.count(tally.callerIDCount - shown.count)), rest))
        }
        let top = max(0.01, rows.map { Interval($0.dials.live, of: $0.dials.dials).high }.max() ?? 1)
        let bars = rows.map { row in
            let interval = Interval(row.dials.live, of: row.dials.dials)
            let length = row.dials.dials > 0 ? Double(row.dials.live) / Double(row.dials.dials) / top : 0
            return BarList.Bar(
                name: row.name,
                value: say(
                    PlaceRatePhrase.value, text.share(row.dials.live, of: row.dials.dials), text.count(row.dials.dials)),
                length: length, range: Interval(low: interval.low / top, high: interval.high / top))
        }
        let list = BarList(bars: bars)
        let title = say(PlaceRatePhrase.callerIDChart)
        let figure = Figure(
            id: "caller-id-chart", title: title,
            description: say(PlaceRatePhrase.callerIDAbout, text.count(tally.callerIDCount)), height: list.height,
            shapes: list.shapes,
            table: Table(
                title, name: say(PlaceRatePhrase.callerID), figures: rateHeaders,
                rows: rows.map { [$0.name] + rateCells($0.dials) }), tableTitle: asTable(title))
        return section("caller-ids", say(PlaceRatePhrase.callerIDs), says: suspect(rows), [figure.markup])
    }

    /// The number that is answered clearly less often than the others together, if there is one.
    private func suspect(_ rows: [(name: String, dials: DialTally)]) -> String? {
        guard rows.count > 1 else { return nil }
        let totals = figures.totals
        let apart = rows.filter { row in
            let others = totals - row.dials
            let own = Interval(row.dials.live, of: row.dials.dials)
            return row.dials.dials >= HeatScale.fewest && own.high < Interval(others.live, of: others.dials).low
        }
        let worst = apart.min {
            $0.dials.live * $1.dials.dials < $1.dials.live * $0.dials.dials
        }
        guard let worst else { return say(PlaceRatePhrase.callerIDAlike) }
        let others = totals - worst.dials
        return say(
            PlaceRatePhrase.callerIDApart, worst.name, text.share(worst.dials.live, of: worst.dials.dials),
            text.share(others.live, of: others.dials))
    }
}

extension Interval {
    /// An interval on a chart's own scale.
    init(low: Double, high: Double) {
        (self.low, self.high) = (low, high)
    }
}
