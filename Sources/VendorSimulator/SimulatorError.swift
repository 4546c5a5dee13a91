/// Why the simulator cannot run.
package struct SimulatorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    package enum Code: String, Hashable, Sendable {
        /// The port is taken or not ours to take.
        case cannotListen = "cannot_listen"
        /// The call log cannot be opened.
        case cannotLog = "cannot_log"
        /// It runs already.
        case alreadyRunning = "already_running"
    }

    /// What went wrong.
    package var code: Code
    /// A sentence for a person.
    package var message: String

    /// Memberwise.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(message) (\(code.rawValue))" }
}
