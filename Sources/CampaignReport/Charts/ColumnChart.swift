/// Columns over time, each of parts that are stacked.
struct ColumnChart {
    /// A column.
    struct Column {
        /// What is told when it is pointed at.
        var title: String
        /// The text below it; nil for most of them.
        var tick: String?
        /// How many of each part, from below.
        var parts: [Int]
    }

    let columns: [Column]
    /// The class of each part.
    let styles: [String]
    /// How counts are written.
    let format: (Int) -> String

    private static let plotHeight = 200.0
    private static let top = 8.0
    /// Ticks that would stand closer than this share of the width are left out.
    private static let tickDistance = 0.11

    var height: Double { Self.top + Self.plotHeight + 24 }

    var shapes: [Markup] {
        let most = columns.map { $0.parts.reduce(0, +) }.max() ?? 0
        let scale = CountScale(upTo: most)
        let base = Self.top + Self.plotHeight
        let width = 1 / Double(max(columns.count, 1))
        var shapes: [Markup] = []
        for mark in scale.marks {
            let y = base - Self.plotHeight * Double(mark) / Double(scale.top)
            shapes.append(Shape.line(x1: 0, y1: y, x2: 1, y2: y, style: mark == 0 ? "axis" : "grid"))
            shapes.append(Shape.text(format(mark), x: 0, y: y + 4, anchor: .end, style: "soft scale"))
        }
        for (index, column) in columns.enumerated() {
            var y = base
            for (part, style) in zip(column.parts, styles) where part > 0 {
                let height = Self.plotHeight * Double(part) / Double(scale.top)
                y -= height
                // What is there has to be seen, also a single call among thousands.
                shapes.append(
                    Shape.box(
                        x: (Double(index) + 0.1) * width, y: y, width: 0.8 * width, height: max(height, 0.5),
                        style: style, title: column.title))
            }
        }
        return shapes + ticks(width: width, base: base)
    }

    private func ticks(width: Double, base: Double) -> [Markup] {
        var shapes: [Markup] = []
        var last = -1.0
        for (index, column) in columns.enumerated() {
            guard let tick = column.tick else { continue }
            let x = Double(index) * width
            guard x - last >= Self.tickDistance || last < 0 else { continue }
            last = x
            // On a narrow screen every other one has room.
            let style = shapes.count / 2 % 2 == 1 ? "soft wide" : "soft"
            shapes.append(Shape.line(x1: x, y1: base, x2: x, y2: base + 5, style: "axis"))
            let isAtEnd = x > 0.94
            shapes.append(
                Shape.text(tick, x: isAtEnd ? 1 : x, y: base + 18, anchor: isAtEnd ? .end : .start, style: style))
        }
        return shapes
    }
}

/// A scale from zero to a round figure, with a few marks.
struct CountScale {
    /// The highest figure, at least one.
    let top: Int
    /// The marks, ascending from zero.
    let marks: [Int]

    /// A scale on which `most` has its place.
    init(upTo most: Int) {
        let wanted = max(1, most)
        var step = 1
        var factors = [2, 5, 10]
        var base = 1
        // At most four steps.
        while (wanted + step - 1) / step > 4 {
            step = base * factors.removeFirst()
            if factors.isEmpty {
                base *= 10
                factors = [2, 5, 10]
            }
        }
        let count = (wanted + step - 1) / step
        top = count * step
        marks = (0...count).map { $0 * step }
    }
}
