import DialModel
import Foundation
import Monitoring
import TestSupport
import Testing

@Suite("Metrics are told as Prometheus reads them")
struct MetricTests {
    /// Something in every metric.
    static func everything() -> MetricSet {
        var metrics = MetricSet()
        for metric in Metric.allCases {
            let labels = metric.about.labels.map { "\($0) \"1\"\\\n" }
            switch (metric.about.kind, labels.count) {
            case (.histogram, 0): for value in [0.001, 0.3, 99] { metrics.observe(value, in: metric) }
            case (.histogram, 2): metrics.observe(3.5, in: metric, labels[0], labels[1])
            case (.histogram, _): metrics.observe(0.04, in: metric, labels[0], labels[1], labels[2], labels[3])
            case (_, 0): metrics.set(metric, to: 1_767_319_384.25)
            case (_, 1): metrics.set(metric, labels[0], to: -2)
            case (_, 2): metrics.set(metric, labels[0], labels[1], to: 0.03)
            case (_, 3): metrics.set(metric, labels[0], labels[1], labels[2], to: 7)
            default: metrics.set(metric, labels[0], labels[1], labels[2], labels[3], to: 1e21)
            }
        }
        return metrics
    }

    @Test("A set of metrics is written with help, type, labels and values, in one order")
    func text() {
        var metrics = MetricSet()
        metrics.add(2, to: .claims, "春季", "shanghai")
        metrics.add(to: .claims, "autumn", "shanghai")
        metrics.add(to: .claims, "autumn", "shanghai")
        metrics.set(.stalled, "autumn", to: 0)
        #expect(
            PrometheusText.text(metrics) == """
                # HELP autodialer_claims_total Attempts that this run has begun.
                # TYPE autodialer_claims_total counter
                autodialer_claims_total{campaign="autumn",account="shanghai"} 2
                autodialer_claims_total{campaign="春季",account="shanghai"} 2
                # HELP autodialer_stalled_seconds How long nothing has gone on although something could; 0 while all is well.
                # TYPE autodialer_stalled_seconds gauge
                autodialer_stalled_seconds{campaign="autumn"} 0

                """)
    }

    @Test("What would end a label is escaped")
    func escapes() {
        var metrics = MetricSet()
        metrics.set(.stalled, "a\"b\\c\nd", to: .infinity)
        #expect(PrometheusText.text(metrics).contains(#"autodialer_stalled_seconds{campaign="a\"b\\c\nd"} +Inf"#))
        metrics.set(.lastProgress, "q\"\u{301}\r\n", to: 1)
        let scalars = Array(PrometheusText.text(metrics).unicodeScalars)
        let expected = Array("campaign=\"q\\\"\u{301}\r\\n\"} 1".unicodeScalars)
        #expect(scalars.contains(expected), "an accent makes one character of a mark and itself")
    }

    @Test("A histogram counts each value in its bucket and in all wider ones, its bound included")
    func histogram() {
        var metrics = MetricSet()
        for seconds in [0.000_1, 0.001, 0.3, 0.4, 9, .nan] { metrics.observe(seconds, in: .commitDuration) }
        let text = PrometheusText.text(metrics)
        for line in [
            #"_bucket{le="0.0005"} 1"#, #"_bucket{le="0.001"} 2"#, #"_bucket{le="0.25"} 2"#, #"_bucket{le="0.5"} 4"#,
            #"_bucket{le="2.5"} 4"#, #"_bucket{le="+Inf"} 5"#, "_sum 9.7011", "_count 5",
        ] {
            #expect(text.contains("autodialer_ledger_commit_duration_seconds" + line + "\n"), "\(text)")
        }
    }

    @Test("One state of a set is 1 and the others are 0, and all are 0 for none")
    func states() {
        var metrics = MetricSet()
        metrics.set(.pause, ["a", "b"], state: "draining", among: ["draining", "throttled"])
        #expect(PrometheusText.text(metrics).contains(#"reason="draining"} 1"#))
        metrics.set(.pause, ["a", "b"], state: nil, among: ["draining", "throttled"])
        #expect(PrometheusText.text(metrics).contains(#"reason="draining"} 0"#))
    }

    @Test("Names keep to the conventions: units and totals last, labels in small letters, bounds ascending")
    func names() {
        for metric in Metric.allCases {
            let about = metric.about
            #expect(metric.name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil)
            #expect((about.kind == .counter) == metric.name.hasSuffix("_total"), "\(metric.name)")
            #expect((about.kind == .histogram) == !metric.bounds.isEmpty, "\(metric.name)")
            #expect(about.kind != .histogram || metric.name.hasSuffix("_seconds"))
            #expect(about.help.hasSuffix(".") && metric.bounds == metric.bounds.sorted())
            #expect(about.labels.allSatisfy { $0.wholeMatch(of: /[a-z_]+/) != nil && $0 != "le" })
        }
    }

    @Test("Prometheus' own parser reads every metric as it was meant", .timeLimit(.minutes(15)))
    func officialParser() async throws {
        let python = try await PythonEnvironment.python(with: ["prometheus-client==0.22.1"])
        let file = FileManager.default.temporaryDirectory.appending(path: "metrics-\(UUID().uuidString).prom")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(PrometheusText.text(Self.everything()).utf8).write(to: file)
        let script = """
            import sys
            from prometheus_client.parser import text_string_to_metric_families as read
            for family in read(open(sys.argv[1], encoding="utf-8").read()):
                for sample in family.samples:
                    bad = [v for k, v in sample.labels.items() if k != "le" and v != k + ' "1"\\\\\\n']
                    assert not bad, bad
                print(family.name, family.type, len(family.samples), family.documentation)
            """
        let finished = try await PythonEnvironment.run(python, ["-c", script, file.path])
        #expect(finished.status == 0, "\(finished.errors)")
        let lines = String(decoding: finished.output, as: UTF8.self).split(separator: "\n").map(String.init)
        let expected = Metric.allCases.map { metric in
            let about = metric.about
            let name = about.kind == .counter ? String(metric.name.dropLast("_total".count)) : metric.name
            let samples = about.kind == .histogram ? metric.bounds.count + 3 : 1
            return "\(name) \(about.kind.rawValue) \(samples) \(about.help)"
        }
        #expect(lines == expected)
    }
}
