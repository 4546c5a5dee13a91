package import DialModel

/// How a callee's number is written for a vendor in China, and found again in the vendor's records: as it is dialled inside
/// the country (`vendors/alibaba-udesk.md`, C2; the form for other countries is assumed).
package struct CalleeSpelling: Hashable, Sendable {
    private static let longestExtra = 8

    /// The number as it is dialled inside China, without a campaign's prefix.
    package let text: String
    private let significant: String

    /// Spells a number; `internationalPrefix` stands before the country code of any other country.
    package init(_ number: PhoneNumber, internationalPrefix: String = "00") {
        let digits = String(number.e164.dropFirst())
        guard digits.hasPrefix("86") else {
            significant = digits
            text = internationalPrefix + digits
            return
        }
        significant = String(digits.dropFirst(2))
        text = Self.isDialledAsItStands(significant) ? significant : "0" + significant
    }

    /// Whether the vendor's spelling of a number means this one: with or without prefix, zero or country code.
    package func isWritten(as spelling: String) -> Bool {
        let digits = spelling.filter { $0.isASCII && $0.isNumber }
        return digits.hasSuffix(significant) && digits.count - significant.count <= Self.longestExtra
    }

    /// Whether a spelling is certainly another number; hidden digits leave it open as far as the others agree.
    package func isContradicted(by spelling: String) -> Bool {
        let marks = spelling.filter { !"+- ()".contains($0) }
        if marks.allSatisfy(\.isNumber) { return !isWritten(as: spelling) }
        // What follows the last hidden digit is certainly the end; the rest has its place only if nothing was left out.
        let hasSameLength = marks.count == significant.count || marks.count == text.count
        let end = Array(marks.reversed())
        let visible = hasSameLength ? end[...] : end.prefix { $0.isNumber }
        return zip(visible, significant.reversed()).contains { $0.isNumber && $0 != $1 }
    }

    private static func isDialledAsItStands(_ national: String) -> Bool {
        let bytes = Array(national.utf8)
        let isMobile =
            bytes.count == 11 && bytes[0] == UInt8(ascii: "1")
            && (UInt8(ascii: "3")...UInt8(ascii: "9")).contains(bytes[1])
        return isMobile || (bytes.count == 10 && (national.hasPrefix("400") || national.hasPrefix("800")))
    }
}
