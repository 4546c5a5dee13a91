import CPostgres
import Ledger
import StoredLedger
import Wording

/// One connection of libpq, used by one thread at a time.
///
/// `@unchecked Sendable`: each belongs to one lane, whose queue alone uses it.
final class PostgresConnection: @unchecked Sendable {
    private let pointer: OpaquePointer
    /// The statements that the server has prepared, by their text in our SQL.
    private var prepared: [String: String] = [:]
    /// What is sent together with the next statement that is waited for.
    private var unsent: [Message] = []
    /// Whether nobody knows any more which answer belongs to what.
    private var isOutOfStep = false

    /// A prepared statement and its arguments.
    private struct Message {
        var name: String
        var texts: [String?]
    }

    /// The most that is kept back: the server's answers have to find room while it is still being sent.
    private static let mostUnsent = 100

    /// How soon a server that says nothing counts as gone.
    enum Haste {
        case usual
        /// As soon as a lease asks for.
        case great

        /// What is set unless the address says otherwise.
        fileprivate var defaults: [(String, String)] {
            let times =
                switch self {
                case .usual: ("5", "5", "3", "3", "10000")
                case .great: ("2", "1", "1", "2", "3000")
                }
            return [
                ("application_name", "autodialer"), ("connect_timeout", times.0), ("keepalives_idle", times.1),
                ("keepalives_interval", times.2), ("keepalives_count", times.3), ("tcp_user_timeout", times.4),
            ]
        }
    }

    /// Connects; throws `PostgresFailure` if that fails.
    ///
    /// What the address does not say, credentials and TLS among it, libpq takes from its environment variables, service file
    /// and password file.
    init(to address: PostgresAddress, _ haste: Haste = .usual) throws {
        // What stands later counts.
        let names = haste.defaults.map(\.0) + ["dbname", "client_encoding"]
        let values = haste.defaults.map(\.1) + [address.text, "UTF8"]
        let connection = Self.withPointers(names) { names in
            Self.withPointers(values) { values in PQconnectdbParams(names, values, 1) }
        }
        guard let connection else { throw PostgresFailure(state: nil, message: "no memory for a connection") }
        pointer = connection
        guard PQstatus(connection) == CONNECTION_OK else {
            let words = Self.words(of: connection)
            let hindrance = PostgresHindrance(
                words: words, needsPassword: PQconnectionNeedsPassword(connection) == 1,
                usedPassword: PQconnectionUsedPassword(connection) == 1)
            throw PostgresFailure(state: nil, message: words, hindrance: hindrance)
        }
        // What servers say beside their answers is for nobody's terminal.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
    }

    deinit { PQfinish(pointer) }

    /// Whether the connection is gone for good.
    var isLost: Bool { isOutOfStep || PQstatus(pointer) != CONNECTION_OK }

    /// Whether a transaction has begun and not ended.
    var isInTransaction: Bool { PQtransactionStatus(pointer) != PQTRANS_IDLE }

    /// The socket, to wait for news at.
    var socket: Int32 { PQsocket(pointer) }

    /// What the server's release is: 150020 for 15.20.
    var serverVersion: Int { Int(PQserverVersion(pointer)) }

    /// Who could listen, or take the server's place.
    var secrecy: ConnectionSecrecy {
        let host = PQhost(pointer).map { String(cString: $0) } ?? ""
        let address = PQhostaddr(pointer).map { String(cString: $0) } ?? ""
        return ConnectionSecrecy(
            encryption: PQsslAttribute(pointer, "protocol").map { String(cString: $0) },
            mode: setting("sslmode"),
            isLocal: host.hasPrefix("/") || host.hasPrefix("@") || address.hasPrefix("127.") || address == "::1")
    }

    /// What is in force of what an address or the environment can say; nil for what neither says.
    private func setting(_ keyword: String) -> String? {
        guard let options = PQconninfo(pointer) else { return nil }
        defer { PQconninfoFree(options) }
        return PostgresAddress.values(of: options)[keyword]
    }

    // MARK: - Statements

    /// Carries out statements that stand as they are in PostgreSQL's SQL, without arguments and answers.
    func run(_ sql: String) throws {
        try sendAll()
        let result = PQexec(pointer, sql)
        defer { PQclear(result) }
        try check(result)
    }

    /// Undoes a transaction, or what followed a savepoint.
    func rollBack(to savepoint: String? = nil) throws {
        unsent = []
        try run(savepoint.map { "ROLLBACK TO SAVEPOINT \($0)" } ?? "ROLLBACK")
    }

