import DialModel

/// Hides telephone numbers that stand in free text: names, remarks, a vendor's words.
enum Masking {
    /// The text, with all but the last two digits of anything that may be a number hidden unless it is to be revealed.
    static func text(_ text: String, reveal: Bool) -> String {
        reveal ? text : NumbersInText.masked(text, last: 2)
    }
}
