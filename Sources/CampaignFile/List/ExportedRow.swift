import DialModel
import Wording

/// A row of an export of leads that comes back as a list.
struct ExportedRow {
    /// Why what became of a lead cannot be taken over.
    struct Unreadable: Error {
        var code: String
        var reason: Phrase
    }

    /// The cells, without a spreadsheet's guards.
    let cells: ArraySlice<String>

    /// The text of one of our columns.
    subscript(column: LeadColumn) -> String { CellText.header(cells[cells.startIndex + column.position]) }

    /// The line of the list from which the lead came first.
    var line: Int? { Int(self[.line]).flatMap { $0 > 0 ? $0 : nil } }

    /// What had become of the lead.
    func standing() throws(Unreadable) -> LeadStanding {
        guard let attempts = Int(self[.attempts]), (0...10_000).contains(attempts) else { throw unreadable(.attempts) }
        var last: LeadStanding.Ending?
        if !self[.lastOutcome].isEmpty {
            guard let outcome = CallOutcome(rawValue: self[.lastOutcome]) else { throw unreadable(.lastOutcome) }
            guard let at = instant(.lastEndedAtUTC, .lastEndedAt) else { throw unreadable(.lastEndedAtUTC) }
            last = LeadStanding.Ending(outcome: outcome, at: at)
        }
        var standing = LeadStanding(progress: try progress(), attempts: attempts, last: last)
        standing.id = Int64(self[.leadID])
        standing.contact = Int64(self[.contact])
        if !self[.callbackAtUTC].isEmpty {
            guard let at = Timestamp(iso8601: self[.callbackAtUTC]) else { throw unreadable(.callbackAtUTC) }
            standing.callbackAt = at
            standing.callbackAgent = self[.callbackAgent].isEmpty ? nil : AgentID(self[.callbackAgent])
        }
        if case .waiting = standing.progress, !self[.holdReason].isEmpty { standing.holdReason = self[.holdReason] }
        return standing
    }

    private func progress() throws(Unreadable) -> LeadStanding.Progress {
        switch LeadState(rawValue: self[.state]) {
        case .waiting:
            if let instant = instant(.notBeforeUTC, .notBefore) { return .waiting(instant) }
            // What waits until something is changed has a reason and no time.
            guard self[.notBeforeUTC].isEmpty, self[.notBefore].isEmpty, !self[.holdReason].isEmpty else {
                throw unreadable(.notBeforeUTC)
            }
            return .waiting(.never)
        case .finished:
            guard let ending = LeadEnding(rawValue: self[.ending]) else { throw unreadable(.ending) }
            return .finished(ending)
        case .dialing:
            throw Unreadable(
                code: "in_a_call",
                reason: Phrase(
                    "the lead was in a call when it was exported; export again once the run has ended",
                    "导出时该线索正在呼叫中；请在运行结束后重新导出"))
        case .standby: return .standby
        case nil: throw unreadable(.state)
        }
    }

    /// The instant in UTC, or if that cell was emptied the local one.
    private func instant(_ utc: LeadColumn, _ local: LeadColumn) -> Timestamp? {
        Timestamp(iso8601: self[utc].isEmpty ? self[local] : self[utc])
    }

    private func unreadable(_ column: LeadColumn) -> Unreadable {
        Unreadable(
            code: "bad_state",
            reason: Phrase(
                "the column \(column.rawValue) holds what no export writes; take the row from the export again",
                "列 \(column.rawValue) 的内容不是导出所写；请从导出文件重新取该行"))
    }
}
