import COpenSSL
import CampaignFile
import DialModel
import Foundation
import Wording

/// A list on disk, looked at once from end to end: how it is encoded, which contents it has, and how many.
struct ListFile {
    /// Bytes read at a time: memory does not grow with the list.
    static let chunkSize = 1 << 16

    /// The path, as the user named it.
    let path: String
    /// How its text is encoded.
    let encoding: TextEncoding
    /// The SHA-256 of its contents, in hexadecimal.
    let digest: String
    /// Its bytes.
    let size: Int

    /// Surveys the file.
    static func survey(_ path: String, settings: LeadListSettings) throws(Failure) -> ListFile {
        let file = try open(path)
        defer { try? file.close() }
        var survey = EncodingSurvey(forced: settings.encoding)
        let digest = Digest()
        var size = 0
        while let chunk = try nextChunk(of: file, path: path) {
            if size == 0, isWorkbook(chunk) { throw Failure(.badInput, saying: [ErrorPhrase.workbook.filled(path)]) }
            size += chunk.count
            survey.push(chunk)
            digest.update(chunk)
        }
        return ListFile(path: path, encoding: survey.encoding, digest: digest.finish(), size: size)
    }

    /// Whether a file that begins like this is one of Excel: a ZIP archive, or the older compound file.
    private static func isWorkbook(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    }

    /// Opens the file for reading.
    static func open(_ path: String) throws(Failure) -> FileHandle {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            throw Failure(.noInput, saying: [RefusalPhrase.noList.filled(path)])
        }
        // A list is read more than once, and from its beginning each time.
        let kind = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)[.type]
        guard kind as? FileAttributeType == .typeRegular else {
            throw Failure(.noInput, saying: [RefusalPhrase.noOrdinaryFile.filled(path)])
        }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw Failure(.noInput, saying: [RefusalPhrase.unreadableList.filled(path)])
        }
        return file
    }

    /// The next bytes, or nil at the end.
    static func nextChunk(of file: FileHandle, path: String) throws(Failure) -> [UInt8]? {
        do {
            guard let chunk = try file.read(upToCount: chunkSize), !chunk.isEmpty else { return nil }
            return [UInt8](chunk)
        } catch {
            throw Failure(
                .inputOutput, saying: [RefusalPhrase.readingFailed.filled(path, error.localizedDescription)])
        }
    }
}

/// A running SHA-256.
final class Digest {
    private let context = EVP_MD_CTX_new()

    init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }
    deinit { EVP_MD_CTX_free(context) }

    func update(_ bytes: [UInt8]) {
        EVP_DigestUpdate(context, bytes, bytes.count)
    }

    func finish() -> String {
        var result = [UInt8](repeating: 0, count: 32)
        EVP_DigestFinal_ex(context, &result, nil)
        let digits = Array("0123456789abcdef")
        return String(result.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
