import DialModel
import Foundation
import Telephony
import TestSupport
import Testing

@testable import AlibabaVendor

/// An executor whose work the test does itself, so that a run has one order of events.
///
/// `@unchecked Sendable`: every access to the jobs goes through `lock`.
final class SteppedExecutor: TaskExecutor, @unchecked Sendable {
    private let lock = NSLock()
    private var jobs: [UnownedJob] = []

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        lock.withLock { jobs.append(job) }
    }

    /// Does everything that can be done without time passing.
    func drain() {
        while let job = lock.withLock({ jobs.isEmpty ? nil : jobs.removeFirst() }) {
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}

/// A vendor client on a simulated gateway, with a clock that moves only when nothing else can.
final class Bench: Sendable {
    static let start = Timestamp(milliseconds: 1_767_319_384_000)
    static let wang = number("+8613800138000")
    static let zhao = number("+8613900139000")

    let clock = ManualClock(at: Bench.start)
    let gateway: SimulatedGateway
    let vendor: AlibabaVendor
    private let executor = SteppedExecutor()
    private let reported = Locked<[VendorEvent]>([])

    init(
        subdomain: String? = nil, group: String = "sales", secret: Secret = SimulatedGateway.secret,
        skew: Duration = .zero, seed: UInt64 = 42, entropy: UInt64 = 7, requestsPerSecond: Double = 5, burst: Int = 10
    ) {
        gateway = SimulatedGateway(clock: clock, skew: skew)
        let account = AlibabaAccount(
            name: "ali", endpoint: "http://127.0.0.1:1", instanceID: "inst-1", accessKeyID: "testid",
            accessKeySecret: secret, subdomain: subdomain, requestsPerSecond: requestsPerSecond, burst: burst)
        vendor = AlibabaVendor(
            account: account, skillGroup: group, transport: gateway, clock: clock, seed: seed, entropy: entropy)
    }

    static func number(_ e164: String) -> PhoneNumber {
        guard let number = PhoneNumber(e164: e164) else {
            Issue.record("\(e164.count) characters are no number")
            return wang
        }
        return number
    }

    static func request(
        _ attempt: Int64 = 1, _ number: PhoneNumber = Bench.wang, prefix: String = "",
        callerID: String? = "01080000001", agent: AgentID? = nil, within limit: Duration = .seconds(3600)
    ) -> CallRequest {
        CallRequest(
            attempt: AttemptID(attempt), number: number, prefix: prefix, callerID: callerID, agent: agent,
            notAfter: start + limit)
    }

    var events: [VendorEvent] { reported.with { $0 } }

    /// The progress reported of an attempt, with its times counted from the start.
    func progress(of attempt: Int64 = 1) -> [(CallProgress, Duration)] {
        events.compactMap { event in
            guard case .call(AttemptID(attempt), let progress, let instant) = event else { return nil }
            return (progress, instant - Self.start)
        }
    }

    /// Does something on the bench's executor and lets time pass until it is done.
    func perform<Success: Sendable>(
        _ work: @escaping @Sendable (AlibabaVendor) async throws -> Success
    ) async throws -> Success {
        let result = Locked<Result<Success, any Error>?>(nil)
        let vendor = self.vendor
        let task = Task(executorPreference: executor) {
            do {
                let success = try await work(vendor)
                result.with { $0 = .success(success) }
            } catch {
                result.with { $0 = .failure(error) }
            }
        }
        while true {
            executor.drain()
            if let result = result.with({ $0 }) {
                await task.value
                return try result.get()
            }
            await clock.advanceToNextSleeper()
        }
    }

    /// The error that something throws; nil if it succeeds.
    func failure<Success: Sendable>(
        of work: @escaping @Sendable (AlibabaVendor) async throws -> Success
    ) async throws -> VendorError? {
        do {
            _ = try await perform(work)
            return nil
        } catch let error as VendorError {
            return error
        }
    }

    /// Observes for as long as the clock takes to move by `duration`.
    func observe(
        for duration: Duration, vendor other: AlibabaVendor? = nil, meanwhile: (Duration) -> Void = { _ in }
    ) async {
        let begin = clock.now
        let vendor = other ?? self.vendor
        let reported = self.reported
        let run = Task(executorPreference: executor) {
            await vendor.run { event in reported.with { $0.append(event) } }
        }
        executor.drain()
        while clock.now - begin < duration {
            meanwhile(clock.now - begin)
            await clock.advanceToNextSleeper()
            executor.drain()
        }
        run.cancel()
        executor.drain()
        await run.value
    }
}

extension AlibabaVendor {
    /// Follows a call as after its acceptance.
    func follow(_ call: FollowedCall) {
        followed.with { $0.follow($0.entry(for: call, now: clock.now)) }
    }
}
