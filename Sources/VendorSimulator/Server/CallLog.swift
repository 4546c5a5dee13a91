import DialModel
import Glibc
import Wording

/// The file to which the simulator appends a JSON line for every call placed and every call ended.
///
/// Each line goes to the kernel in one write before the next thing happens, so that killing whoever runs the simulator
/// loses none. `@unchecked Sendable`: used under the lock of the simulator's state only.
final class CallLog: @unchecked Sendable {
    private let descriptor: Int32

    /// Opens a file for appending, readable by its owner only, for it holds whole numbers.
    init(path: String) throws(SimulatorError) {
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SimulatorError(.cannotLog, SimulatorPhrase.noLog.filled(path, SystemPhrase.saying(errno)))
        }
    }

    deinit { close(descriptor) }

    /// Appends one line.
    func append(_ line: JSON) {
        let bytes = JSONStyle().bytes(of: line) + [UInt8(ascii: "\n")]
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            guard count > 0 || errno == EINTR else { return }
            written += max(0, count)
        }
    }
}