    /// Carries out a statement in our SQL.
    func execute(_ sql: String, _ arguments: StoreArguments) throws -> PostgresAnswer {
        let message = try message(sql, arguments)
        guard unsent.isEmpty else { return try exchange(message) }
        let result = Self.withOptionalPointers(message.texts) { values in
            PQexecPrepared(pointer, message.name, Int32(message.texts.count), values, nil, nil, 0)
        }
        let answer = PostgresAnswer(result)
        try check(result)
        return answer
    }

    /// Has a statement in our SQL carried out together with the next one that is waited for, which tells of its failure; with
    /// the hundredth that waits at the latest, and with the end of the transaction.
    func send(_ sql: String, _ arguments: StoreArguments) throws {
        if unsent.count == Self.mostUnsent { try sendAll() }
        unsent.append(try message(sql, arguments))
    }

    private func message(_ sql: String, _ arguments: StoreArguments) throws -> Message {
        Message(name: try prepare(sql), texts: try arguments.values.map(Self.text))
    }

    /// Waits for everything that was sent without waiting.
    func sendAll() throws {
        guard let last = unsent.popLast() else { return }
        _ = try exchange(last)
    }

    /// Sends what was kept back and one statement more, and waits once for all; the answer is the last one's.
    ///
    /// The first that fails keeps the server from the others.
    private func exchange(_ last: Message) throws -> PostgresAnswer {
        let messages = unsent + [last]
        unsent = []
        var isSent = PQenterPipelineMode(pointer) == 1
        for message in messages where isSent {
            isSent = Self.withOptionalPointers(message.texts) { values in
                PQsendQueryPrepared(pointer, message.name, Int32(message.texts.count), values, nil, nil, 0) == 1
            }
        }
        guard isSent, PQpipelineSync(pointer) == 1 else {
            isOutOfStep = true
            throw PostgresFailure(state: nil, message: Self.words(of: pointer), isLost: true)
        }
        var answer: PostgresAnswer?
        var failure: PostgresFailure?
        for _ in messages {
            while let result = PQgetResult(pointer) {
                answer = PostgresAnswer(result)
                guard failure == nil, ![PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) else {
                    continue
                }
                failure = self.failure(result)
            }
        }
        let end = PQgetResult(pointer)
        isOutOfStep = PQresultStatus(end) != PGRES_PIPELINE_SYNC || PQexitPipelineMode(pointer) != 1
        PQclear(end)
        if var failure {
            failure.isLost = isLost
            throw failure
        }
        guard let answer, !isOutOfStep else {
            throw PostgresFailure(state: nil, message: Self.words(of: pointer), isLost: true)
        }
        return answer
    }

    /// Carries out a statement in our SQL whose answer may be long, and hands its rows over one by one.
    func each(_ sql: String, _ arguments: StoreArguments, _ take: (StoreRow) throws -> Void) throws {
        try sendAll()
        let message = try message(sql, arguments)
        let isSent = Self.withOptionalPointers(message.texts) { values in
            PQsendQueryPrepared(pointer, message.name, Int32(message.texts.count), values, nil, nil, 0)
        }
        guard isSent == 1, PQsetSingleRowMode(pointer) == 1 else {
            throw PostgresFailure(state: nil, message: Self.words(of: pointer), isLost: isLost)
        }
        var failure: (any Error)?
        while let result = PQgetResult(pointer) {
            let answer = PostgresAnswer(result)
            guard failure == nil else { continue }
            do {
                if PQresultStatus(result) != PGRES_SINGLE_TUPLE { try check(result) }
                for index in 0..<answer.count { try take(try answer.row(index)) }
            } catch {
                failure = error
                cancel()
            }
        }
        if let failure { throw failure }
    }

    /// Has the server stop what it is doing; waits for a server that is gone no longer than the connection would, whose time-outs
    /// libpq gives to the request, from release 15 on.
    private func cancel() {
        guard let cancel = PQgetCancel(pointer) else { return }
        defer { PQfreeCancel(cancel) }
        var words = [CChar](repeating: 0, count: 256)
        PQcancel(cancel, &words, Int32(words.count))
    }

    private func prepare(_ sql: String) throws -> String {
        if let name = prepared[sql] { return name }
        let name = "s\(prepared.count)"
        let result = PQprepare(pointer, name, PostgresText.statement(sql), 0, nil)
        defer { PQclear(result) }
        try check(result)
        prepared[sql] = name
        return name
    }

