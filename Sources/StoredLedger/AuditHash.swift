import COpenSSL
import DialModel
import Ledger
import Wording

/// The two hashes of the audit log: SHA-256 over texts that each stand behind their length, so that nothing can pass from
/// one into the next: `4:dial,0:,2:17,`.
enum AuditHash {
    /// The digest of an entry: over the 32 bytes of the digest before it, then id, instant in milliseconds, actor, action,
    /// campaign (empty for none) and facts.
    static func entry(
        after previous: AuditDigest, id: Int64, at: Int64, actor: some Collection<UInt8>,
        action: some Collection<UInt8>, campaign: Int64?, facts: some Collection<UInt8>
    ) -> AuditDigest {
        var bytes = previous.bytes
        append(String(id).utf8, to: &bytes)
        append(String(at).utf8, to: &bytes)
        append(actor, to: &bytes)
        append(action, to: &bytes)
        append((campaign.map { String($0) } ?? "").utf8, to: &bytes)
        append(facts, to: &bytes)
        return hash(bytes)
    }

    /// The seal of an attempt: over its salt, then what a dial is made of.
    static func seal(of dial: SealedDial, salt: [UInt8]) -> AuditDigest {
        var bytes = salt
        for number in [dial.attempt, dial.campaign, dial.lead, dial.run] { append(String(number).utf8, to: &bytes) }
        append(dial.number.utf8, to: &bytes)
        append(dial.account.utf8, to: &bytes)
        append((dial.callerID ?? "").utf8, to: &bytes)
        append(String(dial.claimedAt).utf8, to: &bytes)
        return hash(bytes)
    }

    /// A salt for one attempt, 16 bytes.
    static func freshSalt() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard RAND_bytes(&bytes, Int32(bytes.count)) == 1 else {
            throw Refusal(.other, StorePhrase.noRandomness.phrase)
        }
        return bytes
    }

    private static func append(_ text: some Collection<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: String(text.count).utf8)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(contentsOf: text)
        bytes.append(UInt8(ascii: ","))
    }

    private static func hash(_ bytes: [UInt8]) -> AuditDigest {
        var digest = [UInt8](repeating: 0, count: 32)
        _ = SHA256(bytes, bytes.count, &digest)
        return AuditDigest(digest) ?? .none
    }
}

/// What the audit log vouches for of a dial.
struct SealedDial {
    var attempt: Int64
    var campaign: Int64
    var lead: Int64
    var run: Int64
    var number: String
    var account: String
    var callerID: String?
    var claimedAt: Int64
}
