@preconcurrency import Dispatch
import Glibc

/// A terminal that a board is drawn on, over and over.
///
/// A run's board stands among what the terminal shows and stays there when the run has ended; a watcher has a screen of its
/// own, and gives back the one before. ``leave()`` puts everything back, when the program ends and while it is stopped.
final class Screen {
    /// Whether the board has a screen of its own.
    let isAlternate: Bool
    let terminal: Terminal
    private var shown: (lines: Int, columns: Int, rows: Int)?
    private var keyboard: termios?
    private var wantsKeyboard = false
    /// Whether there was something to draw while the terminal was another program's.
    private var isAway = false

    init(_ terminal: Terminal, isAlternate: Bool) {
        self.terminal = terminal
        self.isAlternate = isAlternate
    }

    /// How much of the window a board may take: below one that stands among other text there is a line for the cursor.
    var size: (width: Int, height: Int) {
        (max(1, terminal.columns), max(1, terminal.rows - (isAlternate ? 0 : 1)))
    }

    /// Shows lines in the place of those before; they have to fit the size.
    ///
    /// In the background nothing is shown.
    func draw(_ lines: [BoardLine]) {
        guard TerminalEvents.isForeground(terminal.descriptor) else {
            isAway = true
            return
        }
        if isAway {
            // A shell that brings back a program which was not stopped gives it no signal.
            isAway = false
            shown = nil
            if wantsKeyboard { takeKeyboard() }
        }
        let (columns, rows) = (terminal.columns, terminal.rows)
        var text = ""
        if shown == nil { text += isAlternate ? "\u{1B}[?1049h\u{1B}[?25l" : "\u{1B}[?25l" }
        if isAlternate {
            text += "\u{1B}[H"
        } else if let shown {
            // In a window of another size the lines may be anywhere: it is wiped, and what is above stays in its history.
            let isSame = shown.columns == columns && shown.rows == rows
            text += isSame ? "\u{1B}[\(shown.lines)A\r" : "\u{1B}[H\u{1B}[2J"
        }
        let rendered = lines.map { $0.rendered(for: terminal) + "\u{1B}[K" }
        // A line end after the last line of a whole screen would move everything up.
        text += rendered.joined(separator: "\r\n") + (isAlternate ? "" : "\r\n") + "\u{1B}[J"
        Console.write(text, to: terminal.descriptor)
        shown = (lines.count, columns, rows)
    }

    /// Puts back what was changed; a second time does nothing.
    func leave() {
        if shown != nil {
            Console.write(isAlternate ? "\u{1B}[?25h\u{1B}[?1049l" : "\u{1B}[?25h", to: terminal.descriptor)
        }
        shown = nil
        if var keyboard { tcsetattr(STDIN_FILENO, TCSANOW, &keyboard) }
        keyboard = nil
    }

    /// Does what one of the signals of a terminal asks for; the board has to be drawn anew.
    func heed(_ number: Int32) {
        guard number != SIGWINCH else { return }
        if number == SIGTSTP {
            leave()
            TerminalEvents.stopProgram()
        }
        // Whoever had the terminal meanwhile has left it as it suited them.
        if wantsKeyboard { takeKeyboard() }
        shown = nil
    }

    /// Has keys arrive one by one and unseen, if a person is at the keyboard; signals stay what they are.
    func takeKeyboard() {
        wantsKeyboard = true
        var settings = termios()
        // One that was sent into the background would be stopped for touching it.
        guard tcgetpgrp(STDIN_FILENO) == getpgrp(), tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
        if keyboard == nil { keyboard = settings }
        settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }
}

/// What happens at a terminal.
enum TerminalEvents {
    /// Its signals: another size of the window, Ctrl-Z, and that the program goes on after it was stopped.
    static func signals() async -> AsyncStream<Int32> {
        await Signals.stream(of: [SIGWINCH, SIGCONT] + (Signals.isIgnored(SIGTSTP) ? [] : [SIGTSTP]))
    }

    /// Stops the program as Ctrl-Z does where nobody takes it over, and returns when it is continued: at once where there is
    /// no shell that could do so.
    static func stopProgram() {
        var (usual, before) = (sigaction(), sigaction())
        sigaction(SIGTSTP, &usual, &before)
        var (stop, mask) = (sigset_t(), sigset_t())
        sigaddset(&stop, SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &stop, &mask)
        raise(SIGTSTP)
        pthread_sigmask(SIG_SETMASK, &mask, nil)
        sigaction(SIGTSTP, &before, nil)
    }

    /// Whether a terminal is this program's: not while it runs in the background, where a shell's next command has it.
    ///
    /// Without job control it always is.
    static func isForeground(_ descriptor: Int32) -> Bool {
        let group = tcgetpgrp(descriptor)
        return group < 0 || group == getpgrp()
    }

    /// Each byte that is typed; ends with the input.
    static func keys() -> AsyncStream<UInt8> {
        AsyncStream { continuation in
            guard isatty(STDIN_FILENO) == 1 else { return }
            let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .global())
            source.setEventHandler {
                // In the background keys are for the shell, and who reads them is stopped.
                guard isForeground(STDIN_FILENO) else {
                    usleep(200_000)
                    return
                }
                var bytes = [UInt8](repeating: 0, count: 64)
                let count = read(STDIN_FILENO, &bytes, bytes.count)
                guard count > 0 else { return continuation.finish() }
                for byte in bytes.prefix(count) { continuation.yield(byte) }
            }
            source.resume()
            continuation.onTermination = { _ in source.cancel() }
        }
    }
}
