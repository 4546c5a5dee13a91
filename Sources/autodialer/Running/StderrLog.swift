import Logging

/// The program's log: on stderr, only what matters unless more is asked for.
enum StderrLog {
    static func logger(_ wishes: RunSession.Wishes) -> Logger {
        var logger = Logger(label: "autodialer") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = wishes.isVerbose ? .debug : wishes.isQuiet ? .error : .warning
        return logger
    }
}
