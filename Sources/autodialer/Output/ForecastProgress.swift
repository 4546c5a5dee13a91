import Glibc
import Wording

/// How far a forecast has come: a line on a terminal, which is written anew and gone at the end; nothing elsewhere.
struct ForecastProgress {
    let terminal: Terminal
    let language: Language

    /// Says how many runs are done.
    func show(_ done: Int, of runs: Int) {
        guard terminal.isInteractive else { return }
        let words = language.say(ForecastPhrase.progress, done, runs)
        Console.write("\r\(words.fitted(to: terminal.columns - 1))\u{1B}[K", to: terminal.descriptor)
    }

    /// Leaves nothing behind.
    func clear() {
        if terminal.isInteractive { Console.write("\r\u{1B}[K", to: terminal.descriptor) }
    }
}
