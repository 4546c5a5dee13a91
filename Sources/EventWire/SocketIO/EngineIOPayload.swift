/// The packets of one polling request or answer, `<length>:<packet>` each (`vendors/well-wincall.md`, B.3.3).
///
/// Revision 3 of the parser writes each packet's UTF-8 bytes as characters, counts those, and has them encoded once more by
/// HTTP. Other servers leave that out and count UTF-16 units, or bytes. All of them are read; what is written is as the
/// revision wants it, which in ASCII is the same for all.
package enum EngineIOPayload {
    /// The body of a request or an answer.
    package static func encoded(_ packets: [EngineIOPacket]) -> [UInt8] {
        var text = ""
        for packet in packets {
            let bytes = Array(packet.text.utf8)
            text += "\(bytes.count):"
            for byte in bytes { text.unicodeScalars.append(UnicodeScalar(byte)) }
        }
        return Array(text.utf8)
    }

    /// The packets of a body; nil when it is not made of whole packets from beginning to end.
    package static func packets(_ body: [UInt8]) -> [EngineIOPacket]? {
        guard let text = String(validating: body, as: UTF8.self) else { return nil }
        let units = Array(text.utf16)
        let counted = pieces(units) { String(decoding: $0, as: UTF16.self) }.flatMap { $0.compactAll(undoubled) }
        return counted ?? pieces(body) { String(decoding: $0, as: UTF8.self) }.flatMap { $0.compactAll { $0 } }
    }

    /// The text of each packet, its length counted in `Unit`s.
    private static func pieces<Unit: FixedWidthInteger>(
        _ units: [Unit], _ text: (ArraySlice<Unit>) -> String
    ) -> [String]? {
        var pieces: [String] = []
        var rest = units[...]
        while !rest.isEmpty {
            guard let colon = rest.prefix(10).firstIndex(of: Unit(UInt8(ascii: ":"))),
                let count = Int(text(rest[..<colon])), count > 0, count < rest.endIndex - colon
            else { return nil }
            let start = colon + 1
            pieces.append(text(rest[start..<(start + count)]))
            rest = rest[(start + count)...]
        }
        return pieces
    }

    /// The text whose UTF-8 bytes these characters are; the characters themselves if they are no such bytes.
    private static func undoubled(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        let bytes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
        guard bytes.count == text.unicodeScalars.count else { return text }
        return String(validating: bytes, as: UTF8.self) ?? text
    }
}

extension [String] {
    /// The packets of all texts; nil if one is none.
    fileprivate func compactAll(_ transform: (String) -> String) -> [EngineIOPacket]? {
        let packets = compactMap { EngineIOPacket(transform($0)) }
        return packets.count == count ? packets : nil
    }
}
