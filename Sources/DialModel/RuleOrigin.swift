/// Who sets a limit or hours, for explanations.
package enum RuleOrigin: Hashable, Sendable {
    /// The campaign itself.
    case campaign
    /// Rules, those of a province or state with its code, or a vendor account: `us FL`, `shanghai`.
    case named(String)
}
