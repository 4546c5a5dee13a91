/// The numbers whose last six digits decide what the tenant does with a call, beside those of `ScriptedNumber`, which
/// decide what the callee does.
///
/// | Number ends in | The tenant |
/// |---|---|
/// | `985001` | tells of the call before it answers |
/// | `985002` | never tells that the call is over |
/// | `985003` | declines with a message that may be shown |
enum CCPaaSScript: String, Hashable, Sendable {
    case answersLate = "985001"
    case hidesEnd = "985002"
    case declines = "985003"

    init?(number: String) { self.init(rawValue: String(number.suffix(6))) }
}
