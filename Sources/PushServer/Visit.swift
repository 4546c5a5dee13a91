import EventWire
import FlyingSocks
import Foundation

/// One connection that brings one request.
struct Visit: Sendable {
    let socket: AsyncSocket
    let settings: PushServerSettings

    /// Reads a request, has it taken and answers, all within the patience that there is; then hangs up.
    func receive(_ take: @escaping @Sendable ([UInt8]) async -> Bool) async {
        let status = await withTaskGroup(of: PushStatus?.self) { group in
            group.addTask { await self.status(take) }
            group.addTask {
                try? await Task.sleep(for: settings.patience)
                return .tooSlow
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if let status { try? await socket.write(status.response) }
        try? socket.close()
    }

    /// What to answer; nil when the other side has gone.
    private func status(_ take: @Sendable ([UInt8]) async -> Bool) async -> PushStatus? {
        do {
            var bytes: [UInt8] = []
            guard let headEnd = try await readHead(&bytes) else { return .headTooLarge }
            guard let head = HTTPRequestHead(bytes[..<headEnd]) else { return .malformed }
            if let refusal = refusal(of: head) { return refusal }
            let length = head.contentLength ?? 0
            let bodyStart = headEnd + HTTPRequestHead.end.count
            while bytes.count - bodyStart < length {
                bytes += try await socket.read(atMost: min(4096, length - (bytes.count - bodyStart)))
            }
            return await take(Array(bytes[bodyStart..<bodyStart + length])) ? .taken : .malformed
        } catch {
            return nil
        }
    }

    /// Reads until the empty line and says where it begins; nil when it does not come in time.
    private func readHead(_ bytes: inout [UInt8]) async throws -> Int? {
        var searched = 0
        while true {
            bytes += try await socket.read(atMost: 4096)
            if let end = HTTPRequestHead.end(in: bytes, from: searched) {
                return end <= settings.mostHeadBytes ? end : nil
            }
            guard bytes.count <= settings.mostHeadBytes else { return nil }
            searched = max(0, bytes.count - HTTPRequestHead.end.count)
        }
    }

    /// Why a request is turned away before its body is read; who does not know the secret learns nothing else.
    private func refusal(of head: HTTPRequestHead) -> PushStatus? {
        guard settings.secret.matches(head.credential) else { return .forbidden }
        guard head.method == "POST" else { return .wrongMethod }
        guard let length = head.contentLength else { return .lengthMissing }
        return length <= settings.mostBodyBytes ? nil : .bodyTooLarge
    }
}

/// What a request is answered with.
enum PushStatus: String, Sendable {
    case taken = "200 OK"
    case malformed = "400 Bad Request"
    case forbidden = "401 Unauthorized"
    case wrongMethod = "405 Method Not Allowed"
    case tooSlow = "408 Request Timeout"
    case lengthMissing = "411 Length Required"
    case bodyTooLarge = "413 Content Too Large"
    case headTooLarge = "431 Request Header Fields Too Large"
    case tooMany = "503 Service Unavailable"

    /// The whole answer.
    var response: Data {
        Data("HTTP/1.1 \(rawValue)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
    }
}
