import Glibc

/// The two streams of a command: data on stdout, messages on stderr.
enum Console {
    /// Prints a line of data.
    static func out(_ line: String) {
        write(line + "\n", to: STDOUT_FILENO)
    }

    /// Prints a message.
    static func message(_ line: String) {
        write(line + "\n", to: STDERR_FILENO)
    }

    /// Prints problems, each on its line.
    static func error(_ lines: [String]) {
        for line in lines { message(line) }
    }

    /// Writes text as it is.
    ///
    /// A reader that has gone away is no failure of ours: the rest is dropped.
    static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    /// Writes bytes as they are.
    static func write(_ all: [UInt8], to descriptor: Int32) {
        var bytes = all[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }
}
