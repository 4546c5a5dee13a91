import ArgumentParser

/// How others look on while a run lasts.
struct WatchOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write messages as text, or as one JSON object on each line.", valueName: "text|json"))
    var logFormat = LogFormat.text

    @Option(
        help: ArgumentHelp(
            "Log into this file, too: every call's end, and all steps with --verbose. At 16 MiB it becomes FILE.1.",
            valueName: "file"), completion: .file())
    var logFile: String?

    @Option(
        help: ArgumentHelp(
            "Write metrics for Prometheus into this file every 15 s, and at the end; its name ends in .prom.",
            valueName: "file"), completion: .file())
    var metricsFile: String?

    @Option(
        help: ArgumentHelp(
            "Answer GET /metrics at this port of 127.0.0.1; 0 takes one that is free and prints it.", valueName: "port")
    )
    var metricsPort: Int?

    /// Where the log goes.
    var log: LogWishes { LogWishes(format: logFormat, file: logFile) }

    /// Where metrics go.
    var metrics: MetricsWishes { MetricsWishes(file: metricsFile, port: metricsPort) }

    func validate() throws {
        if let metricsPort, !(0...65_535).contains(metricsPort) {
            throw ValidationError(.range, "--metrics-port", 0, 65_535)
        }
    }
}
