import Wording

/// What an author may have meant by a word that we do not know.
package enum Suggestion {
    /// A question after the nearest word, or the list of words if none is near.
    static func hint(for word: String, among words: [String], orElse known: FixPhrase = .known) -> Phrase {
        if let nearest = nearest(to: word, among: words) { return FixPhrase.didYouMean.filled(nearest) }
        return known.filled(words.joined(separator: ", "))
    }

    /// The word that is nearest, if one is near at all.
    package static func nearest(to word: String, among words: [String]) -> String? {
        let word = word.lowercased()
        let limit = max(1, word.count / 3)
        var best: (word: String, distance: Int)?
        for candidate in words {
            let distance = distance(Array(word.unicodeScalars.prefix(64)), Array(candidate.unicodeScalars))
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.word
    }

    /// The least number of characters to add, remove, replace or swap with the next (optimal string alignment).
    static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...second.count)
        for row in 0..<first.count {
            var current = [row + 1]
            for column in 0..<second.count {
                let replaced = last[column] + (first[row] == second[column] ? 0 : 1)
                var least = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[second.count]
    }
}