    private func check(_ result: OpaquePointer?) throws {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return
        default: throw failure(result)
        }
    }

    private func failure(_ result: OpaquePointer?) -> PostgresFailure {
        let state = PQresultErrorField(result, 67).map { String(cString: $0) }
        let words = PQresultErrorField(result, 77).map { String(cString: $0) }
        return PostgresFailure(state: state, message: words ?? Self.words(of: pointer), isLost: isLost)
    }

    private static func text(_ value: StoreValue) throws -> String? {
        switch value {
        case .null: return nil
        case .integer(let number): return String(number)
        case .text(let text):
            guard !text.utf8.contains(0) else {
                throw Refusal(.constraint, PostgresPhrase.zeroByte.phrase)
            }
            return text
        case .blob(let bytes): return PostgresText.hexadecimal(bytes)
        }
    }

    // MARK: - News

    /// The payloads of the notifications that have arrived; throws `PostgresFailure` when the connection is gone.
    func notifications() throws -> [String] {
        guard PQconsumeInput(pointer) == 1 else {
            throw PostgresFailure(state: nil, message: Self.words(of: pointer), isLost: true)
        }
        var payloads: [String] = []
        while let notification = PQnotifies(pointer) {
            payloads.append(notification.pointee.extra.map { String(cString: $0) } ?? "")
            PQfreemem(notification)
        }
        return payloads
    }

    // MARK: - Words

    private static func words(of connection: OpaquePointer) -> String {
        let words = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
        return words.split(whereSeparator: \.isNewline).joined(separator: "; ")
    }

    private static func withPointers<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        withOptionalPointers(texts.map { $0 } + [nil], body)
    }

    /// Hands over C strings, null for nil.
    private static func withOptionalPointers<Result>(
        _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        // One piece of memory for all of them.
        var bytes: [CChar] = []
        var places: [Int?] = []
        for text in texts {
            guard let text else {
                places.append(nil)
                continue
            }
            places.append(bytes.count)
            bytes.append(contentsOf: text.utf8.lazy.map { CChar(bitPattern: $0) })
            bytes.append(0)
        }
        return bytes.withUnsafeBufferPointer { buffer in
            let pointers = places.map { place in place.flatMap { buffer.baseAddress?.advanced(by: $0) } }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}

/// The rows of an answer.
final class PostgresAnswer {
    private let result: OpaquePointer?
    private let types: [UInt32]
    /// The names of the columns.
    let names: [String]
    /// How many rows there are.
    let count: Int

    init(_ result: OpaquePointer?) {
        self.result = result
        let columns = 0..<PQnfields(result)
        names = columns.map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
        types = columns.map { PQftype(result, $0) }
        count = Int(PQntuples(result))
    }

    deinit { PQclear(result) }

    /// How many rows a statement has changed.
    var changed: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// A row.
    func row(_ index: Int) throws -> StoreRow {
        StoreRow(names: names, values: try types.indices.map { try value(index, $0) })
    }

    /// A value.
    func value(_ row: Int, _ column: Int) throws -> StoreValue {
        guard PQgetisnull(result, Int32(row), Int32(column)) == 0,
            let start = PQgetvalue(result, Int32(row), Int32(column))
        else { return .null }
        let length = Int(PQgetlength(result, Int32(row), Int32(column)))
        let text = UnsafeRawBufferPointer(start: start, count: length)
        switch PostgresType(rawValue: types[column]) {
        case .bool: return .integer(text.first == UInt8(ascii: "t") ? 1 : 0)
        case .int8, .int4, .int2, .numeric:
            // Sums are numeric; none of ours has a fraction.
            guard let number = Int64(String(decoding: text, as: UTF8.self)) else {
                throw Refusal.impossible(names[column])
            }
            return .integer(number)
        case .bytea:
            guard let bytes = PostgresText.bytes(hexadecimal: text) else { throw Refusal.impossible(names[column]) }
            return .blob(bytes)
        case nil:
            return .text(String(decoding: text, as: UTF8.self))
        }
    }
}

/// The types of columns that are not texts, by the numbers that they have in every database (`pg_type.dat`).
private enum PostgresType: UInt32 {
    case bool = 16
    case bytea = 17
    case int8 = 20
    case int2 = 21
    case int4 = 23
    case numeric = 1700
}
