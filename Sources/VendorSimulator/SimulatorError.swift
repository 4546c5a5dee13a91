package import Wording

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
    package var message: Phrase

    /// Memberwise.
    package init(_ code: Code, _ message: Phrase) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(message.english) (\(code.rawValue))" }
}

/// Why the simulator cannot run, in words.
package enum SimulatorPhrase: CaseIterable, PhraseTable {
    case runsAlready, stoppedBefore, noLog

    /// The reason.
    package var phrase: Phrase {
        switch self {
        case .runsAlready: Phrase("the simulator runs already", "模拟器已在运行")
        case .stoppedBefore: Phrase("the simulator was stopped before it listened", "模拟器在开始监听前已停止")
        case .noLog: Phrase("the call log {1} cannot be opened: {2}", "通话日志 {1} 打不开：{2}")
        }
    }
}
