/// The numbers whose last six digits decide what the server answers to a dial, beside those of `ScriptedNumber`, which
/// decide what the callee does.
///
/// | Number ends in | The server |
/// |---|---|
/// | `980` and three digits | answers with that `Ret`, and places no call |
/// | `981001` | places the call and never answers |
/// | `981002` | neither answers nor places the call |
/// | `981003` | tells of the phone before it answers |
enum WinCallScript: Hashable, Sendable {
    case declines(Int)
    case placesInSilence
    case ignores
    case answersLate

    init?(number: String) {
        let suffix = number.suffix(6)
        switch suffix {
        case "981001": self = .placesInSilence
        case "981002": self = .ignores
        case "981003": self = .answersLate
        case _ where suffix.hasPrefix("980"):
            guard let result = Int(suffix.suffix(3)), result > 0 else { return nil }
            self = .declines(result)
        default: return nil
        }
    }
}
