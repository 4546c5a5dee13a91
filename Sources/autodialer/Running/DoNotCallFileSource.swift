import CampaignFile
import DialModel
import Foundation
import Ledger
import Regions
import Wording

/// A do-not-call list on disk, being read for the ledger.
///
/// `@unchecked Sendable`: the ledger pulls from one thread at a time, and nobody else looks before it is done.
final class DoNotCallFileSource: DoNotCallSource, @unchecked Sendable {
    let rejects: RejectsOutput
    /// What made the list unusable.
    private(set) var failure: Failure?
    private let path: String
    private let handle: FileHandle
    private let reader: DoNotCallListReader
    /// Whether numbers without a country code can be read.
    private let hasCountry: Bool
    private var isFinished = false

    /// Opens the file; `column` is the header of the numbers, nil to recognise it.
    init(_ file: ListFile, column: String?, patterns: DoNotCallReader, in language: Language) throws(Failure) {
        path = file.path
        hasCountry = patterns.country != nil
        handle = try ListFile.open(file.path)
        let clocks = ZoneClocks().ofThisMachine
        let cells = DoNotCallListReader.Cells(
            pattern: { patterns.read($0) }, expiry: { ListedExpiry($0)?.instant(by: clocks) })
        reader = DoNotCallListReader(encoding: file.encoding, file: file.path, column: column, cells: cells)
        rejects = RejectsOutput(beside: file.path, in: language)
    }

    deinit { try? handle.close() }

    var rejectedCount: Int { reader.rejectedCount }

    /// How many entries count for ever because their end cannot be read.
    var unreadableEnds: Int { reader.unreadableEnds }

    func nextBatch(isHashed: Bool) throws -> [DoNotCallEntry]? {
        do {
            guard !isFinished else {
                // The rejects file is part of the import: when it cannot be written, nothing is loaded.
                try rejects.finish()
                return nil
            }
            let chunk = try ListFile.nextChunk(of: handle, path: path)
            isFinished = chunk == nil
            let rows = try chunk.map { try reader.push($0, isHashed: isHashed) } ?? reader.finish(isHashed: isHashed)
            return try take(rows)
        } catch let defect as ListDefect {
            failure = Failure(.badInput, diagnostics: [defect.diagnostic])
            throw defect
        } catch let problem as Failure {
            failure = problem
            throw problem
        }
    }

    /// What naming a country mends.
    private static let wantsCountry = [
        DoNotCallRejection.number(.noCountry).reasonCode, DoNotCallRejection.nationalWildcard.reasonCode,
    ]

    /// Whoever is left out could still be called, so a file whose numbers only lack their country is not taken in part.
    private func lacksCountry(_ row: RejectedRow) -> Failure {
        Failure(
            .badInput,
            saying: [
                DoNotCallPhrase.noCountryCode.filled(path, row.line), DoNotCallPhrase.nameCountry.phrase,
            ])
    }

    private func take(_ rows: [DoNotCallRow]) throws -> [DoNotCallEntry] {
        var entries: [DoNotCallEntry] = []
        entries.reserveCapacity(rows.count)
        for row in rows {
            switch row {
            case .entry(let pattern, let expiresAt): entries.append(DoNotCallEntry(pattern, expiresAt: expiresAt))
            case .reject(let reject):
                guard let header = reader.header else { continue }
                if !hasCountry, Self.wantsCountry.contains(reject.reasonCode) { throw lacksCountry(reject) }
                try rejects.add(reject, of: header)
            }
        }
        return entries
    }
}
