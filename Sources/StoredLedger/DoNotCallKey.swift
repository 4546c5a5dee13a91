import COpenSSL
package import DialModel
import Ledger
import Wording

/// How the entries of one do-not-call list are kept: as they are, or as hashes under the list's own key.
///
/// A hash keeps a number from being read in the file or in a copy of the list. It does not keep whoever has the file, and so
/// the key, from trying out all numbers.
package struct DoNotCallKey: Sendable {
    /// Bytes of a key.
    private static let keyLength = 32
    /// Bytes of a hash: among ten million numbers, the odds of two alike are one in 10²⁴.
    private static let hashLength = 16

    /// The list's key; nil if it keeps numbers.
    package let secret: [UInt8]?

    /// A key for a new list.
    static func fresh() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: keyLength)
        guard RAND_bytes(&bytes, Int32(bytes.count)) == 1 else {
            throw Refusal(.other, StorePhrase.noRandomness.phrase)
        }
        return bytes
    }

    /// What a number's entry is found by.
    func value(of number: PhoneNumber) -> StoreValue {
        guard let secret else { return number.e164.storeValue }
        let text = Array(number.e164.utf8)
        let key = secret
        var hash = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        _ = HMAC(EVP_sha256(), key, Int32(key.count), text, text.count, &hash, &length)
        return .blob(Array(hash.prefix(Self.hashLength)))
    }

    /// What an entry is found by; throws `.constraint` for a wildcard among hashes.
    package func value(of pattern: DoNotCallPattern) throws -> StoreValue {
        if let number = pattern.number { return value(of: number) }
        guard secret == nil else {
            throw Refusal(.constraint, StorePhrase.listKeepsHashes.phrase)
        }
        return pattern.text.storeValue
    }
}
