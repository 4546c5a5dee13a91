import DialModel
import Foundation

/// A disk under SQLite that fails when a test wants it to.
///
/// It stands where the kernel stands: every call for a file in its folder comes by here, may be refused, and what was
/// written but not synced may be lost in a power cut, sector by sector. Files elsewhere are left alone.
/// `@unchecked Sendable`: the state is only touched under `lock`.
final class FaultyDisk: @unchecked Sendable {
    /// What SQLite asks of a disk.
    enum Operation: String, CaseIterable, Sendable {
        case open, read, write, truncate, sync, delete, lock, map, size
    }

    /// What goes wrong.
    enum Fault: Hashable, Sendable {
        /// One call is refused, and the disk is well again.
        case refusal
        /// One call is refused, and so is every later one.
        case breakdown
        /// The machine loses its power during a call.
        case powerCut
    }

    /// Of so many bytes a disk writes either all or none.
    private static let sector = 512

    /// The folder whose files are on this disk.
    let folder: String
    private let lock = NSLock()
    private var generator: SplitMix64
    private var callCount = 0
    private var seen: Set<Operation> = []
    private var planned: (call: Int, fault: Fault)?
    private var isBroken = false
    private var struck: Operation?
    private var unsynced: [String: UnsyncedFile] = [:]

    /// A healthy disk; `seed` decides what a refusal is called, and what a power cut leaves.
    init(folder: String, seed: UInt64) {
        self.folder = folder
        generator = SplitMix64(seed: seed)
        DiskDriver.mount(self)
    }

    /// Has nothing to do with the folder any more.
    func unmount() { DiskDriver.unmount(folder) }

    /// How many calls there were.
    var calls: Int { lock.withLock { callCount } }

    /// The kinds of calls there were.
    var operations: Set<Operation> { lock.withLock { seen } }

    /// The call that the fault struck; nil while it has not.
    var struckOperation: Operation? { lock.withLock { struck } }

    /// Has a fault strike at the `call`-th call from now on, the first one being 1.
    func plan(_ fault: Fault, atCall call: Int) {
        lock.withLock { planned = (callCount + call, fault) }
    }

    /// Makes a disk that broke or lost its power work again; what a power cut took is gone.
    func restart() {
        lock.withLock {
            if case .powerCut? = planned?.fault, isBroken {
                for (path, file) in unsynced.sorted(by: { $0.key < $1.key }) { file.lose(at: path, &generator) }
                // What is shared between processes is in memory.
                for path in FileManager.default.subpaths(atPath: folder) ?? [] where path.hasSuffix("-shm") {
                    try? FileManager.default.removeItem(atPath: folder + "/" + path)
                }
            }
            unsynced = [:]
            planned = nil
            isBroken = false
            struck = nil
        }
    }

    // MARK: For the driver

    /// What becomes of a call.
    enum Verdict {
        case done
        /// It is refused; of a write, so many bytes are written before.
        case refused(afterBytes: Int)
    }

    /// Takes note of a call of so many bytes, and decides about it.
    func judge(_ operation: Operation, bytes: Int = 0) -> Verdict {
        lock.withLock {
            callCount += 1
            seen.insert(operation)
            if isBroken { return .refused(afterBytes: 0) }
            guard let planned, planned.call == callCount else { return .done }
            struck = operation
            isBroken = planned.fault != .refusal
            return .refused(afterBytes: bytes > 0 ? Int(generator.below(UInt64(bytes))) : 0)
        }
    }

    /// Either of two names for a refusal of the same call.
    func flip() -> Bool { lock.withLock { generator.below(2) == 0 } }

    /// Remembers a write that is to come, for as long as it is not synced.
    func willWrite(_ path: String, _ new: Data, at offset: Int, over old: Data, fileSize: Int) {
        lock.withLock {
            unsynced[path, default: UnsyncedFile(size: fileSize)].changes.append(
                .written(new, at: offset, over: old))
        }
    }

    /// Remembers that a file is to be cut off.
    func willTruncate(_ path: String, to size: Int, tail: Data, fileSize: Int) {
        lock.withLock {
            unsynced[path, default: UnsyncedFile(size: fileSize)].changes.append(.truncated(to: size, tail: tail))
        }
    }

    /// Everything of the file that was written is safe.
    func didSync(_ path: String) { lock.withLock { unsynced[path] = nil } }

    /// The file is gone; SQLite removes none that it needs before what replaces it is synced.
    func didDelete(_ path: String) { lock.withLock { unsynced[path] = nil } }

    /// The changes of a file that are not safe yet, the oldest first.
    private struct UnsyncedFile {
        enum Change {
            case written(Data, at: Int, over: Data)
            case truncated(to: Int, tail: Data)
        }

        /// How long the file was when all of it was safe.
        let size: Int
        var changes: [Change] = []

        /// Puts the file back to where it was safe, and has any of the changes happen to it all the same.
        func lose(at path: String, _ generator: inout SplitMix64) {
            guard var bytes = FileManager.default.contents(atPath: path) else { return }
            for change in changes.reversed() {
                switch change {
                case .written(_, let offset, let old): bytes.put(old, at: offset)
                case .truncated(let size, let tail): bytes.put(tail, at: size)
                }
            }
            bytes = bytes.prefix(size)
            // Between nothing and everything: drives differ in how much they have done when they stop.
            let chance = Double(generator.below(5)) / 4
            for change in changes {
                switch change {
                case .written(let new, let offset, _):
                    for piece in Self.sectors(of: new, at: offset) where generator.unit() < chance {
                        bytes.put(piece.bytes, at: piece.offset)
                    }
                case .truncated(let size, _):
                    if generator.unit() < chance { bytes = bytes.prefix(size) }
                }
            }
            try? bytes.write(to: URL(fileURLWithPath: path))
        }

        private static func sectors(of data: Data, at offset: Int) -> [(bytes: Data, offset: Int)] {
            var pieces: [(Data, Int)] = []
            var position = 0
            while position < data.count {
                let end = min(data.count, ((offset + position) / sector + 1) * sector - offset)
                pieces.append((data.subdata(in: position..<end), offset + position))
                position = end
            }
            return pieces
        }
    }
}

extension Data {
    /// Overwrites, and lengthens with zeroes where that is needed.
    fileprivate mutating func put(_ bytes: Data, at offset: Int) {
        guard !bytes.isEmpty else { return }
        if count < offset + bytes.count { append(Data(count: offset + bytes.count - count)) }
        replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
}
