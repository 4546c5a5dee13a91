import Compliance
import Ledger
import Wording

/// The leads of a campaign that nobody will dial until something is changed, by the gate that holds them.
struct LeadsOnHold {
    let counts: [ReportTally.WordCount]

    var isEmpty: Bool { counts.isEmpty }

    /// Whether any gate holds more of them than it did before.
    func hasMore(than before: LeadsOnHold) -> Bool {
        counts.contains { count in
            count.count > (before.counts.first { $0.word == count.word }?.count ?? 0)
        }
    }

    /// How many they are, and what holds them: `53 wait until something is changed: no proof of consent`.
    func text(in language: Language) -> String {
        let gates = counts.map { count in
            let words = Gate(rawValue: count.word).map { language.say($0.phraseOfHold) } ?? count.word
            guard counts.count > 1 else { return words }
            return language == .chinese ? "\(words) \(count.count)" : "\(count.count) \(words)"
        }
        return language.say(
            SummaryPhrase.untilChanged, counts.reduce(0) { $0 + $1.count },
            gates.joined(separator: language == .chinese ? "，" : ", "))
    }
}

extension Gate {
    /// What holds leads back until something is changed, and where its name does not say it, what to change.
    fileprivate var phraseOfHold: Phrase { self == .timeZone ? SummaryPhrase.zoneUnknown.phrase : phrase }
}
