/// A callee's number in the national form that vendors of mainland China compare (`vendors/alibaba-udesk.md`, C2).
package enum CalleeNumber {
    /// The national form of a number, a landline's zero kept; nil for whatever a campaign may not call.
    ///
    /// A dial prefix is not part of the number and has to be taken off before.
    package static func normalised(_ text: String) -> String? {
        var digits = halfWidth(text).filter { !" -()".contains($0) }
        for prefix in ["+86", "0086"] where digits.hasPrefix(prefix) {
            digits = withTrunkZero(String(digits.dropFirst(prefix.count)))
            break
        }
        if digits.count == 13, digits.hasPrefix("86"), isMobile(digits.dropFirst(2)) {
            digits.removeFirst(2)
        }
        if digits.hasPrefix("0"), isMobile(digits.dropFirst()) {
            digits.removeFirst()
        }
        return isMobile(digits[...]) || isLandline(digits) ? digits : nil
    }

    /// The international form of a landline has lost the zero of its area code.
    private static func withTrunkZero(_ digits: String) -> String {
        let isLandline = (9...11).contains(digits.count) && !isMobile(digits[...])
        guard isLandline, !["0", "400", "800"].contains(where: digits.hasPrefix) else { return digits }
        return "0" + digits
    }

    /// Full-width forms become their plain ones, as NFKC has it for the characters that occur in numbers.
    private static func halfWidth(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x3000, 0x00A0: result.append(" ")
            case 0xFF01...0xFF5E:
                if let plain = Unicode.Scalar(scalar.value - 0xFEE0) { result.unicodeScalars.append(plain) }
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isMobile(_ digits: Substring) -> Bool {
        digits.count == 11 && digits.allSatisfy(isDigit) && digits.first == "1"
            && ("3"..."9").contains(digits.dropFirst().first ?? "0")
    }

    private static func isLandline(_ digits: String) -> Bool {
        (10...12).contains(digits.count) && digits.first == "0" && digits.allSatisfy(isDigit)
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
