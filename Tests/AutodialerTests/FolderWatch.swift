import Foundation

/// Notices every change of the files in a folder from the moment it is made, and waits for them.
final class FolderWatch {
    private let descriptor: Int32
    /// How many changes of each file were noticed; changes that follow each other at once may count as one.
    private(set) var changes: [String: Int] = [:]

    init(_ folder: String) throws {
        descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        let mask = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
        guard descriptor >= 0, inotify_add_watch(descriptor, folder, mask) >= 0 else {
            throw RunningTool.WaitedInVain(description: "\(folder) cannot be watched: errno \(errno)")
        }
    }

    deinit { close(descriptor) }

    /// Waits until `condition` holds, which is asked after every change in the folder; false when `tool` ended first.
    ///
    /// Throws when `limit` passes before.
    func wait(
        for what: String, while tool: RunningTool, within limit: Duration = .seconds(90),
        until condition: (FolderWatch) throws -> Bool
    ) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while true {
            takeChanges()
            if try condition(self) { return true }
            if !tool.isRunning { return false }
            let left = deadline - ContinuousClock.now
            guard left > .zero else {
                throw RunningTool.WaitedInVain(description: "waited \(limit) for \(what):\n\(tool.errors)")
            }
            _ = await Waiting.on([descriptor, tool.endDescriptor], within: left)
        }
    }

    private func takeChanges() {
        // Each event is a header of four 32-bit words, the last of them the length of the name that follows.
        let header = 16
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return }
            var start = 0
            while start + header <= count {
                let length = (0..<4).reduce(0) { $0 | Int(buffer[start + 12 + $1]) << (8 * $1) }
                let name = buffer[(start + header)..<(start + header + length)].prefix { $0 != 0 }
                changes[String(decoding: name, as: UTF8.self), default: 0] += 1
                start += header + length
            }
        }
    }
}
