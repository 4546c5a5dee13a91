import Foundation
import Testing

/// What one source says of a campaign: the words and their numbers.
struct Figures: Equatable, CustomStringConvertible {
    var leads: Int
    /// Leads that may be dialled now or later.
    var waiting: Int
    var dialing: Int
    var endings: [String: Int]
    var attempts: Int
    var outcomes: [String: Int]

    var description: String {
        "\(leads) leads, \(waiting) waiting, \(dialing) dialing, \(sorted(endings)); \(attempts), \(sorted(outcomes))"
    }

    private func sorted(_ counts: [String: Int]) -> [String] { counts.map { "\($0.value) \($0.key)" }.sorted() }
}

extension Figures {
    /// By SQL.
    init(_ rows: LedgerRows) {
        let states = LedgerRows.tally(rows.leads.map(\.state))
        self.init(
            leads: rows.leads.count, waiting: states["waiting"] ?? 0, dialing: states["dialing"] ?? 0,
            endings: LedgerRows.tally(rows.leads.compactMap(\.ending)), attempts: rows.attempts.count,
            outcomes: LedgerRows.tally(rows.attempts.compactMap(\.outcome)))
    }

    /// By the exported files.
    init(leads: CSVTable, attempts: CSVTable) {
        let states = LedgerRows.tally(leads.column("state"))
        self.init(
            leads: leads.rows.count, waiting: states["waiting"] ?? 0, dialing: states["dialing"] ?? 0,
            endings: LedgerRows.tally(leads.column("ending").filter { !$0.isEmpty }), attempts: attempts.rows.count,
            outcomes: LedgerRows.tally(attempts.column("outcome").filter { !$0.isEmpty }))
    }

    /// By the last lines of `run`, or by `status`.
    init(summary text: String) throws {
        var rows: [String: [[String: Int]]] = [:]
        for line in text.split(separator: "\n") {
            guard let match = line.wholeMatch(of: /\ {2}(leads|finished|attempts) +(\d+)(: (.*))?/) else { continue }
            var counts = ["": Int(match.2) ?? -1]
            for part in (match.4 ?? "").split(separator: ", ") {
                let words = part.split(separator: " ", maxSplits: 1)
                counts[String(words[1])] = Int(words[0])
            }
            rows[String(match.1), default: []].append(counts)
        }
        let leads = try #require(rows["leads"]?.first, "\(text)")
        let attempts = try #require(rows["attempts"]?.first, "\(text)")
        let endings = rows["finished"]?.first ?? ["": 0]
        #expect(leads["finished"] == endings[""], "\(text)")
        self.init(
            leads: leads[""] ?? -1, waiting: (leads["due now"] ?? -1) + (leads["waiting"] ?? -1),
            dialing: leads["in a call"] ?? -1, endings: endings.filter { $0.key != "" }, attempts: attempts[""] ?? -1,
            outcomes: attempts.filter { $0.key != "" && $0.key != "open" })
    }

    /// By `status --json`.
    init(json text: String) throws {
        let status = try JSONDecoder().decode(StatusObject.self, from: Data(text.utf8))
        let leads = status.leads
        #expect(status.finished.values.reduce(0, +) == leads["finished"], "\(text)")
        self.init(
            leads: leads["total"] ?? -1, waiting: (leads["due"] ?? -1) + (leads["waiting"] ?? -1),
            dialing: leads["dialing"] ?? -1, endings: status.finished.filter { $0.value > 0 },
            attempts: status.attempts["total"] ?? -1, outcomes: status.outcomes.filter { $0.value > 0 })
    }

    /// What must hold whatever the source.
    func expectSums(sourceLocation: SourceLocation = #_sourceLocation) {
        let finished = endings.values.reduce(0, +)
        #expect(leads == waiting + dialing + finished, "\(self)", sourceLocation: sourceLocation)
        #expect(attempts == dialing + outcomes.values.reduce(0, +), "\(self)", sourceLocation: sourceLocation)
        #expect(outcomes["connected"] ?? 0 == endings["reached"] ?? 0, "\(self)", sourceLocation: sourceLocation)
    }
}

/// The object of `status --json`, as a program would read it.
struct StatusObject: Decodable {
    struct Run: Decodable {
        var id: Int
        var started_at: String
        var ended_at: String?
        var ending: String?
    }

    struct Import: Decodable {
        var file: String
        var sha256: String
        var added: Int
        var duplicates: Int
        var rejected: Int
    }

    var campaign: String
    var at: String
    var leads: [String: Int]
    var finished: [String: Int]
    var attempts: [String: Int]
    var outcomes: [String: Int]
    var next_due_at: String?
    var last_run: Run?
    var imports: [Import]
}
