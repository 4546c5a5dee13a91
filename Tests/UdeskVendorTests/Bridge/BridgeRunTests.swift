import DialModel
import Telephony
import TestSupport
import Testing

@testable import UdeskVendor

@Suite("Runs with agents' pages", .timeLimit(.minutes(15)))
struct BridgeRunTests {
    /// A place to which nobody comes.
    private struct LonelyHost: PageHosting {
        func open() async throws(PushListeningError) {}

        var address: String? { "http://127.0.0.1:8091/" }

        func serve(
            _ answer: @escaping @Sendable (PageRequest) async -> PageAnswer
        ) async throws(PushListeningError) {}
    }

    private static func floor() -> BridgeFloor {
        BridgeFloor(
            account: BridgeDesk.account, group: "", rhythm: BridgeRhythm(speed: 1), seed: 1, now: BridgeDesk.start)
    }

    /// Asks for numbers, which nobody answers, and does something once that was taken in.
    private static func asked(_ inbox: BridgeInbox, then work: (Task<BridgeInbox.Answer?, Never>) -> Void) async
        -> BridgeInbox.Answer?
    {
        let taken = Signal()
        let asking = Task {
            await inbox.ask(
                { .asked($0, .numbers) },
                at: {
                    taken.fire()
                    return BridgeDesk.start
                })
        }
        await taken.wait()
        work(asking)
        return await asking.value
    }

    @Test("What was taken in when its asker is cancelled or the run ends may be carried out", arguments: [true, false])
    func cutShort(isCancelled: Bool) async {
        let inbox = BridgeInbox(floor: Self.floor())
        _ = inbox.open()
        let answer = await Self.asked(inbox) { asking in
            if isCancelled { asking.cancel() } else { inbox.close() }
        }
        guard case .failure(let error)? = answer else {
            Issue.record("\(String(describing: answer))")
            return
        }
        #expect(error.meaning == .outcomeUnknown && error.code == "CutShort")
    }

    @Test("Numbers are asked for after a run though nothing has changed since")
    func numbersAfterRun() async throws {
        let clock = PacedClock(speed: 100)
        let vendor = UdeskBridgeVendor(
            account: BridgeDesk.account, group: "", host: LonelyHost(), clock: clock, seed: 1)
        let reported = Signal()
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await vendor.run { if case .agents = $0 { reported.fire() } } }
            await reported.wait()
            tasks.cancelAll()
        }
        let error = await #expect(throws: VendorError.self) { try await vendor.outboundNumbers() }
        #expect(error?.code == "NoPage")
    }

    @Test("What is asked without a run was certainly not sent")
    func noRun() async throws {
        let vendor = UdeskBridgeVendor(
            account: BridgeDesk.account, group: "", host: LonelyHost(), clock: ManualClock(), seed: 1)
        let request = try #require(BridgeDesk().request())
        let error = await #expect(throws: VendorError.self) { try await vendor.placeCall(request) }
        #expect(error?.meaning == .unavailable && error?.code == "NotRunning")
    }
}
