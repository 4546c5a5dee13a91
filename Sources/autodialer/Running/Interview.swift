import CampaignFile
import Glibc
import Wording

/// Questions to somebody at a terminal; whoever is not at one is asked nothing.
struct Interview {
    /// How often a question is asked whose answers cannot be used.
    private static let patience = 5

    let language: Language

    /// Whether there is somebody to be asked.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Asks until an answer can be used; an empty one means the usual answer, if there is one.
    ///
    /// `problem` says what is wrong with an answer, nil for nothing.
    func ask(
        _ question: FirstCampaignPhrase, _ values: String..., usual: String?,
        problem: (String) -> String? = { _ in nil }
    ) throws(Failure) -> String {
        let words = question.phrase.text(in: language, values)
        for _ in 0..<Self.patience {
            Self.prompt(words + (usual.map { $0.isEmpty ? "" : " [\($0)]" } ?? ""))
            guard let line = readLine(strippingNewline: true) else { break }
            let typed = String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            guard let answer = typed.isEmpty ? usual : typed else { continue }
            guard let problem = problem(answer) else { return answer }
            Console.message(language.say(FirstCampaignPhrase.again, problem))
        }
        throw Failure(.usage, saying: [FirstCampaignPhrase.nothingWritten.phrase])
    }

    /// Asks for one of some words.
    func choose(
        _ question: FirstCampaignPhrase, _ values: String..., among words: [String], usual: String
    ) throws(Failure) -> String {
        let text = question.phrase.text(in: language, values)
        for _ in 0..<Self.patience {
            Self.prompt("\(text) [\(usual)]")
            guard let line = readLine(strippingNewline: true) else { break }
            let answer = line.filter { !$0.isWhitespace }
            if answer.isEmpty { return usual }
            if words.contains(answer) { return answer }
            Console.message(language.say(FirstCampaignPhrase.again, "\(answer) (\(words.joined(separator: ", ")))"))
        }
        throw Failure(.usage, saying: [FirstCampaignPhrase.nothingWritten.phrase])
    }

    /// What stands before an answer; names from a list may be in it.
    private static func prompt(_ words: String) {
        Console.write(Console.plain(words) + ": ", to: STDERR_FILENO)
    }

    /// Says something.
    func say(_ phrase: FirstCampaignPhrase, _ values: String...) {
        Console.message(phrase.phrase.text(in: language, values))
    }
}
