import CampaignFile
import DialModel
import Dispatch
import Foundation
import Ledger
import Regions
import Wording

/// A list being read for the ledger.
///
/// `@unchecked Sendable`: the ledger pulls from one thread at a time, and nobody else looks before it is done.
final class ListSource: LeadSource, @unchecked Sendable {
    let rejects: RejectsOutput
    let size: Int
    /// What made the list unusable.
    private(set) var failure: Failure?
    private let pages: ListPages
    /// The rows that were read last.
    private var page = ListPages.Page()

    init(
        _ file: ListFile, settings: LeadListSettings, campaign: String, clocks: ZoneRules, rejects: RejectsOutput
    ) throws(Failure) {
        pages = ListPages(
            file, handle: try ListFile.open(file.path), reader: file.reader(settings, campaign: campaign),
            clocks: clocks)
        self.rejects = rejects
        size = file.size
    }

    var rejectedCount: Int { counts.rejects }

    /// How many rows there are of each sort, once the list has been read.
    var counts: ListCounts { pages.reader.counts }

    /// What the operator should know of the list, once it has been read.
    var warning: Diagnostic? { pages.reader.warning }

    func nextBatch() throws -> [NewLead]? {
        try keepingFailure {
            guard let next = try pages.next() else {
                // The rejects file is part of the import: when it cannot be written, nothing is loaded.
                try rejects.finish()
                return nil
            }
            page = next
            if let header = page.header { for reject in page.rejects { try rejects.add(reject, of: header) } }
            return page.leads
        }
    }

    func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws {
        guard let header = page.header, page.listed.indices.contains(index) else { return }
        try keepingFailure { try rejects.add(duplicate: page.listed[index], in: place, of: header) }
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
}

/// The rows of a list, a chunk of it at a time; the next chunk is read while the last one is loaded, which takes as long.
///
/// `@unchecked Sendable`: whatever changes is only touched by the work on `queue`, and by `next` when there is none.
private final class ListPages: @unchecked Sendable {
    /// The rows of a chunk, and the header as far as it is known by then.
    struct Page {
        var header: LeadListHeader?
        /// The leads as the list has them, and as the ledger takes them.
        var listed: [ListedLead] = []
        var leads: [NewLead] = []
        var rejects: [RejectedRow] = []
    }

    /// To be asked by others only when there is nothing left to read.
    let reader: LeadListReader
    private let list: ListFile
    private let handle: FileHandle
    /// The clocks by which a lead's last day ends.
    private let clocks: ZoneRules
    private let digest = Digest()
    private let queue = DispatchQueue(label: "autodialer.list")
    private let reading = DispatchGroup()
    private var ahead: Result<Page?, any Error>?
    /// The pages that were handed out last, kept until nobody else has them: a million leads are given back to memory here,
    /// and not where they are loaded.
    private var handedOut: [Page] = []
    private var isFinished = false

    init(_ list: ListFile, handle: FileHandle, reader: LeadListReader, clocks: ZoneRules) {
        self.list = list
        self.clocks = clocks
        self.handle = handle
        self.reader = reader
    }

    deinit { try? handle.close() }

    /// The next rows, or nil at the end.
    func next() throws -> Page? {
        reading.wait()
        guard let page = try (ahead ?? Result { try read() }).get() else { return nil }
        handedOut.append(page)
        queue.async(group: reading) {
            // The one before the last may be in use until this call has returned.
            if self.handedOut.count > 2 { self.handedOut.removeFirst() }
            self.ahead = Result { try self.read() }
        }
        return page
    }

    private func read() throws -> Page? {
        guard !isFinished else { return nil }
        let chunk = try ListFile.nextChunk(of: handle, path: list.path)
        if let chunk {
            digest.update(chunk)
        } else {
            isFinished = true
            guard digest.finish() == list.digest else {
                throw Failure(
                    .badInput,
                    saying: [RefusalPhrase.changedList.filled(list.path), RefusalPhrase.tryAgain.phrase])
            }
        }
        let rows = try chunk.map { try reader.push($0) } ?? reader.finish()
        return page(of: rows)
    }

    private func page(of rows: [ListedRow]) -> Page {
        var page = Page(header: reader.header)
        page.listed.reserveCapacity(rows.count)
        for row in rows {
            switch row {
            case .lead(let lead): page.listed.append(lead)
            case .reject(let reject): page.rejects.append(reject)
            }
        }
        page.leads = page.listed.map { lead in
            NewLead(
                line: lead.firstLine ?? lead.line, number: lead.number, originalNumber: lead.originalNumber,
                name: lead.name, fields: ListedFields(lead.fields), priority: lead.priority,
                expiresAt: lead.expires?.instant(by: clocks), alternates: lead.alternates, standing: lead.standing)
        }
        return page
    }
}

extension ListFile {
    /// The reader of this list for a campaign.
    func reader(_ settings: LeadListSettings, campaign: String) -> LeadListReader {
        let numbers = NumberReader(country: settings.country, acceptsExponent: settings.acceptsExponent)
        return LeadListReader(settings, encoding: encoding, file: path, campaign: campaign) { numbers.read($0) }
    }
}
