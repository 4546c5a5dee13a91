import CallerID
import Compliance
import Wording

/// What is kept in English with a lead that is held back, for people.
enum HoldWords {
    /// The reason as people say it, without the gate's word.
    static func sentence(_ holdReason: String) -> Phrase {
        GateBlock.detail(ofHoldReason: holdReason) ?? CallerIDPhrase.reading(kept: holdReason)
    }

    /// The reason in every language: the gate's word first, for programs, where it is a gate.
    static func reading(_ holdReason: String) -> Phrase {
        GateBlock.reading(holdReason: holdReason) ?? CallerIDPhrase.reading(kept: holdReason)
    }
}
