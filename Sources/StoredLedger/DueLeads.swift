import DialModel
import Ledger

/// The due leads of a campaign in the order in which they are claimed, a bounded number of them in memory.
///
/// Turns of one level share its dials, and a level is looked at when those above have nobody due.
struct DueLeads {
    /// A due lead.
    struct Candidate {
        var lead: LeadID
        var list: ListID
        var number: PhoneNumber
        var notBefore: Int64
        var place: Int64
        var fields: [LeadField]
        var contact: LeadID?
        var expiresAt: Timestamp?
        /// Whose call-back it is alone, and until when; nil for anybody's call.
        var reservation: (agent: AgentID, until: Timestamp)?
        /// When another campaign's last call to the number ended that went through the same account.
        var freedAt: Timestamp?
    }

    /// The leads of one turn that have been read and not handed out.
    private struct Stream {
        var turn: Int
        var waiting: ArraySlice<Candidate> = []
        var last: (notBefore: Int64, place: Int64, lead: Int64) = (.min, .min, .min)
        var batchSize = 8
        var isAtEnd = false
    }

    /// The most candidates of a turn in memory at a time.
    private static let batchLimit = 512

    private let db: any StoreSession
    private let request: ClaimRequest
    /// The turns below those of the current level, highest first.
    private var turns: ArraySlice<Int>
    private var level: [Stream] = []

    init(db: any StoreSession, request: ClaimRequest) throws {
        self.db = db
        self.request = request
        let sql = LedgerQuery.turns + " SELECT turn FROM turns WHERE turn IS NOT NULL"
        turns = try db.integers(sql, [request.campaign.value]).map(Int.init)[...]
    }

    /// The next lead to ask about for the campaign's `dial`-th dial; nil at the end.
    mutating func next(forDial dial: Int64) throws -> Candidate? {
        while true {
            for index in level.indices where level[index].waiting.isEmpty { try fill(&level[index]) }
            level.removeAll { $0.waiting.isEmpty }
            guard level.isEmpty else {
                let turn = request.order.nextTurn(of: level.map(\.turn).sorted(), dial: dial)
                guard let index = level.firstIndex(where: { $0.turn == turn }) else { return nil }
                return level[index].waiting.removeFirst()
            }
            guard let highest = turns.first else { return nil }
            let (nextLevel, _) = LeadOrder.split(highest)
            while let turn = turns.first, LeadOrder.split(turn).level == nextLevel {
                level.append(Stream(turn: turns.removeFirst()))
            }
        }
    }

    private func fill(_ stream: inout Stream) throws {
        guard !stream.isAtEnd else { return }
        stream.batchSize = min(Self.batchLimit, max(stream.batchSize * 2, request.count))
        let arguments: StoreArguments = [
            request.campaign.value, stream.turn, request.now.milliseconds, stream.last.notBefore, stream.last.place,
            stream.last.lead, stream.batchSize, request.vendor,
        ]
        let rows = try db.rows(LedgerQuery.dueLeads, arguments).map(candidate)
        stream.isAtEnd = rows.count < stream.batchSize
        if let last = rows.last { stream.last = (last.notBefore, last.place, last.lead.value) }
        stream.waiting = rows[...]
    }

    private func candidate(_ row: StoreRow) throws -> Candidate {
        Candidate(
            lead: LeadID(try row.required("id")), list: ListID(try row.required("import")),
            number: try row.number("number"), notBefore: try row.required("not_before"),
            place: try row.required("place"),
            fields: request.policy.readsFields ? try row.leadFields() : [],
            contact: try row.optional("contact").map(LeadID.init), expiresAt: try row.optionalInstant("expires_at"),
            reservation: try reservation(row), freedAt: try row.optionalInstant("freed_at"))
    }

    /// Where agents are not chosen by us, nobody's call-back is theirs alone.
    private func reservation(_ row: StoreRow) throws -> (agent: AgentID, until: Timestamp)? {
        guard request.idleAgents != nil, let agent: String = try row.optional("callback_agent"),
            let since = try row.optionalInstant("callback_at")
        else { return nil }
        let until = since + ClaimRequest.agentPatience
        return until > request.now ? (AgentID(agent), until) : nil
    }
}
