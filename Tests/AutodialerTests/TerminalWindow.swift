import Foundation
import Testing

/// A terminal's window as whoever sits before it has it: what a program shows there, what is typed, and its size.
final class TerminalWindow {
    /// The end that a program is given.
    let path: String
    /// Everything that was shown.
    private(set) var shown = ""
    /// `TIOCSPTLCK` and `TIOCGPTN` of Linux, which are not imported.
    private static let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

    private let screen: Int32
    private let program: Int32

    init(columns: UInt16, rows: UInt16) throws {
        screen = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        var (lock, number): (Int32, UInt32) = (0, 0)
        guard screen >= 0, ioctl(screen, Self.setLock, &lock) == 0, ioctl(screen, Self.getNumber, &number) == 0 else {
            throw RunningTool.WaitedInVain(description: "no terminal: errno \(errno)")
        }
        path = "/dev/pts/\(number)"
        // Held open, so that the terminal outlives the program and can be asked how it was left.
        program = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        resize(columns: columns, rows: rows)
    }

    deinit {
        close(program)
        close(screen)
    }

    /// Starts the tool in the window.
    func start(_ command: String, in place: Workplace) throws -> RunningTool {
        try start(program: "\(RunningTool.autodialer) \(command)", in: place)
    }

    /// Starts a shell in the window, for which Ctrl-Z stops what it runs.
    func startShell(in place: Workplace) throws -> RunningTool {
        try start(program: "/bin/bash --norc --noprofile --noediting -i", in: place)
    }

    private func start(program: String, in place: Workplace) throws -> RunningTool {
        let line = "exec /usr/bin/setsid --ctty --wait \(program) <\(path) >\(path) 2>&1"
        return try place.start(program: "/bin/sh", ["-c", line], environment: ["TERM": "xterm"])
    }

    /// Gives the window another size, of which the program is told.
    func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(screen, UInt(TIOCSWINSZ), &size)
    }

    /// Types something.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(screen, bytes, bytes.count)
    }

    /// Waits until something is shown after what was shown before `start`.
    func wait(for text: String, after start: Int = 0, within limit: Duration = .seconds(60)) async throws {
        let deadline = ContinuousClock.now + limit
        while true {
            take()
            if String(shown.dropFirst(start)).contains(text) { return }
            let left = deadline - ContinuousClock.now
            guard left > .zero else { throw RunningTool.WaitedInVain(description: "no \"\(text)\" in:\n\(shown)") }
            _ = await Waiting.on([screen], within: left)
        }
    }

    /// Takes in what has been shown.
    func take() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(screen, &buffer, buffer.count), count > 0 {
            shown += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
    }

    /// Whether what is typed is shown and comes line by line, as a shell wants it.
    var isAsShellsWantIt: Bool {
        var settings = termios()
        tcgetattr(program, &settings)
        return settings.c_lflag & tcflag_t(ECHO | ICANON) == tcflag_t(ECHO | ICANON)
    }
}
