import Foundation
import Ledger

/// The extra columns of a lead as one text: a JSON array of `[name, value]` pairs, in the list's order.
///
/// Written by hand because a list has millions of cells; read, rarely, with the library.
enum LeadFieldsText {
    static func encode(_ fields: [LeadField]) -> String {
        guard !fields.isEmpty else { return "[]" }
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for field in fields {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "["))
            append(field.name, to: &bytes)
            bytes.append(UInt8(ascii: ","))
            append(field.value, to: &bytes)
            bytes.append(UInt8(ascii: "]"))
        }
        bytes.append(UInt8(ascii: "]"))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The fields of a text that `encode` made; nil for anything else.
    static func decode(_ text: String) -> [LeadField]? {
        guard text != "[]" else { return [] }
        guard let pairs = try? JSONDecoder().decode([[String]].self, from: Data(text.utf8)),
            pairs.allSatisfy({ $0.count == 2 })
        else { return nil }
        return pairs.map { LeadField(name: $0[0], value: $0[1]) }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(hexadecimal(byte >> 4))
                bytes.append(hexadecimal(byte & 0xF))
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
