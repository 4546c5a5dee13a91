import Foundation
import Glibc

/// A server that runs as a child process, and what it prints.
///
/// `@unchecked Sendable`: what changes is touched under `lock`; the process is started once and ended by its own id.
package final class ChildServer: @unchecked Sendable {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let lock = NSLock()
    private var printed: [UInt8] = []
    private var watchers: [(text: [UInt8], waiter: CheckedContinuation<Void, Never>)] = []
    private var hasEnded = false

    /// Starts `tool`; `onOutput` sees all that has been printed, whenever more has been.
    package init(
        _ tool: String, _ arguments: [String],
        onOutput: @escaping @Sendable (ChildServer, [UInt8]) -> Void = { _, _ in }
    ) throws {
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let thread = Thread { [self] in readOutput(onOutput) }
        thread.start()
    }

    /// What has been printed so far.
    package var text: String { String(decoding: lock.withLock { printed }, as: UTF8.self) }

    /// Returns once `text` has been printed, or the process has ended.
    package func printed(_ text: String) async {
        await withCheckedContinuation { waiter in
            let wanted = Array(text.utf8)
            let isThere = lock.withLock {
                if hasEnded || printed.firstRange(of: wanted) != nil { return true }
                watchers.append((wanted, waiter))
                return false
            }
            if isThere { waiter.resume() }
        }
    }

    /// Hands bytes to the process's standard input.
    package func write(_ bytes: [UInt8]) {
        try? input.fileHandleForWriting.write(contentsOf: bytes)
    }

    /// Ends the process, by the one signal that it cannot have inherited a block of from the thread that started it.
    package func stop() {
        kill(process.processIdentifier, SIGKILL)
    }

    private func readOutput(_ onOutput: @Sendable (ChildServer, [UInt8]) -> Void) {
        while true {
            let more = output.fileHandleForReading.availableData
            let (all, woken) = lock.withLock {
                printed += more
                hasEnded = more.isEmpty
                let isDue = { (text: [UInt8]) in more.isEmpty || self.printed.firstRange(of: text) != nil }
                let woken = watchers.filter { isDue($0.text) }.map(\.waiter)
                watchers.removeAll { isDue($0.text) }
                return (printed, woken)
            }
            for waiter in woken { waiter.resume() }
            if more.isEmpty { break }
            onOutput(self, all)
        }
    }

    /// The path of a tool that is installed; nil if it is not.
    package static func tool(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.components(separatedBy: ":") + ["/usr/sbin", "/usr/bin"]
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// Runs a tool to its end and returns what it printed.
    package static func run(_ tool: String, _ arguments: [String]) async throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        let ended = Signal()
        process.terminationHandler = { _ in ended.fire() }
        try process.run()
        await ended.wait()
        // What these tools print fits in the pipe.
        return String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    }
}
