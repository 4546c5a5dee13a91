import EventWire
import FlyingSocks
import Foundation

/// One connection that brings one request.
struct Visit: Sendable {
    let socket: AsyncSocket
    let limits: RequestLimits

    /// What has become of a request that was to arrive.
    private enum Arrival: Sendable {
        case whole(HTTPRequestHead, body: [UInt8])
        case refused(Int)
        /// The other side has gone.
        case gone
    }

    /// Reads a request within the patience that there is, has it answered, and hangs up.
    func receive(_ reception: some Reception) async {
        switch await within(limits.patience, else: .refused(408), { await self.arrival(reception) }) {
        case .whole(let head, let body): await write(reception.answer(head, body: body))
        case .refused(let status): await write(RequestAnswer(status))
        case .gone: break
        }
        try? socket.close()
    }

    private func write(_ answer: RequestAnswer) async {
        await within(limits.patience, else: ()) { try? await self.socket.write(answer.bytes) }
    }

    /// What comes of work that may take so long in real time; what stands for it when it takes longer.
    private func within<Answer: Sendable>(
        _ length: Duration, else late: Answer, _ work: @escaping @Sendable () async -> Answer
    ) async -> Answer {
        await withTaskGroup(of: Answer.self) { group in
            group.addTask { await work() }
            group.addTask {
                try? await Task.sleep(for: length)
                return late
            }
            let first = await group.next() ?? late
            group.cancelAll()
            return first
        }
    }

    private func arrival(_ reception: some Reception) async -> Arrival {
        do {
            var bytes: [UInt8] = []
            guard let headEnd = try await readHead(&bytes) else { return .refused(431) }
            guard let head = HTTPRequestHead(bytes[..<headEnd]) else { return .refused(400) }
            if let refusal = reception.refusal(of: head) { return .refused(refusal) }
            if head.method == "POST", head.contentLength == nil { return .refused(411) }
            let length = head.contentLength ?? 0
            guard length <= limits.mostBodyBytes else { return .refused(413) }
            let bodyStart = headEnd + HTTPRequestHead.end.count
            while bytes.count - bodyStart < length {
                bytes += try await socket.read(atMost: min(4096, length - (bytes.count - bodyStart)))
            }
            return .whole(head, body: Array(bytes[bodyStart..<bodyStart + length]))
        } catch {
            return .gone
        }
    }

    /// Reads until the empty line and says where it begins; nil when it does not come in time.
    private func readHead(_ bytes: inout [UInt8]) async throws -> Int? {
        var searched = 0
        while true {
            bytes += try await socket.read(atMost: 4096)
            if let end = HTTPRequestHead.end(in: bytes, from: searched) {
                return end <= limits.mostHeadBytes ? end : nil
            }
            guard bytes.count <= limits.mostHeadBytes else { return nil }
            searched = max(0, bytes.count - HTTPRequestHead.end.count)
        }
    }
}
