package import DialModel
import Foundation

/// The extra columns of a lead as one text: a JSON array of `[name, value]` pairs, in the list's order.
///
/// Written and read by hand because a list has millions of cells.
package enum LeadFieldsText {
    /// The text of fields.
    package static func encode(_ fields: [LeadField]) -> String {
        var bytes: [UInt8] = []
        // Each field has seven signs around its words.
        bytes.reserveCapacity(2 + fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 7 })
        append(fields, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ fields: [LeadField], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "["))
            append(field.name, to: &bytes)
            bytes.append(UInt8(ascii: ","))
            append(field.value, to: &bytes)
            bytes.append(UInt8(ascii: "]"))
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// The fields of a text that `encode` made; nil for anything else.
    package static func decode(_ text: String) -> [LeadField]? {
        guard text != "[]" else { return [] }
        var text = text
        if let fields = text.withUTF8({ Parser(bytes: $0).fields() }) { return fields }
        // Another program may have written the same with other escapes.
        guard let pairs = try? JSONDecoder().decode([[String]].self, from: Data(text.utf8)),
            pairs.allSatisfy({ $0.count == 2 })
        else { return nil }
        return pairs.map { LeadField(name: $0[0], value: $0[1]) }
    }

    /// Reads the very form that `encode` writes.
    private struct Parser {
        let bytes: UnsafeBufferPointer<UInt8>
        var index = 0

        init(bytes: UnsafeBufferPointer<UInt8>) {
            self.bytes = bytes
        }

        func fields() -> [LeadField]? {
            var copy = self
            var fields: [LeadField] = []
            guard copy.skip("[") else { return nil }
            while true {
                guard copy.skip("["), let name = copy.string(), copy.skip(","), let value = copy.string(),
                    copy.skip("]")
                else { return nil }
                fields.append(LeadField(name: name, value: value))
                if copy.skip("]") { return copy.index == bytes.count ? fields : nil }
                guard copy.skip(",") else { return nil }
            }
        }

        private mutating func skip(_ sign: Unicode.Scalar) -> Bool {
            guard index < bytes.count, bytes[index] == UInt8(ascii: sign) else { return false }
            index += 1
            return true
        }

        private mutating func string() -> String? {
            guard skip("\"") else { return nil }
            let start = index
            while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") {
                index += 1
            }
            guard index < bytes.count else { return nil }
            let plain = UnsafeBufferPointer(rebasing: bytes[start..<index])
            guard bytes[index] == UInt8(ascii: "\\") else {
                index += 1
                return String(decoding: plain, as: UTF8.self)
            }
            return escaped(Array(plain))
        }

        /// The rest of a string from its first escape on.
        private mutating func escaped(_ start: [UInt8]) -> String? {
            var text = start
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
                guard byte == UInt8(ascii: "\\") else {
                    text.append(byte)
                    continue
                }
                guard index < bytes.count else { return nil }
                let sign = bytes[index]
                index += 1
                if sign == UInt8(ascii: "\"") || sign == UInt8(ascii: "\\") {
                    text.append(sign)
                } else if sign == UInt8(ascii: "u"), index + 4 <= bytes.count,
                    let code = UInt8(String(decoding: bytes[index..<(index + 4)], as: UTF8.self), radix: 16),
                    code < 0x20
                {
                    text.append(code)
                    index += 4
                } else {
                    return nil
                }
            }
            return nil
        }
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

/// The other columns of a lead that a list brings, as the text that is stored of them: made where the lead is made, so that
/// whoever reads the list has that work, and not the database's only writer.
package struct ListedFields: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// The stored text.
    package let text: String

    /// The text of fields.
    package init(_ fields: [LeadField]) {
        text = LeadFieldsText.encode(fields)
    }

    /// The text of the fields that are written here.
    package init(arrayLiteral fields: LeadField...) {
        self.init(fields)
    }

    /// The fields.
    package var all: [LeadField] { LeadFieldsText.decode(text) ?? [] }
}
