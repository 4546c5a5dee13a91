import CampaignFile
import DialModel
import Foundation
import Regions
import Wording

/// The first rows of a list and what it comes to, for somebody who sees it for the first time.
struct ListPreview {
    /// How many rows are shown of each sort.
    private static let shown = 3

    /// How its text is encoded.
    let encoding: TextEncoding
    private(set) var leads = 0
    private(set) var rejects = 0
    /// The first rows, by their lines, numbers masked.
    private(set) var rows: [(line: Int, number: String)] = []
    /// The first rows that are rejected, and why.
    private(set) var rejected: [(line: Int, reason: Phrase)] = []

    /// Reads the list; throws what makes it unusable, a column of numbers that is not found for one.
    init(_ path: String, settings: LeadListSettings) throws(Failure) {
        let file = try ListFile.survey(path, settings: settings)
        encoding = file.encoding
        let reader = file.reader(settings, campaign: "")
        let handle = try ListFile.open(path)
        defer { try? handle.close() }
        do throws(ListDefect) {
            while let chunk = try? ListFile.nextChunk(of: handle, path: path) { add(try reader.push(chunk)) }
            add(try reader.finish())
        } catch {
            throw Failure(.badInput, diagnostics: [error.diagnostic])
        }
    }

    private mutating func add(_ listed: [ListedRow]) {
        for row in listed {
            switch row {
            case .lead(let lead):
                leads += 1
                if rows.count < Self.shown { rows.append((lead.line, lead.number.masked)) }
            case .reject(let reject):
                rejects += 1
                if rejected.count < Self.shown { rejected.append((reject.line, reject.reason)) }
            }
        }
    }

    /// Shows what was found.
    func show(_ path: String, by interview: Interview) {
        interview.say(.listFound, path, encoding.rawValue, "\(leads)", "\(rejects)")
        for row in rows { interview.say(.row, "\(row.line)", row.number) }
        for row in rejected { interview.say(.rejected, "\(row.line)", row.reason.text(in: interview.language)) }
    }
}
