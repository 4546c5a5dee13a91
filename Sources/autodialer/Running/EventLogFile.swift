import CampaignRunner
import DialEngine
import DialModel
import Forecast
import Foundation

/// The recording of a run's events beside the database: there while the run lasts, and kept if it dies.
///
/// Whatever goes wrong with it, the run goes on. `@unchecked Sendable`: the state is only touched under `lock`.
final class EventLogFile: EventRecorder, @unchecked Sendable {
    /// Where a recording ends that grows too large: some fifty thousand attempts.
    private static let limit = 64 << 20

    private let path: String
    private let lock = NSLock()
    private let coder = EventLogCoder(salt: UInt64.random(in: .min ... .max))
    private var descriptor: Int32
    private var size = 0
    private var unwritten = Data()

    /// Begins a recording; nil where none can be made, as on a full disk.
    init?(at path: String, of header: EventLogHeader) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        lock.withLock { append(header) }
    }

    deinit { end() }

    /// Keeps the recording of a run that died, under a name of its own; the name, if there is one.
    static func keepRecording(at path: String) -> String? {
        let kept = path + ".died"
        return rename(path, kept) == 0 ? kept : nil
    }

    func willHandle(_ event: DialEvent, at now: Timestamp) {
        lock.withLock {
            append(EventLogLine.event(event, at: now))
            write()
        }
    }

    func didHandle(_ directives: [Directive]) {
        lock.withLock { append(EventLogLine.directives(directives)) }
    }

    /// Removes the recording of a run that ended as it should.
    func remove() {
        lock.withLock { end() }
        unlink(path)
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
        let count = unwritten.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        // A recording with a gap could not be replayed, so it ends with the last line that is whole.
        if count != unwritten.count { end() }
        size += unwritten.count
        unwritten.removeAll(keepingCapacity: true)
    }

    private func end() {
        guard descriptor >= 0 else { return }
        if !unwritten.isEmpty {
            _ = unwritten.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            unwritten = Data()
        }
        close(descriptor)
        descriptor = -1
    }
}
