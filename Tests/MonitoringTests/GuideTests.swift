import Foundation
import Monitoring
import Testing

@Suite("What the guide says of monitoring is so")
struct GuideTests {
    private func page(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "Sources/autodialer/autodialer.docc/\(name)"), encoding: .utf8)
    }

    @Test("Each metric has a row with its kind, labels and help, and each row a metric")
    func metrics() throws {
        let rows = try page("Monitoring.md").split(separator: "\n").filter {
            $0.contains(/^\| `(autodialer|process)_/)
        }
        let expected = Metric.allCases.map { metric in
            let labels = metric.about.labels.map { "`\($0)`" }.joined(separator: ", ")
            return "| `\(metric.name)` | \(metric.about.kind.rawValue) | \(labels.isEmpty ? "–" : labels) | "
                + "\(metric.about.help) |"
        }
        #expect(rows.map(String.init) == expected)
    }

    @Test("Rules for alarms name only metrics that there are")
    func alarms() throws {
        let yaml = try #require(try page("Monitoring.md").components(separatedBy: "```yaml\n").dropFirst().first)
        let rules = yaml.components(separatedBy: "\n```")[0]
        let known = Set(
            Metric.allCases.flatMap { metric in
                metric.about.kind == .histogram
                    ? ["_bucket", "_sum", "_count"].map { metric.name + $0 } : [metric.name]
            })
        let named = rules.matches(of: /autodialer_[a-z_]+/).map { String($0.output) }
        #expect(named.count > 5 && named.allSatisfy(known.contains), "\(named)")
    }
}
