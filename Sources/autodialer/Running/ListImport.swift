import CampaignFile
import DialModel
import Foundation
import Ledger
import Regions
import SQLiteLedger

/// Loads a campaign's lists into the ledger and tells what became of each row.
struct ListImport {
    let folder: CampaignFolder
    /// How to read the lists: the campaign's settings, and what the command line says instead.
    let settings: LeadListSettings
    let isQuiet: Bool
    /// Whether rejected rows are written beside their list.
    let writesRejects: Bool

    init(folder: CampaignFolder, settings: LeadListSettings? = nil, isQuiet: Bool, writesRejects: Bool = true) {
        self.folder = folder
        self.settings = settings ?? folder.campaign.leads
        self.isQuiet = isQuiet
        self.writesRejects = writesRejects
    }

    /// Loads the campaign's own list, unless these very contents have been loaded before.
    func importIfNew(into campaign: CampaignID, of ledger: SQLiteLedger, at now: Timestamp) async throws {
        let file = try ListFile.survey(folder.listPath, settings: settings)
        guard try await ledger.priorImport(into: campaign, digest: file.digest) == nil else { return }
        try await load(file, into: campaign, of: ledger, at: now)
    }

    /// Loads a list; the answer is what the ledger keeps of it, old or new.
    @discardableResult
    func importList(
        _ path: String, into campaign: CampaignID, of ledger: SQLiteLedger, at now: Timestamp
    ) async throws -> ImportRecord {
        let file = try ListFile.survey(path, settings: settings)
        if let prior = try await ledger.priorImport(into: campaign, digest: file.digest) {
            message("\(path): these contents were imported on \(prior.at.dayAndTime); nothing changed")
            return prior
        }
        return try await load(file, into: campaign, of: ledger, at: now)
    }

    /// Tells what loading a list would do, into a campaign that may not be in the ledger yet; nothing is written.
    func rehearse(
        _ path: String, into campaign: CampaignID?, of ledger: SQLiteLedger, at now: Timestamp
    ) async throws -> ImportRecord {
        let file = try ListFile.survey(path, settings: settings)
        if let campaign, let prior = try await ledger.priorImport(into: campaign, digest: file.digest) {
            message("\(path): these contents were imported on \(prior.at.dayAndTime); nothing would change")
            return prior
        }
        let record = try await read(file) { source throws(LedgerError) in
            try await ledger.rehearseImport(
                into: campaign, file: ImportedFile(name: file.path, digest: file.digest), from: source,
                duplicates: settings.duplicates, at: now)
        }
        message("  a dry run: nothing was written")
        return record
    }

    @discardableResult
    private func load(
        _ file: ListFile, into campaign: CampaignID, of ledger: SQLiteLedger, at now: Timestamp
    ) async throws -> ImportRecord {
        try await read(file) { source throws(LedgerError) in
            try await ledger.importLeads(
                into: campaign, file: ImportedFile(name: file.path, digest: file.digest), from: source,
                duplicates: settings.duplicates, at: now)
        }
    }

    /// Has a list read by `take`, and tells what came of it.
    private func read(
        _ file: ListFile, _ take: (ListSource) async throws(LedgerError) -> ImportRecord
    ) async throws -> ImportRecord {
        let rejects = RejectsOutput(beside: writesRejects ? file.path : nil)
        let source = try ListSource(
            file, settings: settings, campaign: folder.campaign.name, clocks: folder.clocks, rejects: rejects)
        let record: ImportRecord
        do throws(LedgerError) {
            record = try await take(source)
        } catch {
            rejects.discard()
            throw source.failure ?? Failure(error)
        }
        tell(of: file, record, source)
        return record
    }

    private func tell(of file: ListFile, _ record: ImportRecord, _ source: ListSource) {
        if let warning = source.warning { message(warning.rendered) }
        let renewed = record.renewed > 0 ? "\(record.renewed) listed anew, " : ""
        message(
            "\(file.path) (\(file.encoding.rawValue)): \(record.added) leads added, \(renewed)\(record.duplicates) duplicates, "
                + "\(record.rejected) rejected")
        if source.counts.restored > 0 {
            message("  \(source.counts.restored) come back as they were exported")
        }
        if source.counts.foreign > 0 {
            message("  \(source.counts.foreign) were exported from another campaign, and begin anew in this one")
        }
        if source.counts.unusableAlternates > 0 {
            message("  \(source.counts.unusableAlternates) further numbers cannot be dialled and are left out")
        }
        for (reason, count) in source.rejects.counts { message("  \(count) × \(reason)") }
        if let rejects = source.rejects.finishedPath {
            message("  see \(rejects): each rejected row with its line and the reason")
        }
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
    /// The clocks by which a lead's last day ends.
    private let clocks: ZoneRules
    private var batch: [ListedLead] = []
    private var isFinished = false

    init(
        _ file: ListFile, settings: LeadListSettings, campaign: String, clocks: ZoneRules, rejects: RejectsOutput
    ) throws(Failure) {
        self.clocks = clocks
        path = file.path
        handle = try ListFile.open(file.path)
        reader = file.reader(settings, campaign: campaign)
        self.rejects = rejects
    }

    deinit { try? handle.close() }

    var rejectedCount: Int { reader.counts.rejects }

    /// How many rows there are of each sort.
    var counts: ListCounts { reader.counts }

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

    func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws {
        guard let header = reader.header, batch.indices.contains(index) else { return }
        try keepingFailure { try rejects.add(duplicate: batch[index], in: place, of: header) }
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
        batch.removeAll(keepingCapacity: true)
        for row in rows {
            switch row {
            case .lead(let lead): batch.append(lead)
            case .reject(let reject):
                guard let header = reader.header else { continue }
                try rejects.add(reject, of: header)
            }
        }
        return batch.map { lead in
            NewLead(
                line: lead.firstLine ?? lead.line, number: lead.number, originalNumber: lead.originalNumber,
                name: lead.name, fields: lead.fields,
                priority: lead.priority, expiresAt: lead.expires?.instant(by: clocks),
                alternates: lead.alternates, standing: lead.standing)
        }
    }

}

extension ListFile {
    /// The reader of this list for a campaign.
    func reader(_ settings: LeadListSettings, campaign: String) -> LeadListReader {
        let numbers = NumberReader(country: settings.country, acceptsExponent: settings.acceptsExponent)
        return LeadListReader(settings, encoding: encoding, file: path, campaign: campaign) { numbers.read($0) }
    }
}
