import DialModel
import Telephony
import TestSupport
import Testing

@testable import WellVendor

@Suite("A turnstile, and who goes through it", .timeLimit(.minutes(15)))
struct TurnstileTests {
    @Test("No more tasks are inside than there are places, and everybody gets in")
    func limits() async {
        let turnstile = Turnstile(places: 2)
        let inside = Locked((now: 0, most: 0))
        let passed = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    let hasPassed = await turnstile.pass {
                        inside.with { inside in
                            inside.now += 1
                            inside.most = max(inside.most, inside.now)
                        }
                        await Task.yield()
                        inside.with { $0.now -= 1 }
                        return true
                    }
                    return hasPassed ?? false
                }
            }
            return await group.reduce(into: 0) { count, hasPassed in count += hasPassed ? 1 : 0 }
        }
        #expect(passed == 50)
        #expect(inside.with(\.most) <= 2 && inside.with(\.now) == 0)
    }

    @Test("Whoever is cancelled while waiting leaves, and takes nobody's place")
    func forgetsCancelled() async {
        let turnstile = Turnstile(places: 1)
        let (isIn, mayLeave) = (Signal(), Signal())
        let first = Task {
            await turnstile.pass {
                isIn.fire()
                await mayLeave.wait()
                return 1
            }
        }
        await isIn.wait()
        let second = Task { await turnstile.pass { 2 } }
        second.cancel()
        #expect(await second.value == nil)
        mayLeave.fire()
        #expect(await first.value == 1)
        #expect(await turnstile.pass { 3 } == 3)
    }

    @Test("A call's request is sent while so many others are under way that further ones wait")
    func letsCallsPass() async throws {
        let vendor = SlowVendor()
        let account = WellAccount(
            name: "well", endpoint: "http://127.0.0.1", eventURL: "", loginURL: "", domain: "test.cc", logins: [])
        let gateway = WellGateway(account: account, transport: vendor, clock: ManualClock())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask { _ = try? await gateway.send(.clientState, session: Secret("s")) }
            }
            await vendor.wait { $0.count == 4 }
            let leg = CallLeg(callID: "c-1", device: "8001@test.cc")
            group.addTask { _ = try? await gateway.send(.transfer(leg, to: "8002"), session: Secret("s")) }
            await vendor.wait { $0.contains { $0.hasSuffix("/singleStepTransfer") } }
            #expect(vendor.requests.count == 5)
            vendor.answerEverybody()
            await group.waitForAll()
        }
        #expect(vendor.requests.count == 21)
    }
}

/// A vendor who reads every request and answers none of them until told to.
private final class SlowVendor: HTTPTransport {
    private struct State: Sendable {
        var requests: [String] = []
        var waiter: (isMet: @Sendable ([String]) -> Bool, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state = Locked(State())
    private let mayAnswer = Signal()

    /// The addresses that were asked, in order.
    var requests: [String] { state.with(\.requests) }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let met = state.with { state in
            state.requests.append(request.url)
            guard let waiter = state.waiter, waiter.isMet(state.requests) else {
                return nil as CheckedContinuation<Void, Never>?
            }
            state.waiter = nil
            return waiter.continuation
        }
        met?.resume()
        await mayAnswer.wait()
        return HTTPResponse(status: 204, headers: [], body: [])
    }

    /// Returns once the requests that came meet a condition.
    func wait(until isMet: @escaping @Sendable ([String]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isMetAlready = state.with { state in
                if isMet(state.requests) { return true }
                state.waiter = (isMet, continuation)
                return false
            }
            if isMetAlready { continuation.resume() }
        }
    }

    /// Answers every request, those to come as well.
    func answerEverybody() { mayAnswer.fire() }
}
