/// Cells in rows and columns, the darker the higher their rate.
struct HeatTable {
    /// A cell.
    struct Cell {
        var row: Int
        var column: Int
        /// What stands in it; the second line only where there is room.
        var text: (first: String, second: String)
        /// What is told when it is pointed at.
        var title: String
        /// How dark it is; nil where too little is known.
        var level: HeatScale.Level?
    }

    let rows: Int
    let columns: Int
    let cells: [Cell]
    /// The names of rows and columns; none where cells name themselves.
    var rowNames: [String] = []
    var columnNames: [String] = []
    var rowHeight = 34.0

    private var left: Double { rowNames.isEmpty ? 0 : 0.09 }
    private var top: Double { columnNames.isEmpty ? 0 : 20 }

    var height: Double { top + rowHeight * Double(rows) + 2 }

    var shapes: [Markup] {
        let width = (1 - left) / Double(max(columns, 1))
        var shapes = rowNames.enumerated().map { index, name in
            Shape.text(name, x: 0, y: top + rowHeight * (Double(index) + 0.5) + 4, style: "soft")
        }
        shapes += columnNames.enumerated().map { index, name in
            Shape.text(
                name, x: left + width * (Double(index) + 0.5), y: 12, anchor: .middle,
                style: columns > 8 && index % 2 == 1 ? "soft wide" : "soft")
        }
        for cell in cells { shapes += self.shapes(of: cell, width: width) }
        return shapes
    }

    private func shapes(of cell: Cell, width: Double) -> [Markup] {
        let x = left + width * Double(cell.column)
        let y = top + rowHeight * Double(cell.row)
        let style = cell.level?.style ?? "few"
        let centre = x + width / 2
        let box = Shape.box(
            x: x + width * 0.02, y: y + 1, width: width * 0.96, height: rowHeight - 2, style: style, title: cell.title,
            radius: 2)
        let text = cell.level == nil ? "on-few" : "on-\(style)"
        if cell.text.second.isEmpty {
            return [
                box,
                Shape.text(
                    cell.text.first, x: centre, y: y + rowHeight / 2 + 4, anchor: .middle, style: text + " wide"),
            ]
        }
        return [
            box,
            Shape.text(cell.text.first, x: centre, y: y + rowHeight / 2 - 2, anchor: .middle, style: text + " name"),
            Shape.text(cell.text.second, x: centre, y: y + rowHeight / 2 + 13, anchor: .middle, style: text + " wide"),
        ]
    }
}

/// Five shades for the rates of one chart.
struct HeatScale {
    /// A shade, from the lightest.
    struct Level: Equatable {
        let number: Int
        /// The class that colours it.
        var style: String { "h\(number + 1)" }
    }

    /// Below so many dials a rate says too little to be coloured.
    static let fewest = 10
    private static let shades = 5
    /// Rates that lie closer together than so many points look alike.
    private static let narrowest = 20

    /// The lowest and the highest rate, in whole per cent.
    let low: Int
    let high: Int

    /// A scale for rates from 0 to 1; round figures, so that its legend is short.
    init(_ rates: [Double]) {
        let lowest = Int(((rates.min() ?? 0) * 20).rounded(.down)) * 5
        let highest = Int(((rates.max() ?? 0) * 20).rounded(.up)) * 5
        // What is too narrow grows to both sides, and stays between nothing and all.
        let missing = max(0, Self.narrowest - (highest - lowest))
        low = max(0, min(lowest - missing / 10 * 5, 100 - Self.narrowest))
        high = min(100, max(highest, low + Self.narrowest))
    }

    /// The shade of so many of so many; nil for too few.
    func level(_ part: Int, of whole: Int) -> Level? {
        guard whole >= Self.fewest else { return nil }
        let percent = 100 * Double(part) / Double(whole)
        let place = (percent - Double(low)) / Double(high - low) * Double(Self.shades)
        return Level(number: min(Self.shades - 1, max(0, Int(place))))
    }

    /// The shades with the rates at which they begin and end.
    var steps: [(level: Level, low: Double, high: Double)] {
        let step = Double(high - low) / Double(Self.shades)
        return (0..<Self.shades).map { number in
            (Level(number: number), Double(low) + step * Double(number), Double(low) + step * Double(number + 1))
        }
    }
}
