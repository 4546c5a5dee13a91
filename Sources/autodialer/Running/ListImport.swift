import CampaignFile
import DialModel
import Foundation
import Ledger
import Regions
import SQLiteLedger

/// Loads a campaign's lists into the ledger and tells what became of each row.
struct ListImport {
    let folder: CampaignFolder
    let isQuiet: Bool

    /// Loads the campaign's own list, unless these very contents have been loaded before.
    func importIfNew(into campaign: CampaignID, of ledger: SQLiteLedger, at now: Timestamp) async throws {
        let file = try ListFile.survey(folder.listPath, settings: folder.campaign.leads)
        guard try await ledger.priorImport(into: campaign, digest: file.digest) == nil else { return }
        try await load(file, into: campaign, of: ledger, at: now)
    }

    /// Loads a list; the answer is what the ledger keeps of it, old or new.
    @discardableResult
    func importList(
        _ path: String, into campaign: CampaignID, of ledger: SQLiteLedger, at now: Timestamp
    ) async throws -> ImportRecord {
        let file = try ListFile.survey(path, settings: folder.campaign.leads)
        if let prior = try await ledger.priorImport(into: campaign, digest: file.digest) {
            message("\(path): these contents were imported on \(prior.at.dayAndTime); nothing changed")
            return prior
        }
        return try await load(file, into: campaign, of: ledger, at: now)
    }

    @discardableResult
    private func load(
        _ file: ListFile, into campaign: CampaignID, of ledger: SQLiteLedger, at now: Timestamp
    ) async throws -> ImportRecord {
        let source = try ListSource(file, settings: folder.campaign.leads)
        let record: ImportRecord
        do throws(LedgerError) {
            record = try await ledger.importLeads(
                into: campaign, file: ImportedFile(name: file.path, digest: file.digest), from: source, at: now)
        } catch {
            source.rejects.discard()
            throw source.failure ?? Failure(error)
        }
        if let warning = source.warning { message(warning.rendered) }
        message(
            "\(file.path) (\(file.encoding.rawValue)): \(record.added) leads added, \(record.duplicates) duplicates, "
                + "\(record.rejected) rejected")
        for (reason, count) in source.rejects.counts { message("  \(count) × \(reason)") }
        if let rejects = source.rejects.finishedPath {
            message("  see \(rejects): each rejected row with its line and the reason")
        }
        return record
    }

    private func message(_ text: String) {
        if !isQuiet { Console.message(text) }
    }
}

/// A list being read for the ledger.
///
/// `@unchecked Sendable`: the ledger pulls from one thread at a time, and nobody else looks before it is done.
private final class ListSource: LeadSource, @unchecked Sendable {
    let rejects: RejectsOutput
    /// What made the list unusable.
    private(set) var failure: Failure?
    private let path: String
    private let handle: FileHandle
    private let reader: LeadListReader
    private var isFinished = false

    init(_ file: ListFile, settings: LeadListSettings) throws(Failure) {
        path = file.path
        handle = try ListFile.open(file.path)
        let numbers = NumberReader(country: settings.country)
        reader = LeadListReader(settings, encoding: file.encoding, file: file.path) { numbers.read($0) }
        rejects = RejectsOutput(beside: file.path)
    }

    deinit { try? handle.close() }

    var rejectedCount: Int { reader.counts.rejects }

    /// What the operator should know of the list, once it has been read.
    var warning: Diagnostic? { reader.warning }

    func nextBatch() throws -> [NewLead]? {
        try keepingFailure {
            guard !isFinished else {
                // The rejects file is part of the import: when it cannot be written, nothing is loaded.
                try rejects.finish()
                return nil
            }
            let chunk = try ListFile.nextChunk(of: handle, path: path)
            isFinished = chunk == nil
            return try take(chunk.map { try reader.push($0) } ?? reader.finish())
        }
    }

    func rejectDuplicate(_ lead: NewLead) throws {
        guard let header = reader.header else { return }
        let listed = ListedLead(
            line: lead.line, number: lead.number, originalNumber: lead.originalNumber, name: lead.name,
            fields: lead.fields.map { ListedField(name: $0.name, value: $0.value) })
        try keepingFailure { try rejects.add(duplicate: listed, of: header) }
    }

    /// Remembers why the list cannot be used, for the ledger only says that it could not be read.
    private func keepingFailure<Answer>(_ work: () throws -> Answer) throws -> Answer {
        do {
            return try work()
        } catch let defect as ListDefect {
            failure = Failure(.badInput, diagnostics: [defect.diagnostic])
            throw defect
        } catch let problem as Failure {
            failure = problem
            throw problem
        }
    }

    private func take(_ rows: [ListedRow]) throws -> [NewLead] {
        var leads: [NewLead] = []
        leads.reserveCapacity(rows.count)
        for row in rows {
            switch row {
            case .lead(let lead):
                leads.append(
                    NewLead(
                        line: lead.line, number: lead.number, originalNumber: lead.originalNumber, name: lead.name,
                        fields: lead.fields.map { LeadField(name: $0.name, value: $0.value) }))
            case .reject(let reject):
                guard let header = reader.header else { continue }
                try rejects.add(reject, of: header)
            }
        }
        return leads
    }
}
