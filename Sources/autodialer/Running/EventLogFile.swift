import CampaignRunner
import DialEngine
import DialModel
import Forecast
import Foundation

/// The recording of a run's events beside the database: there from the first event on, and kept if the run dies.
///
/// Whatever goes wrong with it, the run goes on. `@unchecked Sendable`: the state is only touched under `lock`.
final class EventLogFile: EventRecorder, @unchecked Sendable {
    /// Where a recording ends that grows too large: some fifty thousand attempts.
    private static let limit = 64 << 20
    /// How many recordings of runs that died are kept.
    private static let keptCount = 5

    private let path: String
    private let lock = NSLock()
    private let coder = EventLogCoder(salt: UInt64.random(in: .min ... .max))
    private var descriptor: Int32 = -1
    private var header: EventLogHeader?
    private var size = 0
    private var unwritten = Data()

    /// A recording that is begun with the first event.
    init(at path: String, of header: EventLogHeader) {
        self.path = path
        self.header = header
    }

    deinit { end() }

    /// Keeps the recording of a run that died, under a name of its own; the name, if there is one.
    ///
    /// The first few are kept, and the last: what a run dies of again and again began with the first.
    static func keepRecording(at path: String) -> String? {
        let names = (1...keptCount).map { "\(path).died-\($0)" }
        let kept = names.first { access($0, F_OK) != 0 } ?? names[keptCount - 1]
        return rename(path, kept) == 0 ? kept : nil
    }

    func willHandle(_ event: DialEvent, at now: Timestamp) {
        lock.withLock {
            begin()
            append(EventLogLine.event(event, at: now))
            write()
        }
    }

    func didHandle(_ directives: [Directive]) {
        lock.withLock { append(EventLogLine.directives(directives)) }
    }

    /// Removes the recording of a run that ended as it should.
    func remove() {
        lock.withLock {
            guard descriptor >= 0 || header == nil else { return }
            end()
            unlink(path)
        }
    }

    /// Opens the file before the first event; where none can be made, as on a full disk, nothing is recorded.
    private func begin() {
        guard let header else { return }
        self.header = nil
        unlink(path)
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        append(header)
    }

    private func append(_ value: some Encodable) {
        guard descriptor >= 0, let line = try? coder.line(value) else { return }
        unwritten += line
        guard size + unwritten.count > Self.limit else { return }
        if let line = try? coder.line(EventLogLine.full) { unwritten = line }
        write()
        end()
    }

    private func write() {
        guard descriptor >= 0, !unwritten.isEmpty else { return }
        let reason = Console.write(Array(unwritten), to: descriptor)
        size += unwritten.count
        unwritten.removeAll(keepingCapacity: true)
        // A recording with a gap could not be replayed, so it ends here.
        if reason != 0 { end() }
    }

    private func end() {
        guard descriptor >= 0 else { return }
        Console.write(Array(unwritten), to: descriptor)
        unwritten = Data()
        close(descriptor)
        descriptor = -1
    }
}
