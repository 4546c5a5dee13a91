/// Checks bytes for well-formed UTF-8, one at a time (RFC 3629, section 4).
struct UTF8Validator: Hashable, Sendable {
    private var pending = 0
    /// What the next continuation byte may be; narrower after some first bytes.
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    /// Whether no character is left half read.
    var isComplete: Bool { pending == 0 }

    /// Takes bytes up to the first with which the text cannot be UTF-8 any more, and says how many those are; not to be
    /// asked again after such a byte.
    mutating func take(_ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            for (index, byte) in bytes.enumerated() {
                // Most bytes are characters by themselves.
                if pending == 0, byte < 0x80 { continue }
                guard take(byte) else { return index }
            }
            return bytes.count
        }
    }

    /// Takes the next byte and says whether the text can still be UTF-8.
    private mutating func take(_ byte: UInt8) -> Bool {
        if pending > 0 {
            guard allowed.contains(byte) else { return false }
            pending -= 1
            allowed = 0x80...0xBF
            return true
        }
        switch byte {
        case 0x00...0x7F: return true
        case 0xC2...0xDF: expect(1)
        case 0xE0: expect(2, 0xA0...0xBF)
        case 0xED: expect(2, 0x80...0x9F)
        case 0xE1...0xEF: expect(2)
        case 0xF0: expect(3, 0x90...0xBF)
        case 0xF1...0xF3: expect(3)
        case 0xF4: expect(3, 0x80...0x8F)
        default: return false
        }
        return true
    }

    private mutating func expect(_ count: Int, _ next: ClosedRange<UInt8> = 0x80...0xBF) {
        pending = count
        allowed = next
    }
}
