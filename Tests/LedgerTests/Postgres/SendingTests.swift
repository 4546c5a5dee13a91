import Ledger
import PostgresLedger
import StoredLedger
import TestSupport
import Testing
import Wording

@Suite("What is sent without waiting for an answer is done in its turn, or its call is not", .timeLimit(.minutes(5)))
struct SendingTests {
    private struct Notes {
        let ledger: PostgresLedger
        /// What stands between the ledger and its server.
        let meddler: Meddler
        private let folder: TemporaryFolder

        init(_ observer: (@Sendable (WriterEvent) -> Void)? = nil) async throws {
            folder = try TemporaryFolder()
            let server = try await PostgresServer.shared.value
            meddler = try #require(Meddler(before: server.port))
            let address = try await server.address(of: folder.postgresSchema)
                .replacing(":\(server.port)/", with: ":\(meddler.port)/")
            ledger = try await PostgresLedger.open(
                at: try PostgresAddress(address), access: .readWriteCreate, observer: observer)
            _ = try await server.answer(
                "CREATE TABLE notes (id BIGINT PRIMARY KEY)", in: folder.postgresSchema)
        }

        /// Writes numbers down, and gives what the call itself sees of them.
        @discardableResult
        func add(_ numbers: [Int64], then: @escaping @Sendable () throws -> Void = {}) async throws -> Int64? {
            try await ledger.write("note", alone: false) { db in
                for number in numbers { try db.send(Self.insertion, [number]) }
                try then()
                return numbers.count > 1 ? try db.integer(Self.count) : nil
            }
        }

        /// Has the server forget which steps its connections have kept.
        func forgetWriters() async throws {
            _ = try await PostgresServer.shared.value.answer("DELETE FROM ledger_writers", in: folder.postgresSchema)
        }

        func count() async throws -> Int64? {
            try await ledger.read("count") { db in try db.integer(Self.count) }
        }

        func close() { meddler.close() }

        private static let insertion = "INSERT INTO notes (id) VALUES (?)"
        private static let count = "SELECT count(*) FROM notes"
    }

    @Test("the next question sees all of it, however much it was", arguments: [2, 100, 101, 350])
    func order(_ count: Int64) async throws {
        let notes = try await Notes()
        defer { notes.close() }
        #expect(try await notes.add(Array(1...count)) == count)
        #expect(try await notes.count() == count)
    }

    @Test("it waits for the server as often for a hundred as for one")
    func waits() async throws {
        let notes = try await Notes()
        defer { notes.close() }
        // From here on the server knows all statements.
        try await notes.add([1, 2])
        var waits: [Int] = []
        for numbers in [3...4, 5...104, 105...305] as [ClosedRange<Int64>] {
            let before = notes.meddler.heard
            try await notes.add(Array(numbers))
            waits.append(notes.meddler.heard - before)
        }
        // For the beginning, for what is asked, and for the end; no more than a hundred are kept back.
        #expect(waits == [3, 3, 5])
    }

    @Test(
        "where the connection is lost while it is sent, it is done once all the same",
        arguments: [Meddler.Harm.loseAnswer, .loseRequest])
    func lost(_ harm: Meddler.Harm) async throws {
        let notes = try await Notes()
        defer { notes.close() }
        try await notes.add([1])
        notes.meddler.harm(harm, at: "4712")
        try await notes.add([4_711, 4_712, 4_713])
        #expect(notes.meddler.harmed == 1)
        #expect(try await notes.count() == 4)
    }

    @Test("what is lost before the end was sent is done again, though nobody knows any more what was kept")
    func lostBeforeTheEnd() async throws {
        let notes = try await Notes()
        defer { notes.close() }
        try await notes.add([1])
        try await notes.forgetWriters()
        // Nothing is asked, so that it is sent only when the call has done all it does.
        notes.meddler.harm(.loseRequest, at: "4712")
        try await notes.add([4_712])
        #expect(notes.meddler.harmed == 1)
        #expect(try await notes.count() == 2)
    }

    @Test("what fails is told, by the next question or by the end, and nothing of the call is kept")
    func failure() async throws {
        let notes = try await Notes()
        defer { notes.close() }
        try await notes.add([1])
        await expectRefusal(.constraint) { try await notes.add([2, 3, 1, 4]) }
        await expectRefusal(.constraint) { try await notes.add([1]) }
        #expect(try await notes.count() == 1)
        // Nor is what had not been sent when the call broke off.
        await expectRefusal(.fenced) { try await notes.add([5]) { throw Refusal(.fenced, Phrase(same: "broken off")) } }
        #expect(try await notes.add([6, 7]) == 3)
        #expect(try await notes.count() == 3)
    }

    @Test("one call of several that fails takes none of the others with it")
    func gathered() async throws {
        let (hasBegun, areWaiting) = (Signal(), Signal())
        let notes = try await Notes { event in
            if case .queued(waiting: 4) = event { areWaiting.fire() }
        }
        defer { notes.close() }
        let first = Task {
            try await notes.add([1]) {
                hasBegun.fire()
                areWaiting.block()
            }
        }
        await hasBegun.wait()
        let others = ([[2], [1], [3, 4, 1], [5, 6]] as [[Int64]]).map { numbers in
            Task {
                do {
                    try await notes.add(numbers)
                    return true
                } catch {
                    return false
                }
            }
        }
        _ = try await first.value
        var kept: [Bool] = []
        for other in others { kept.append(await other.value) }
        #expect(kept == [true, false, false, true])
        #expect(try await notes.count() == 4)
    }
}
