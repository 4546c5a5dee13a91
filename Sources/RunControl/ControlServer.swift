import DialModel
import FlyingSocks
import Foundation
import Sockets
package import Telephony
import Wording

/// Whoever answers the requests to a run.
package protocol ControlHandler: Sendable {
    /// Carries a request out for a user who may ask for it.
    func answer(_ request: ControlRequest, from peer: ControlPeer) async throws(ControlError) -> ControlAnswer
}

/// Serves the requests to a run over its socket: HTTP/1.1, one request for each connection.
///
/// Whoever connects has a few seconds to say what they want, in few bytes, and so many at a time; more wait in line. None
/// of them can hold up the run.
package struct ControlServer: Sendable {
    /// How long a request may take to arrive, and its answer to be taken.
    package static let patience = Duration.seconds(5)
    /// How many connections are served at a time.
    static let connectionLimit = 16

    private let socket: ControlSocket
    private let handler: any ControlHandler
    private let clock: any RunClock
    private let owner: UInt32

    /// A server over a socket that listens already; `clock` is real time, which connections live by.
    package init(_ socket: ControlSocket, handler: any ControlHandler, clock: any RunClock) {
        self.init(socket, handler: handler, clock: clock, owner: geteuid())
    }

    /// A server for a run of `owner`.
    init(_ socket: ControlSocket, handler: any ControlHandler, clock: any RunClock, owner: UInt32) {
        self.socket = socket
        self.handler = handler
        self.clock = clock
        self.owner = owner
    }

    /// Serves until cancelled; throws `.io` when it cannot begin.
    package func run() async throws(ControlError) {
        let pool = SocketWaiting()
        let listener: AsyncSocket
        do {
            try await pool.prepare()
            listener = try AsyncSocket(socket: Socket(file: .init(rawValue: socket.descriptor)), pool: pool)
        } catch {
            throw ControlError(.io, ControlPhrase.notServed.filled(socket.path, error))
        }
        await withDiscardingTaskGroup { group in
            group.addTask { try? await pool.run() }
            await accept(from: listener)
            group.cancelAll()
        }
    }

    private func accept(from listener: AsyncSocket) async {
        await withTaskGroup(of: Void.self) { group in
            var open = 0
            while !Task.isCancelled {
                if open == Self.connectionLimit {
                    await group.next()
                    open -= 1
                }
                guard let connection = try? await listener.accept() else {
                    // Out of descriptors, most likely: a moment later there may be some.
                    try? await clock.sleep(for: .seconds(1))
                    continue
                }
                group.addTask { await serve(connection) }
                open += 1
            }
            group.cancelAll()
        }
    }

    private func serve(_ connection: AsyncSocket) async {
        defer { try? connection.close() }
        let answer: Result<ControlAnswer, ControlError>
        do throws(ControlError) {
            answer = .success(try await result(of: connection))
        } catch {
            answer = .failure(error)
        }
        await inTime { try? await connection.write(Data(Self.response(answer))) }
    }

    private func result(of connection: AsyncSocket) async throws(ControlError) -> ControlAnswer {
        // A connection that is closed with something unread takes its answer along, so that strangers are read, too.
        let message: Result<RequestReader.Message, ControlError>? = await inTime { await Self.read(connection) }
        guard let peer = ControlPeer(descriptor: connection.socket.file.rawValue), peer.mayCommand(processOf: owner)
        else { throw ControlError(.notAllowed, ControlPhrase.notOwner.phrase) }
        let read: RequestReader.Message
        do throws(ControlError) {
            guard let message else { throw ControlError(.malformed, ControlPhrase.tooSlow.phrase) }
            read = try message.get()
        } catch {
            // It is this server that broke off: whoever asks a moment later finds nobody.
            throw Task.isCancelled ? ControlError(.noRun, ControlPhrase.isOver.phrase) : error
        }
        let request = try ControlRequest(method: read.method, target: read.target, body: read.body)
        return try await handler.answer(request, from: peer)
    }

    private static func read(_ connection: AsyncSocket) async -> Result<RequestReader.Message, ControlError> {
        var reader = RequestReader()
        while let arrived = try? await connection.read(atMost: 4_096) {
            do throws(ControlError) {
                if let message = try reader.take(arrived) { return .success(message) }
            } catch {
                return .failure(error)
            }
        }
        return .failure(ControlError(.malformed, ControlPhrase.brokenOff.phrase))
    }

    /// Does something for as long as patience lasts; nil when it ends before.
    @discardableResult
    private func inTime<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await work() }
            group.addTask {
                try? await clock.sleep(for: Self.patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }

    private static func response(_ answer: Result<ControlAnswer, ControlError>) -> [UInt8] {
        let (status, body) =
            switch answer {
            case .success(let answer): (200, answer.body)
            case .failure(let error): (error.status, error.body)
            }
        let head = """
            HTTP/1.1 \(status) \(status == 200 ? "OK" : "Refused")\r
            Content-Type: application/json\r
            Content-Length: \(body.count)\r
            Connection: close\r
            \r

            """
        return Array(head.utf8) + body
    }
}
