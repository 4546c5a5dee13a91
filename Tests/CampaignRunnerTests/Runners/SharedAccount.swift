import DialModel
import Foundation
import Telephony

/// An account at a vendor that several runners use, each through a client of its own: agents who take one call at a time,
/// and calls that last for a while, whoever hears of it.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class SharedAccount: @unchecked Sendable {
    /// A call that was placed.
    struct Call: Hashable {
        var attempt: AttemptID
        var number: PhoneNumber
        var agent: AgentID?
        /// The run that asked for it.
        var run: RunID
        var at: Timestamp
        var endsAt: Timestamp
    }

    private let agents: [AgentID]
    private let talk: Duration
    /// How long an agent who has a call is still said to be idle.
    private let lag: Duration
    private let lock = NSLock()
    private var log: [Call] = []
    private var complaints: [String] = []

    init(agents: Int, talk: Duration, lag: Duration) {
        self.lag = lag
        self.agents = (0..<agents).map { AgentID("agent-\($0)") }
        self.talk = talk
    }

    /// Every call, in order.
    var calls: [Call] { lock.withLock { log } }
    /// What went wrong by the vendor's account: a number called twice, an agent with two calls.
    var violations: [String] { lock.withLock { complaints } }

    /// The most calls at a time that there have been.
    var mostAtOnce: Int {
        let all = calls
        return all.map { call in all.count { $0.at <= call.at && call.at < $0.endsAt } }.max() ?? 0
    }

    func place(_ request: CallRequest, by run: RunID, at now: Timestamp) {
        lock.withLock {
            if log.contains(where: { $0.number == request.number }) {
                complaints.append("\(request.number.masked) is called again by run \(run.value)")
            }
            if log.contains(where: { $0.agent == request.agent && now < $0.endsAt }) {
                complaints.append("run \(run.value) gives \(request.agent.map { "\($0)" } ?? "-") a second call")
            }
            log.append(
                Call(
                    attempt: request.attempt, number: request.number, agent: request.agent, run: run, at: now,
                    endsAt: now + talk))
        }
    }

    func call(of attempt: AttemptID) -> Call? { calls.first { $0.attempt == attempt } }

    func observations(at now: Timestamp) -> [AgentObservation] {
        let busy = Set(calls.filter { $0.at + lag <= now && now < $0.endsAt }.compactMap(\.agent))
        return agents.map {
            AgentObservation(id: $0, name: "", activity: busy.contains($0) ? .busy : .idle, since: nil)
        }
    }
}

/// A runner's client of a shared account; its requests may wait for a while before they leave.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class SharedAccountClient: TelephonyVendor, @unchecked Sendable {
    let abilities = VendorAbilities(
        placesForAgent: true, queuesAnsweredCalls: true, hangsUp: false, classifiesAnswers: false)

    private let account: SharedAccount
    private let run: RunID
    private let clock: any RunClock
    private let lock = NSLock()
    private var wait = Duration.zero
    private var requests: [(at: Timestamp, notAfter: Timestamp)] = []
    private var followed: [AttemptID] = []

    init(_ account: SharedAccount, of run: RunID, clock: any RunClock) {
        self.account = account
        self.run = run
        self.clock = clock
    }

    /// When it was asked for calls, and until when these might leave, in order.
    var asked: [(at: Timestamp, notAfter: Timestamp)] { lock.withLock { requests } }

    /// From now on a request waits so long before it leaves.
    func queue(for wait: Duration) { lock.withLock { self.wait = wait } }

    func prepare(callerIDs: [String]) async throws(VendorError) {}

    func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        let asked = (at: clock.now, notAfter: request.notAfter)
        let wait = lock.withLock {
            requests.append(asked)
            return self.wait
        }
        if wait > .zero { try? await clock.sleep(for: wait) }
        let now = clock.now
        guard now <= request.notAfter, !Task.isCancelled else {
            throw VendorError(
                .throttled(after: .seconds(1)), vendor: "shared", operation: "placeCall", code: "late", message: "")
        }
        account.place(request, by: run, at: now)
        follow(request.attempt)
        return Self.name(of: request.attempt)
    }

    func reconcile(_ attempt: FollowedCall) async throws(VendorError) -> Reconciliation {
        guard let call = account.call(of: attempt.attempt) else { return .notFound }
        follow(attempt.attempt)
        return .found(Self.name(of: attempt.attempt), call.endsAt <= clock.now ? [Self.ending(of: call)] : [])
    }

    func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {
        repeat {
            let now = clock.now
            await report(.agents(account.observations(at: now), asOf: now))
            let over = takeFollowed().compactMap(account.call).filter { call in
                if now < call.endsAt { follow(call.attempt) }
                return call.endsAt <= now
            }
            for call in over {
                let ending = Self.ending(of: call)
                await report(.call(call.attempt, ending.progress, at: ending.at))
            }
        } while (try? await clock.sleep(for: .seconds(1))) != nil
    }

    private func follow(_ attempt: AttemptID) {
        lock.withLock { followed.append(attempt) }
    }

    private func takeFollowed() -> [AttemptID] {
        lock.withLock {
            defer { followed = [] }
            return followed
        }
    }

    private static func name(of attempt: AttemptID) -> VendorCallID { VendorCallID("call-\(attempt.value)") }

    private static func ending(of call: SharedAccount.Call) -> DatedProgress {
        DatedProgress(.ended(CallEnding(outcome: .connected, vendorReason: "as rehearsed")), at: call.endsAt)
    }
}
