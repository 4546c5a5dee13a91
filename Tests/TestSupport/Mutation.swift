import DialModel
import Foundation

/// Spoils files by a seed: bits and bytes changed, pieces cut, doubled, moved in from other files, and words of the format
/// put where they do not belong.
package struct Mutation {
    /// Larger files are no more instructive, and take longer.
    package static let sizeLimit = 1 << 15

    /// The files that are spoilt.
    package let originals: [[UInt8]]
    /// The words of their format.
    package let words: [[UInt8]]

    /// Files to spoil, and words to spoil them with.
    package init(_ originals: [[UInt8]], words: [String]) {
        self.originals = originals.map { Array($0.prefix(Self.sizeLimit)) }
        self.words = words.map { Array($0.utf8) }
    }

    /// The file of a seed.
    package func file(seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        var bytes = pick(originals, &random)
        for _ in 0...random.below(12) { spoil(&bytes, &random) }
        return Array(bytes.prefix(Self.sizeLimit))
    }

    private func spoil(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        let place = Int(random.below(UInt64(bytes.count + 1)))
        let length = min(bytes.count - place, Int(random.below(random.below(4) == 0 ? 400 : 6)))
        switch random.below(9) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 2: bytes.removeSubrange(place..<(place + length))
        case 3: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
        case 4: bytes.removeLast(bytes.count - place)
        case 5:
            let other = pick(originals, &random)
            let start = Int(random.below(UInt64(other.count + 1)))
            bytes.insert(contentsOf: other[start..<min(other.count, start + 200)], at: place)
        case 6:
            let word = pick(words, &random)
            let count = random.below(20) == 0 ? 2_000 : 1 + Int(random.below(3))
            bytes.insert(contentsOf: Array(repeating: word, count: count).joined(), at: place)
        default: bytes.insert(contentsOf: pick(words, &random), at: place)
        }
    }

    private func pick<Value>(_ values: [Value], _ random: inout SplitMix64) -> Value {
        values[Int(random.below(UInt64(values.count)))]
    }
}

/// Where a fuzzer stands, in a file that outlives a crash: the seed to replay is the last one in it.
package struct FuzzJournal {
    private let path: String
    private let handle: FileHandle?

    /// The file `autodialer-fuzz-NAME.seed` among the temporary ones.
    package init(_ name: String) {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("autodialer-fuzz-\(name).seed").path
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        handle = FileHandle(forWritingAtPath: path)
    }

    /// Notes the seed that comes next.
    package func note(_ seed: UInt64) {
        try? handle?.seek(toOffset: 0)
        try? handle?.write(contentsOf: Data("\(seed)\n".utf8))
        try? handle?.truncate(atOffset: UInt64("\(seed)\n".utf8.count))
    }

    /// Nothing has crashed.
    package func remove() {
        try? handle?.close()
        try? FileManager.default.removeItem(atPath: path)
    }
}
