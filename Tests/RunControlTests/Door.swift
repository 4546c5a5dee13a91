import CurlTransport
import DialModel
import Foundation
import RunControl
import Telephony
import TestSupport
import Wording

/// A run's socket in a folder of its own, served until a test has ended, and somebody behind it who answers everything.
struct Door {
    /// Somebody who says yes, and remembers what they were asked and by whom; listening to a call takes them until the run ends.
    final class Desk: ControlHandler {
        let heard = Locked<[(request: ControlRequest, user: UInt32)]>([])
        /// Fired when somebody wants to listen.
        let isListened = Signal()
        /// What ends the listening.
        let mayEnd = Signal()

        func answer(_ request: ControlRequest, from peer: ControlPeer) async throws(ControlError) -> ControlAnswer {
            heard.with { $0.append((request, peer.user)) }
            if case .order(.call(.listen, _)) = request {
                isListened.fire()
                await withTaskCancellationHandler {
                    await mayEnd.wait()
                } onCancel: {
                    mayEnd.fire()
                }
            }
            if case .order(.call(.drop, let call)) = request {
                throw ControlError(.notThere, Phrase(same: "there is no call \(call.value)"))
            }
            return .done("as asked")
        }
    }

    let folder: String
    let path: String
    let desk = Desk()
    let clock = ManualClock()

    /// A folder for a socket with a name of its own.
    init(name: String = "calls.sqlite.trial.control") throws {
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/door-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = folder + "/" + name
    }

    /// Serves while `work` lasts.
    func open(_ work: () async throws -> Void) async throws {
        let socket = try ControlSocket.listen(at: path)
        defer {
            socket.remove()
            try? FileManager.default.removeItem(atPath: folder)
        }
        let server = ControlServer(socket, handler: desk, clock: clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            try await work()
            group.cancelAll()
        }
    }

    /// Asks as the command does.
    func ask(_ request: ControlRequest) async -> Result<ControlAnswer, ControlError> {
        do throws(ControlError) {
            let entrance = try ControlEntrance(path: path)
            let transport = CurlTransport(settings: CurlSettings(unixSocket: entrance.shortPath), environment: [:])
            let answer = await Self.answer(to: request, over: transport)
            await transport.shutdown()
            withExtendedLifetime(entrance) {}
            return answer
        } catch {
            return .failure(error)
        }
    }

    private static func answer(
        to request: ControlRequest, over transport: CurlTransport
    ) async -> Result<ControlAnswer, ControlError> {
        do throws(ControlError) {
            return .success(try await ControlClient(transport: transport).send(request))
        } catch {
            return .failure(error)
        }
    }
}

/// A connection to a socket, by somebody who says what they like.
///
/// `@unchecked Sendable`: the descriptor is constant and closed only when nobody holds this any more.
final class RawConnection: @unchecked Sendable {
    private let descriptor: Int32

    /// Connects; fails where nobody listens.
    init?(path: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard status == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Sends as much as the other side takes.
    func send(_ text: String) {
        _ = text.withCString { Glibc.send(descriptor, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
    }

    /// Everything that the other side says until it hangs up; read on a thread of its own.
    func everything() async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "autodialer.tests.control").async { [self] in
                var all: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 4_096)
                while true {
                    let count = recv(descriptor, &buffer, buffer.count, 0)
                    guard count > 0 else { break }
                    all += buffer[..<count]
                }
                continuation.resume(returning: String(decoding: all, as: UTF8.self))
            }
        }
    }
}
