import FlyingSocks
import Foundation
import Glibc
import Testing

@testable import Sockets

@Suite("Whatever becomes of sockets and their numbers, those who wait are told")
struct ReadinessQueueTests {
    /// A queue, and two connected sockets beside one that is always ready, so that no question waits for ever.
    private final class Bench {
        var queue = ReadinessQueue()
        let (here, there): (Int32, Int32)
        private let (ready, readyPeer): (Int32, Int32)

        init() throws {
            (here, there) = try Self.pair()
            (ready, readyPeer) = try Self.pair()
            try queue.open()
        }

        deinit {
            try? queue.close()
            for descriptor in [here, there, ready, readyPeer] { close(descriptor) }
        }

        static func pair() throws -> (Int32, Int32) {
            var pair: [Int32] = [-1, -1]
            try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
            return (pair[0], pair[1])
        }

        /// Wishes to hear of the socket that is looked at.
        func wish(_ events: Socket.Events) throws { try queue.addEvents(events, for: .init(rawValue: here)) }

        /// Wishes no longer.
        func forget(_ events: Socket.Events) throws { try queue.removeEvents(events, for: .init(rawValue: here)) }

        /// What is told of the socket that is looked at; nil when nothing is.
        func told() throws -> EventNotification? {
            try queue.addEvents([.write], for: .init(rawValue: ready))
            let told = try queue.getNotifications()
            #expect(told.contains { $0.file.rawValue == ready })
            return told.first { $0.file.rawValue == here }
        }

        /// Gives the number of the socket to another one, which has something to read, and returns its peer.
        ///
        /// In one step: between a close and the next socket the number could become another test's.
        func replace() throws -> Int32 {
            let (new, peer) = try Self.pair()
            defer { close(new) }
            #expect(write(peer, "x", 1) == 1)
            #expect(dup2(new, here) == here)
            return peer
        }
    }

    @Test("What is to be read is told, once for each wish")
    func reading() throws {
        let bench = try Bench()
        try bench.wish([.read])
        #expect(try bench.told() == nil)
        #expect(write(bench.there, "x", 1) == 1)
        #expect(try bench.told()?.events == [.read])
        #expect(try bench.told() == nil)
        try bench.wish([.read])
        #expect(try bench.told()?.events == [.read])
    }

    @Test("A wish that is taken back leaves the other")
    func partly() throws {
        let bench = try Bench()
        try bench.wish([.read, .write])
        try bench.forget([.write])
        #expect(try bench.told() == nil)
        #expect(write(bench.there, "x", 1) == 1)
        #expect(try bench.told()?.events == [.read])
    }

    @Test("Nothing is told of a socket that nobody waits for")
    func forgotten() throws {
        let bench = try Bench()
        try bench.wish([.read])
        try bench.forget([.read])
        #expect(write(bench.there, "x", 1) == 1)
        #expect(try bench.told() == nil)
        try bench.wish([.read])
        #expect(try bench.told()?.events == [.read])
    }

    @Test("The next socket of a number is heard, though the last was never taken back")
    func reused() throws {
        let bench = try Bench()
        try bench.wish([.read])
        let peer = try bench.replace()
        defer { close(peer) }
        try bench.wish([.read])
        #expect(try bench.told()?.events == [.read])
    }

    @Test("The next socket of a number is heard, where the last was taken back too late")
    func takenBackLate() throws {
        let bench = try Bench()
        try bench.wish([.read])
        let peer = try bench.replace()
        defer { close(peer) }
        try bench.forget([.read])
        try bench.wish([.read])
        #expect(try bench.told()?.events == [.read])
    }

    @Test("Who waits to write hears that the other side has gone")
    func gone() throws {
        let bench = try Bench()
        // Full, so that it is not ready to be written.
        let flags = fcntl(bench.here, F_GETFL)
        _ = fcntl(bench.here, F_SETFL, flags | O_NONBLOCK)
        let filling = [UInt8](repeating: 0, count: 1 << 16)
        while write(bench.here, filling, filling.count) > 0 {}
        try bench.wish([.write])
        #expect(try bench.told() == nil)
        shutdown(bench.there, Int32(SHUT_RDWR))
        let told = try #require(try bench.told())
        #expect(told.events.contains(.write))
    }

    @Test("A descriptor that is closed cannot be waited for, and may be forgotten")
    func closed() throws {
        let bench = try Bench()
        // More than any process may have open.
        let closed = Socket.FileDescriptor(rawValue: .max)
        #expect(throws: SocketError.self) { try bench.queue.addEvents([.read], for: closed) }
        try bench.queue.removeEvents([.read], for: closed)
        #expect(try bench.told() == nil)
    }

    @Test("Whoever waits is woken when it is stopped")
    func stopped() async throws {
        let bench = try Bench()
        let waiting = bench.queue
        let (ends, end) = AsyncStream.makeStream(of: Bool.self)
        Thread.detachNewThread {
            do {
                while true { _ = try waiting.getNotifications() }
            } catch {
                end.yield(error as? SocketError == .disconnected)
                end.finish()
            }
        }
        try bench.queue.stop()
        for await isAsExpected in ends { #expect(isAsExpected) }
        #expect(throws: SocketError.disconnected) { try bench.queue.getNotifications() }
    }
}
