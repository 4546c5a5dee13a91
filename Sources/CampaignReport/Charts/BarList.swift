/// Bars below each other, each with its name and its figure above it, so that they have room on any screen.
struct BarList {
    /// A bar.
    struct Bar {
        /// Whose it is.
        var name: String
        /// The figure, in words.
        var value: String
        /// How long it is, as a share of the width.
        var length: Double
        /// The range in which the figure lies, as shares of the width; nil where it is exact.
        var range: Interval?
        /// The class of its colour.
        var style = "s1"
    }

    let bars: [Bar]
    /// A line across all bars, at a share of the width, with what it means.
    var limit: (at: Double, text: String)?

    private static let step = 38.0
    private static let top = 4.0

    var height: Double {
        Self.top + Self.step * Double(bars.count) + (limit == nil ? 2 : 20)
    }

    var shapes: [Markup] {
        var shapes: [Markup] = []
        for (index, bar) in bars.enumerated() {
            let y = Self.top + Self.step * Double(index)
            shapes.append(Shape.text(bar.name, x: 0, y: y + 12))
            shapes.append(Shape.text(bar.value, x: 1, y: y + 12, anchor: .end, style: "value"))
            shapes.append(Shape.box(x: 0, y: y + 19, width: 1, height: 8, style: "track", radius: 2))
            let title = "\(bar.name): \(bar.value)"
            shapes.append(
                Shape.box(
                    x: 0, y: y + 19, width: min(1, bar.length), height: 8, style: bar.style, title: title, radius: 2))
            if let range = bar.range { shapes += Self.whisker(range, y: y + 23) }
            if let limit {
                shapes.append(Shape.line(x1: limit.at, y1: y + 15, x2: limit.at, y2: y + 31, style: "limit"))
            }
        }
        if let limit {
            let end = Self.top + Self.step * Double(bars.count)
            let isRight = limit.at > 0.5
            shapes.append(
                Shape.text(limit.text, x: limit.at, y: end + 13, anchor: isRight ? .end : .start, style: "limit-text"))
        }
        return shapes
    }

    private static func whisker(_ range: Interval, y: Double) -> [Markup] {
        let (low, high) = (min(1, range.low), min(1, range.high))
        return [
            Shape.line(x1: low, y1: y, x2: high, y2: y, style: "whisker"),
            Shape.line(x1: low, y1: y - 4, x2: low, y2: y + 4, style: "whisker"),
            Shape.line(x1: high, y1: y - 4, x2: high, y2: y + 4, style: "whisker"),
        ]
    }
}
