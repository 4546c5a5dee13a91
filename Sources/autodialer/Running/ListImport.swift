import CampaignFile
import DialModel
import Foundation
import Ledger
import Regions
import SQLiteLedger
import StoredLedger
import Wording

/// Loads a campaign's lists into the ledger and tells what became of each row.
struct ListImport {
    let folder: CampaignFolder
    /// How to read the lists: the campaign's settings, and what the command line says instead.
    let settings: LeadListSettings
    let isQuiet: Bool
    /// Whether rejected rows are written beside their list.
    let writesRejects: Bool
    let language: Language

    init(
        folder: CampaignFolder, settings: LeadListSettings? = nil, isQuiet: Bool, writesRejects: Bool = true,
        language: Language
    ) {
        self.language = language
        self.folder = folder
        self.settings = settings ?? folder.campaign.leads
        self.isQuiet = isQuiet
        self.writesRejects = writesRejects
    }

    /// Loads the campaign's own list, unless these very contents have been loaded before.
    func importIfNew(into campaign: CampaignID, of ledger: any LedgerStore, at now: Timestamp) async throws {
        let file = try ListFile.survey(folder.listPath, settings: settings)
        guard try await ledger.priorImport(into: campaign, digest: file.digest) == nil else { return }
        try await load(file, into: campaign, of: ledger, at: now)
    }

    /// Loads a list; the answer is what the ledger keeps of it, old or new.
    @discardableResult
    func importList(
        _ path: String, into campaign: CampaignID, of ledger: any LedgerStore, at now: Timestamp
    ) async throws -> ImportRecord {
        let file = try ListFile.survey(path, settings: settings)
        if let prior = try await ledger.priorImport(into: campaign, digest: file.digest) {
            message(language.say(ImportPhrase.known, path, prior.at.dayAndTime))
            return prior
        }
        return try await load(file, into: campaign, of: ledger, at: now)
    }

    /// Tells what loading a list would do, into a campaign that may not be in the ledger yet; nothing is written.
    func rehearse(
        _ path: String, into campaign: CampaignID?, of ledger: any LedgerStore, at now: Timestamp
    ) async throws -> ImportRecord {
        let file = try ListFile.survey(path, settings: settings)
        if let campaign, let prior = try await ledger.priorImport(into: campaign, digest: file.digest) {
            message(language.say(ImportPhrase.knownDry, path, prior.at.dayAndTime))
            return prior
        }
        let record = try await read(file) { source throws(LedgerError) in
            try await ledger.rehearseImport(
                into: campaign, file: ImportedFile(name: file.path, digest: file.digest), from: source,
                duplicates: settings.duplicates, at: now)
        }
        message("  " + language.say(ImportPhrase.dryRun))
        return record
    }

    @discardableResult
    private func load(
        _ file: ListFile, into campaign: CampaignID, of ledger: any LedgerStore, at now: Timestamp
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
        let rejects = RejectsOutput(beside: writesRejects ? file.path : nil, in: language)
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
        if let warning = source.warning { message(warning.rendered.text(in: language)) }
        let renewed = record.renewed > 0 ? language.say(ImportPhrase.renewed, record.renewed) : ""
        message(
            language.say(
                ImportPhrase.imported, file.path, file.encoding.rawValue, record.added, renewed, record.duplicates,
                record.rejected))
        let counts = source.counts
        let notes: [(phrase: ImportPhrase, count: Int)] = [
            (.restored, counts.restored), (.foreign, counts.foreign), (.unusable, counts.unusableAlternates),
        ]
        for note in notes where note.count > 0 { message("  " + language.say(note.phrase, note.count)) }
        for (reason, count) in source.rejects.counts { message("  \(count) × \(reason)") }
        if let rejects = source.rejects.finishedPath { message("  " + language.say(ImportPhrase.rejects, rejects)) }
    }

    private func message(_ text: String) {
        if !isQuiet { Console.message(text) }
    }
}
