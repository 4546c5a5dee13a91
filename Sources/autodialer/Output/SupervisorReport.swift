import DialModel
import RunControl
import Wording

/// The agents and calls of a run, for people and for programs.
struct SupervisorReport {
    let campaign: String
    /// When they were so, in the run's time.
    let at: Timestamp
    let language: Language

    /// The table of `agents`.
    func table(_ lines: [AgentLine]) -> String {
        let header = words(.agent, .state, .since, .call, .number, .missed)
        let rows = lines.map { line in
            [
                line.agent,
                AgentStatePhrase.words(line.state, in: language)
                    + (line.isLeaving ? language.say(SupervisorPhrase.leaving) : ""), duration(line.since),
                line.call.map(String.init) ?? "-", line.number ?? "-", String(line.missed),
            ]
        }
        return CallerIDColumns.table([header] + rows)
    }

    /// The table of `calls`.
    func table(_ lines: [CallLine]) -> String {
        let header = words(.call, .number, .state, .since, .agent, .shown)
        let rows = lines.map { line in
            [
                String(line.call), line.number, state(line.state), duration(line.since), line.agent ?? "-",
                line.callerID ?? "-",
            ]
        }
        return CallerIDColumns.table([header] + rows)
    }

    /// One object of agents for programs: keys never change, new ones may be added.
    func json(_ lines: [AgentLine]) -> String {
        object(
            "agents",
            lines.map { line in
                .object([
                    ("agent", .string(line.agent)), ("state", .string(line.state)),
                    ("since", .string(line.since.iso8601UTC)), ("seconds", seconds(line.since)),
                    ("leaving", .bool(line.isLeaving)), ("call", line.call.map { .integer($0) } ?? .null),
                    ("number", .optional(line.number)), ("missed", .integer(Int64(line.missed))),
                ])
            })
    }

    /// One object of calls for programs: keys never change, new ones may be added.
    func json(_ lines: [CallLine]) -> String {
        object(
            "calls",
            lines.map { line in
                .object([
                    ("call", .integer(line.call)), ("number", .string(line.number)), ("state", .string(line.state)),
                    ("since", .string(line.since.iso8601UTC)), ("seconds", seconds(line.since)),
                    ("agent", .optional(line.agent)), ("caller_id", .optional(line.callerID)),
                ])
            })
    }

    private func object(_ name: String, _ lines: [JSONText]) -> String {
        JSONText.object([("campaign", .string(campaign)), ("at", .string(at.iso8601UTC)), (name, .array(lines))])
    }

    private func words(_ columns: SupervisorPhrase...) -> [String] { columns.map { language.say($0) } }

    private func state(_ word: String) -> String {
        (AttemptState(rawValue: word).map { language.say($0) } ?? word).replacing("_", with: " ")
    }

    private func duration(_ since: Timestamp) -> String { max(.zero, at - since).forPeople(in: language) }

    private func seconds(_ since: Timestamp) -> JSONText {
        .integer(max(.zero, at - since).milliseconds / 1_000)
    }
}
