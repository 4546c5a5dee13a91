import DialModel
import Telephony

@testable import WellVendor

/// What a client has reported so far, and whoever waits for something of it.
final class Reports: Sendable {
    private struct Waiter: Sendable {
        var isMet: @Sendable ([VendorEvent]) -> Bool
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State: Sendable {
        var events: [VendorEvent] = []
        var waiters: [Waiter] = []
    }

    private let state = Locked(State())

    var events: [VendorEvent] { state.with(\.events) }

    func add(_ event: VendorEvent) {
        let met: [Waiter] = state.with { state in
            state.events.append(event)
            let met = state.waiters.filter { $0.isMet(state.events) }
            state.waiters.removeAll { $0.isMet(state.events) }
            return met
        }
        for waiter in met { waiter.continuation.resume() }
    }

    /// Returns once what has been reported meets a condition.
    func wait(until isMet: @escaping @Sendable ([VendorEvent]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isMetAlready = state.with { state in
                if isMet(state.events) { return true }
                state.waiters.append(Waiter(isMet: isMet, continuation: continuation))
                return false
            }
            if isMetAlready { continuation.resume() }
        }
    }
}

/// A further client beside that of a bench, as of an earlier or a later process.
struct RunningVendor {
    let vendor: WellVendor
    private let reports: Reports
    private let task: Task<Void, Never>

    init(_ account: WellAccount, _ bench: LiveBench) {
        let vendor = WellVendor(
            account: account, group: "", transport: bench.transport, channels: bench.transport, clock: bench.clock,
            seed: 7)
        let reports = Reports()
        self.vendor = vendor
        self.reports = reports
        task = Task { await vendor.run { reports.add($0) } }
    }

    /// Returns once what has been reported meets a condition.
    func wait(until isMet: @escaping @Sendable ([VendorEvent]) -> Bool) async { await reports.wait(until: isMet) }

    /// Ends the run, and returns when it has ended.
    func end() async {
        task.cancel()
        await task.value
    }
}
