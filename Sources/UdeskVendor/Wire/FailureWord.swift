package import DialModel

/// A piece of the vendor's words for why a call failed, and what it means (`vendors/alibaba-udesk.md`, B3).
package struct FailureWord: Hashable, Sendable {
    /// What the words contain.
    package var text: String
    /// How such a call ended.
    package var outcome: CallOutcome

    /// Memberwise.
    package init(_ text: String, _ outcome: CallOutcome) {
        self.text = text
        self.outcome = outcome
    }

    /// The words that are assumed: no document lists the values of `defeat_cause`.
    package static let assumed = [
        FailureWord("空号", .invalidNumber), FailureWord("忙", .busy), FailureWord("通话中", .busy),
        FailureWord("占线", .busy), FailureWord("关机", .unreachable), FailureWord("停机", .unreachable),
        FailureWord("无法接通", .unreachable), FailureWord("不在服务区", .unreachable), FailureWord("拒接", .rejected),
        FailureWord("无人接听", .noAnswer), FailureWord("未接", .noAnswer),
    ]
}

extension [FailureWord] {
    /// How a call ended that nobody answered, by the vendor's words for the cause.
    func outcome(of cause: String?) -> CallOutcome {
        guard let cause else { return .noAnswer }
        return first { cause.contains($0.text) }?.outcome ?? .noAnswer
    }
}
