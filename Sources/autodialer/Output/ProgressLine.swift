import Glibc

/// How far something has come: a line on a terminal, which is written anew and gone at the end; nothing elsewhere.
struct ProgressLine {
    let terminal: Terminal

    /// Shows words in the place of those before.
    func show(_ words: @autoclosure () -> String) {
        guard terminal.isInteractive else { return }
        Console.write("\r\(Console.plain(words()).fitted(to: terminal.columns - 1))\u{1B}[K", to: terminal.descriptor)
    }

    /// Leaves nothing behind.
    func clear() {
        if terminal.isInteractive { Console.write("\r\u{1B}[K", to: terminal.descriptor) }
    }
}
