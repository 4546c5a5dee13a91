import Glibc

/// GB18030 or GBK to UTF-8 through the C library, as bytes arrive.
///
/// A class because it owns a conversion descriptor; it is used by one reader and never shared.
final class ChineseDecoder {
    /// The longest character is four bytes of GB18030.
    private static let characterLimit = 4

    private let descriptor: iconv_t?
    private var rest: [UInt8] = []

    /// Opens a conversion from a charset that the C library names.
    init(charset: String) {
        let opened = iconv_open("UTF-8", charset)
        // The C library's failure is the pointer -1.
        descriptor = opened == iconv_t(bitPattern: -1) ? nil : opened
    }

    deinit {
        if let descriptor { iconv_close(descriptor) }
    }

    /// Whether no character is left half read.
    var isComplete: Bool { rest.isEmpty }

    /// Appends the UTF-8 of `bytes`; false at the first byte that does not fit, or if there is no such conversion.
    func decode(_ bytes: [UInt8], _ output: inout [UInt8]) -> Bool {
        guard let descriptor else { return false }
        var input = rest + bytes
        // Two bytes of a Chinese character become three of UTF-8, and nothing grows by more.
        let capacity = input.count * 3 + Self.characterLimit
        var isFit = false
        var unread = 0
        let decoded = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
            (isFit, unread, count) = Self.convert(descriptor, &input, target)
        }
        output.append(contentsOf: decoded)
        rest = Array(input.suffix(unread))
        return isFit
    }

    /// Converts as much as there is; a cut character at the end is no misfit.
    private static func convert(
        _ descriptor: iconv_t, _ input: inout [UInt8], _ target: UnsafeMutableBufferPointer<UInt8>
    ) -> (isFit: Bool, unread: Int, written: Int) {
        input.withUnsafeMutableBytes { source in
            target.withMemoryRebound(to: CChar.self) { target in
                var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var unread = source.count
                var to = target.baseAddress
                var room = target.count
                let isWhole = iconv(descriptor, &from, &unread, &to, &room) != -1
                return (isWhole || errno == EINVAL, unread, target.count - room)
            }
        }
    }
}
