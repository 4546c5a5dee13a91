/// The numbers whose last six digits decide how the callee behaves, for tests and demonstrations.
///
/// | Number ends in | The callee |
/// |---|---|
/// | `990001` | answers at once, waits 60 s for an agent, talks 30 s |
/// | `990002` | answers after 8 s, waits 60 s, talks 30 s |
/// | `990003` | is busy after 2 s |
/// | `990004` | does not exist, known after 1 s |
/// | `990005` | rings out at the ring time-out |
/// | `990006` | declines after 5 s |
/// | `990007` | is a machine that answers after 4 s, stays 30 s, and holds an agent for 8 s |
/// | `990008` | answers after 1 s and hangs up after waiting 2 s |
/// | `990009` | meets congestion after 1 s |
/// | `990010` | is switched off, known after 2 s |
/// | `990011` | answers at once, waits 60 s, talks 10 min |
/// | `990012` | rings out on the first call, then behaves as `990001` |
/// | `990013` | is busy on the first call, then behaves as `990001` |
/// | `990014` | answers at once, waits for an agent for an hour, talks 30 s |
///
/// Every other number is an ordinary one. Digits in front, a dial prefix among them, make no difference.
package enum ScriptedNumber {
    /// How many digits at the end decide.
    package static let suffixLength = 6

    /// The behaviour that the table gives a number; nil for an ordinary one.
    ///
    /// `callOrdinal` counts the earlier calls to the number.
    package static func behaviour(of number: String, callOrdinal: Int, ringTimeout: Duration) -> CalleeBehaviour? {
        switch number.suffix(suffixLength) {
        case "990001": answers(after: 0)
        case "990002": answers(after: 8)
        case "990003": fails(.busy, after: .seconds(2))
        case "990004": fails(.invalid, after: .seconds(1))
        case "990005": fails(.noAnswer, after: ringTimeout)
        case "990006": fails(.rejected, after: .seconds(5))
        case "990007":
            CalleeBehaviour(kind: .machine, responds: .seconds(4), patience: .seconds(30), talk: .seconds(8))
        case "990008": answers(after: 1, patience: 2)
        case "990009": fails(.congestion, after: .seconds(1))
        case "990010": fails(.unreachable, after: .seconds(2))
        case "990011": answers(after: 0, talk: 600)
        case "990012": callOrdinal == 0 ? fails(.noAnswer, after: ringTimeout) : answers(after: 0)
        case "990013": callOrdinal == 0 ? fails(.busy, after: .seconds(2)) : answers(after: 0)
        case "990014": answers(after: 0, patience: 3600)
        default: nil
        }
    }

    private static func answers(after seconds: Int, patience: Int = 60, talk: Int = 30) -> CalleeBehaviour {
        CalleeBehaviour(
            kind: .human, responds: .seconds(seconds), patience: .seconds(patience), talk: .seconds(talk))
    }

    private static func fails(_ kind: CalleeBehaviour.Kind, after delay: Duration) -> CalleeBehaviour {
        CalleeBehaviour(kind: kind, responds: delay, patience: .zero, talk: .zero)
    }
}
