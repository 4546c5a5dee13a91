import Foundation
import Testing

/// A program that a test starts as a user would; its output goes to files, so that it never waits for a reader.
///
/// `@unchecked Sendable`: `hasBeenAwaited` is only touched under `lock`, and everything else is constant.
final class RunningTool: @unchecked Sendable {
    /// Why a test waited in vain.
    struct WaitedInVain: Error, CustomStringConvertible {
        var description: String
    }

    /// The tool that was built together with the tests, in the folder of the test runner.
    static let autodialer = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("autodialer").path

    private static let env = "/usr/bin/env"

    /// Its process, which nobody else waits for.
    let processID: pid_t
    /// Becomes readable when the process has ended, however it ends.
    let endDescriptor: Int32
    private let outputFile: String
    private let errorsFile: String
    private let lock = NSLock()
    private var hasBeenAwaited = false

    /// Starts `program` in `folder`; its two streams go to files that are named after `label`.
    init(
        _ program: String, _ arguments: [String], in folder: String, environment: [String: String], label: String
    ) throws {
        outputFile = folder + "/" + label + ".out"
        errorsFile = folder + "/" + label + ".err"
        let endFile = folder + "/" + label + ".end"
        mkfifo(endFile, 0o600)
        endDescriptor = open(endFile, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard endDescriptor >= 0 else { throw WaitedInVain(description: "\(endFile): errno \(errno)") }
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&files, 1, outputFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&files, 2, errorsFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        // The process alone has the other end of this, and the kernel closes it with the process.
        posix_spawn_file_actions_addopen(&files, 3, endFile, O_WRONLY, 0)
        // Nothing else is handed on: a child that held on to a socket of another test would keep its port taken.
        // Closing what is not open is no error.
        for descriptor in 4..<Int32(1024) { posix_spawn_file_actions_addclose(&files, descriptor) }
        // `env` changes the folder and becomes the program, under the same process id.
        var words = ([Self.env, "--chdir", folder, program] + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var attributes = Self.defaultSignals()
        defer { posix_spawnattr_destroy(&attributes) }
        var child: pid_t = 0
        let failure = posix_spawn(&child, Self.env, &files, &attributes, &words, &variables)
        processID = child
        guard failure == 0 else { throw WaitedInVain(description: "\(program) cannot be started: errno \(failure)") }
    }

    deinit {
        if !hasBeenAwaited {
            kill(processID, SIGKILL)
            waitpid(processID, nil, 0)
        }
        close(endDescriptor)
    }

    /// What it has printed as data so far.
    var output: String { Self.text(outputFile) }
    /// What it has printed as messages so far.
    var errors: String { Self.text(errorsFile) }

    /// Whether it still runs.
    var isRunning: Bool {
        var end = pollfd(fd: endDescriptor, events: Int16(POLLIN), revents: 0)
        return poll(&end, 1, 0) == 0
    }

    /// Sends it a signal, unless it has ended and its id may be another's.
    func signal(_ number: Int32) {
        lock.withLock {
            if !hasBeenAwaited { _ = kill(processID, number) }
        }
    }

    /// Waits for its end and tells how it went; one that does not end in time is killed, which is an error.
    func ended(within limit: Duration = .seconds(150)) async throws -> Transcript {
        let inTime = await Waiting.on([endDescriptor], within: limit)
        if !inTime { signal(SIGKILL) }
        let status: Int32 = lock.withLock {
            var status: Int32 = 0
            waitpid(processID, &status, 0)
            hasBeenAwaited = true
            return status
        }
        guard inTime else { throw WaitedInVain(description: "it did not end within \(limit):\n\(errors)") }
        let transcript = Transcript(status: status, output: output, errors: errors)
        transcript.expectDiscretion()
        return transcript
    }

    private static func text(_ file: String) -> String {
        String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    }

    /// The test runner may ignore or block signals, which its children must not inherit.
    private static func defaultSignals() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        return attributes
    }
}

/// What a program left behind when it ended.
struct Transcript: Sendable {
    /// The exit code, or nil after a signal.
    let code: Int32?
    /// The signal that ended it.
    let signal: Int32?
    let output: String
    let errors: String

    init(status: Int32, output: String, errors: String) {
        let signal = status & 0x7F
        self.signal = signal == 0 ? nil : signal
        code = signal == 0 ? (status >> 8) & 0xFF : nil
        self.output = output
        self.errors = errors
    }

    /// Messages hold no secret and no whole telephone number; all numbers of these tests begin with 154.
    fileprivate func expectDiscretion() {
        #expect(!errors.contains(VendorSetup.secret), "a secret in: \(errors)")
        // With whatever is dialled before it, but not within the longer names that vendors give to calls.
        let number = /\b(?:\+?(?:00)?86|9|0)?154[ -]?\d{4}[ -]?\d{4}\b/
        #expect(errors.firstMatch(of: number) == nil, "a telephone number in: \(errors)")
    }
}

/// Waiting for descriptors on a thread of its own, never on Swift's shared pool.
enum Waiting {
    /// Waits until one of the descriptors can be read; false when `limit` passed before.
    static func on(_ descriptors: [Int32], within limit: Duration) async -> Bool {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "autodialer.tests.waiting").async {
                var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
                let milliseconds = Int32(clamping: Int64(limit / .milliseconds(1)))
                var result: Int32 = -1
                repeat {
                    result = poll(&polled, nfds_t(polled.count), max(0, milliseconds))
                } while result < 0 && errno == EINTR
                continuation.resume(returning: result > 0)
            }
        }
    }
}
