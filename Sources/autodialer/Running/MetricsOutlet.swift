import Logging
import Monitoring
import PushServer
import Telephony
import Wording

/// Where a run tells its metrics: a file for a textfile collector, a port of this machine, both or neither.
struct MetricsOutlet: Sendable {
    /// How often the file is written, in real time.
    private static let rhythm = Duration.seconds(15)

    private let path: String?
    private let server: MetricsServer?

    /// Opens what was asked for, so that a run that nobody could watch does not begin.
    static func open(file path: String?, port: Int?) async throws(Failure) -> MetricsOutlet {
        // A file that cannot be written is found before the first call, not after it. What an earlier run left stays until
        // there is something to tell: a file without figures would silence all alarms.
        if let path {
            // Each writing takes the place of the one before, which what is no file has no room for.
            guard !AtomicFile.isStream(path) else {
                throw Failure(.cannotCreate, saying: [RefusalPhrase.metricsStream.filled(path)])
            }
            try AtomicFile(path).discard()
        }
        guard let port = port.flatMap(UInt16.init(exactly:)) else { return MetricsOutlet(path: path, server: nil) }
        let server = MetricsServer(port: port)
        do throws(PushListeningError) {
            try server.open()
        } catch {
            throw Failure(
                .cannotCreate,
                saying: [RefusalPhrase.metricsPort.filled(error.message), RefusalPhrase.otherPort.phrase])
        }
        if port == 0, let port = server.port { Console.message("metrics: http://127.0.0.1:\(port)/metrics") }
        return MetricsOutlet(path: path, server: server)
    }

    /// Tells what a monitor has to say until cancelled.
    func tell(of monitor: RunMonitor, logger: Logger) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await keepFile(of: monitor, logger) }
            group.addTask { await serve(monitor, logger) }
        }
    }

    /// Writes the file a last time.
    func finish(_ monitor: RunMonitor, logger: Logger) async {
        guard let path else { return }
        Self.write(await monitor.text(isLast: true), to: path, or: logger)
    }

    private func serve(_ monitor: RunMonitor, _ logger: Logger) async {
        guard let server else { return }
        do throws(PushListeningError) {
            try await server.serve(contentType: PrometheusText.contentType) { await monitor.text() }
        } catch {
            logger.warning("metrics cannot be asked for any more", metadata: ["because": "\(error)"])
        }
    }

    private func keepFile(of monitor: RunMonitor, _ logger: Logger) async {
        guard let path else { return }
        while !Task.isCancelled {
            Self.write(await monitor.text(), to: path, or: logger)
            guard (try? await ContinuousClock().sleep(for: Self.rhythm)) != nil else { return }
        }
    }

    private static func write(_ text: String, to path: String, or logger: Logger) {
        do throws(Failure) {
            try write(text, to: path)
        } catch {
            // A run does not end for want of somebody who looks on.
            logger.warning("metrics cannot be written", metadata: ["because": "\(error)"])
        }
    }

    /// Collectors run as another user, and what is written is nobody's secret.
    private static func write(_ text: String, to path: String) throws(Failure) {
        let file = try AtomicFile(path, mode: 0o644)
        try file.write(Array(text.utf8))
        try file.commit()
    }
}
