import DialModel
package import Ledger

/// Copies a whole ledger into an empty one, of the same or of another kind of database: the same rows, ids, salts and
/// entries of the audit log, to the byte.
///
/// Each page of rows is one transaction, and what the destination has tells where to go on, so that a copy that broke off is
/// finished by another. Until both sides were compared the destination is marked, and nobody can open it for anything else.
/// Neither side's audit log tells of the copy: the logs are the same, and whoever noted a digest finds it in both.
package struct LedgerCopy: Sendable {
    /// Why nothing was copied, or what was copied cannot be used.
    package enum Refused: Error, Hashable, Sendable {
        /// Both are one database.
        case sameDatabase
        /// A campaign is being run in the source, on a server.
        case isRunning(campaign: String)
        /// The destination has something in it that is no copy of the source.
        case occupied
        /// The destination has a part of another ledger, or of what the source was earlier.
        case ofAnother
        /// After all was copied, these tables are not the same on both sides.
        case differs(tables: [String])
    }

    /// How far a copy has come.
    package enum Progress: Hashable, Sendable {
        /// So many of all rows are there.
        case copied(rows: Int, of: Int)
        /// Everything is there and is being compared.
        case comparing
    }

    private let source: any LedgerStore
    private let destination: any LedgerStore

    /// The source has to be open for reading at least, the destination as `.copyInto`.
    package init(from source: any LedgerStore, to destination: any LedgerStore) {
        self.source = source
        self.destination = destination
    }

    /// The names of a ledger's campaigns.
    package static func campaigns(of ledger: any LedgerStore) async throws(LedgerError) -> [String] {
        try await ledger.read("list campaigns") { db in try db.texts("SELECT name FROM campaigns ORDER BY id") }
    }

    /// Copies what is not there yet, and tells of each step after it; the answer is what both sides hold.
    ///
    /// Throws `Refused`, `LedgerError`, and what `tell` throws. A copy that had been finished is only compared.
    package func run(
        telling tell: @Sendable (Progress) async throws -> Void
    ) async throws -> [TableContents] {
        try await refuseOneDatabase()
        try await refuseRuns()
        let state = try await Self.state(of: source)
        switch try await destination.write("begin copy", alone: true, { try CopyMark(db: $0).begin(from: state) }) {
        case .marked(let steps):
            var steps = steps
            try await copyRows(&steps, tell)
            try await settle(&steps)
            try await tell(.comparing)
            let contents = try await compare()
            let last = steps
            try await destination.write("finish copy", alone: true) { db in
                let mark = CopyMark(db: db)
                try mark.step(after: last)
                try mark.remove()
            }
            return contents
        case .markedForAnother:
            throw Refused.ofAnother
        case .occupied:
            guard try await Self.state(of: destination) == state else { throw Refused.occupied }
            try await tell(.comparing)
            do {
                return try await compare()
            } catch is Refused {
                throw Refused.occupied
            }
        }
    }

    // MARK: - Before

    private func refuseOneDatabase() async throws {
        let question: @Sendable (any StoreSession) throws -> String? = { db in try db.text(db.dialect.copying.identity)
        }
        let identities = (
            try await source.read("look at database", question),
            try await destination.read("look at database", question)
        )
        guard identities.0 != identities.1 else { throw Refused.sameDatabase }
    }

    private func refuseRuns() async throws {
        guard let server = source as? any RunnerLedger else { return }
        for name in try await Self.campaigns(of: source) {
            guard let campaign = try await server.campaign(named: name) else { continue }
            for runner in try await server.runners(of: campaign) {
                if case .alive = runner.state { throw Refused.isRunning(campaign: name) }
            }
        }
    }

    /// What tells a ledger from others, and from itself after almost anything was done: the end of its audit log.
    private static func state(of ledger: any LedgerStore) async throws(LedgerError) -> String {
        try await ledger.read("look at audit log") { db in
            let head = try db.row(db.dialect.auditHead)
            let digest = (try head?.optional("digest") as [UInt8]?).flatMap { AuditDigest($0) } ?? .none
            return "\(try head?.optional("given") as Int64? ?? 0) \(digest)"
        }
    }

    // MARK: - Copying

    private func copyRows(
        _ steps: inout Int64, _ tell: @Sendable (Progress) async throws -> Void
    ) async throws {
        let total = try await Self.count(source)
        var copied = try await Self.count(destination)
        for table in LedgerTable.all {
            var last = try await destination.read("look at copy") { db in try table.lastKey(in: db) }
            while true {
                let after = last
                let page = try await source.read("copy") { db in try table.page(after: after, in: db) }
                guard let end = page.last else { break }
                let step = steps
                try await destination.write("copy", alone: true) { db in
                    try CopyMark(db: db).step(after: step)
                    try table.add(page, to: db)
                }
                steps += 1
                copied += page.count
                last = table.key(of: end)
                try await tell(.copied(rows: copied, of: total))
                if page.count < LedgerTable.pageSize { break }
            }
        }
    }

    private static func count(_ ledger: any LedgerStore) async throws(LedgerError) -> Int {
        try await ledger.read("count rows") { db in
            try LedgerTable.all.reduce(0) { $0 + (try db.count("SELECT count(*) FROM \($1.name)") ?? 0) }
        }
    }

    /// Has ids go on after the source's, also where the last rows are gone, and does what is done after rows were added.
    private func settle(_ steps: inout Int64) async throws(LedgerError) {
        let given = try await Self.givenIDs(of: source)
        let step = steps
        try await destination.write("settle copy", alone: true) { db in
            try CopyMark(db: db).step(after: step)
            for (table, id) in given where try table.lastGivenID(in: db) < id {
                try db.dialect.copying.giveIDsAfter(db, table, id)
            }
            try db.dialect.countNewLeads(db, nil)
            for sql in db.dialect.copying.afterwards { try db.execute(sql) }
        }
        steps += 1
    }

    private static func givenIDs(of ledger: any LedgerStore) async throws(LedgerError) -> [(LedgerTable, Int64)] {
        try await ledger.read("look at ids") { db in
            try LedgerTable.all.filter { $0.ids != nil }.map { ($0, try $0.lastGivenID(in: db)) }
        }
    }

    // MARK: - Comparing

    /// Compares both sides; throws `Refused.differs`.
    private func compare() async throws -> [TableContents] {
        async let reading = Self.contents(of: source)
        let theirs = try await Self.contents(of: destination)
        let ours = try await reading
        let (given, there) = (try await Self.givenIDs(of: source), try await Self.givenIDs(of: destination))
        var differing = zip(ours, theirs).filter { $0 != $1 }.map(\.0.table)
        for (one, other) in zip(given, there) where one.1 > other.1 && !differing.contains(one.0.name) {
            differing.append(one.0.name)
        }
        guard differing.isEmpty else { throw Refused.differs(tables: differing) }
        return ours
    }

    private static func contents(of ledger: any LedgerStore) async throws(LedgerError) -> [TableContents] {
        try await ledger.read("compare copy") { db in
            try LedgerTable.all.map { try TableContents(of: $0, in: db) }
        }
    }
}

extension LedgerTable {
    /// The last id that was given out, whether its row is still there or not; 0 if none was.
    fileprivate func lastGivenID(in db: any StoreSession) throws -> Int64 {
        max(0, try db.integer(db.dialect.copying.lastGivenID(self)) ?? 0)
    }
}
