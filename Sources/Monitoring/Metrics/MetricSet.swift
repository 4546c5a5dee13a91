/// What all metrics stand at.
package struct MetricSet: Hashable, Sendable {
    /// What one series of a metric stands at.
    enum Value: Hashable, Sendable {
        case number(Double)
        case histogram(Histogram)
    }

    /// By metric, then by the values of its labels.
    private var series: [Metric: [[String]: Value]] = [:]

    /// Nothing yet.
    package init() {}

    /// Adds to a counter; the values of its labels are in the order of `Metric.about`.
    package mutating func add(_ amount: Double = 1, to metric: Metric, _ labels: String...) {
        precondition(metric.about.kind == .counter && amount >= 0, "\(metric.name) cannot be raised by \(amount)")
        expect(labels, for: metric)
        guard case .number(let sum)? = series[metric]?[labels] else {
            series[metric, default: [:]][labels] = .number(amount)
            return
        }
        series[metric]?[labels] = .number(sum + amount)
    }

    /// Sets a gauge, or a counter that somebody else counts.
    package mutating func set(_ metric: Metric, _ labels: String..., to value: Double) {
        precondition(metric.about.kind != .histogram, "\(metric.name) has no single value")
        expect(labels, for: metric)
        series[metric, default: [:]][labels] = .number(value)
    }

    /// Sets one gauge of a state to 1 and those of the other states to 0; `nil` sets all to 0.
    package mutating func set(_ metric: Metric, _ labels: [String], state: String?, among states: [String]) {
        for word in states {
            expect(labels + [word], for: metric)
            series[metric, default: [:]][labels + [word]] = .number(word == state ? 1 : 0)
        }
    }

    /// Takes a value into a histogram.
    package mutating func observe(_ value: Double, in metric: Metric, _ labels: String...) {
        expect(labels, for: metric)
        var histogram = Histogram(bounds: metric.bounds)
        if case .histogram(let known)? = series[metric]?[labels] { histogram = known }
        histogram.observe(value)
        series[metric, default: [:]][labels] = .histogram(histogram)
    }

    /// The series of a metric in the order of their labels.
    func series(of metric: Metric) -> [(labels: [String], value: Value)] {
        (series[metric] ?? [:]).map { ($0.key, $0.value) }.sorted { $0.labels.lexicographicallyPrecedes($1.labels) }
    }

    private func expect(_ labels: [String], for metric: Metric) {
        precondition(labels.count == metric.about.labels.count, "\(metric.name) has no labels \(labels)")
    }
}
