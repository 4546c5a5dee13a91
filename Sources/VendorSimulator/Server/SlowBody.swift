import DialModel
import FlyingSocks
import Telephony

/// A body that comes in small pieces with a wait before each.
struct SlowBody: AsyncBufferedSequence {
    typealias Element = UInt8

    let bytes: [UInt8]
    let pieceLength: Int
    let wait: Duration
    let clock: any RunClock

    func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        typealias Element = UInt8
        let body: SlowBody
        private var position = 0

        init(body: SlowBody) { self.body = body }

        mutating func next() async throws -> UInt8? {
            guard position < body.bytes.count else { return nil }
            defer { position += 1 }
            return body.bytes[position]
        }

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            guard position < body.bytes.count else { return nil }
            try await body.clock.sleep(for: body.wait)
            let piece = body.bytes[position...].prefix(Swift.min(count, body.pieceLength))
            position += piece.count
            return Array(piece)
        }
    }
}
