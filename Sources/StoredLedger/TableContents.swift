import COpenSSL
package import Ledger
import Wording

/// What a table holds, as far as two of them are compared.
package struct TableContents: Hashable, Sendable {
    /// The table.
    package var table: String
    /// How many rows it has.
    package var rows: Int
    /// SHA-256 over the rows in the order of their keys.
    package var checksum: AuditDigest

    /// Reads a whole table, a page at a time.
    init(of table: LedgerTable, in db: any StoreSession) throws {
        self.table = table.name
        rows = 0
        let sum = try RowSum()
        var last: [StoreValue]?
        while case let page = try table.page(after: last, in: db), let end = page.last {
            try sum.add(page)
            rows += page.count
            last = table.key(of: end)
        }
        checksum = try sum.end()
    }
}

/// A SHA-256 of rows: each value is one byte for its type, then eight for an integer, or eight for the length and the bytes
/// themselves, so that nothing can pass from one value into the next.
private final class RowSum {
    private let context: OpaquePointer

    init() throws {
        guard let context = EVP_MD_CTX_new() else { throw Self.refusal }
        self.context = context
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { throw Self.refusal }
    }

    deinit { EVP_MD_CTX_free(context) }

    func add(_ rows: [[StoreValue]]) throws {
        var bytes: [UInt8] = []
        for value in rows.joined() {
            switch value {
            case .null: bytes.append(0)
            case .integer(let number): append(1, UInt64(bitPattern: number), to: &bytes)
            case .text(let text):
                append(2, UInt64(text.utf8.count), to: &bytes)
                bytes.append(contentsOf: text.utf8)
            case .blob(let blob):
                append(3, UInt64(blob.count), to: &bytes)
                bytes.append(contentsOf: blob)
            }
        }
        guard EVP_DigestUpdate(context, bytes, bytes.count) == 1 else { throw Self.refusal }
    }

    func end() throws -> AuditDigest {
        var digest = [UInt8](repeating: 0, count: 32)
        guard EVP_DigestFinal_ex(context, &digest, nil) == 1, let result = AuditDigest(digest) else {
            throw Self.refusal
        }
        return result
    }

    private func append(_ type: UInt8, _ number: UInt64, to bytes: inout [UInt8]) {
        bytes.append(type)
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private static let refusal = Refusal(.other, StorePhrase.noDigest.phrase)
}
