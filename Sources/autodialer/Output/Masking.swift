/// Hides telephone numbers that stand in free text: names, remarks, a vendor's words.
enum Masking {
    /// Digits in a row, spaces and dashes between them not counted, from which on they may be a number.
    private static let shortest = 7

    /// The text, with all but the last two digits of anything that may be a number hidden unless it is to be revealed.
    static func text(_ text: String, reveal: Bool) -> String {
        guard !reveal else { return text }
        var characters = Array(text)
        var run: [Int] = []
        for index in characters.indices {
            if characters[index].isNumber {
                run.append(index)
            } else if !" -().".contains(characters[index]) {
                hide(run, in: &characters)
                run = []
            }
        }
        hide(run, in: &characters)
        return String(characters)
    }

    private static func hide(_ run: [Int], in characters: inout [Character]) {
        guard run.count >= shortest else { return }
        for index in run.dropLast(2) { characters[index] = "*" }
    }
}
