/// Metrics as Prometheus reads them: the text format 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
package enum PrometheusText {
    /// What an HTTP answer says that it is.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// All metrics that stand at something, in the order of ``Metric``, each with its help and type.
    package static func text(_ metrics: MetricSet) -> String {
        var text = ""
        for metric in Metric.allCases {
            let series = metrics.series(of: metric)
            guard !series.isEmpty else { continue }
            let about = metric.about
            text += "# HELP \(metric.name) \(escapedHelp(about.help))\n"
            text += "# TYPE \(metric.name) \(about.kind.rawValue)\n"
            for (labels, value) in series {
                let pairs = zip(about.labels, labels).map { "\($0)=\"\(escapedLabel($1))\"" }
                switch value {
                case .number(let value): text += metric.name + braces(pairs) + " \(number(value))\n"
                case .histogram(let histogram): append(histogram, of: metric.name, pairs, to: &text)
                }
            }
        }
        return text
    }

    private static func append(
        _ histogram: Histogram, of name: String, _ pairs: [String], to text: inout String
    ) {
        for (bound, count) in zip(histogram.bounds + [.infinity], histogram.cumulative) {
            text += "\(name)_bucket" + braces(pairs + ["le=\"\(number(bound))\""]) + " \(count)\n"
        }
        text += "\(name)_sum" + braces(pairs) + " \(number(histogram.sum))\n"
        text += "\(name)_count" + braces(pairs) + " \(histogram.count)\n"
    }

    private static func braces(_ pairs: [String]) -> String {
        pairs.isEmpty ? "" : "{" + pairs.joined(separator: ",") + "}"
    }

    /// A number as Go reads it; whole ones without a fraction.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        // Up to here every whole number is a `Double` of its own.
        guard value == value.rounded(), abs(value) < 9_007_199_254_740_992 else { return "\(value)" }
        return String(Int64(value))
    }

    private static func escapedHelp(_ text: String) -> String {
        text.replacingScalars { $0 == "\\" ? "\\\\" : $0 == "\n" ? "\\n" : nil }
    }

    /// Text between quotation marks; what is no character of UTF-8 cannot be in a string here.
    private static func escapedLabel(_ text: String) -> String {
        escapedHelp(text).replacingScalars { $0 == "\"" ? "\\\"" : nil }
    }
}
