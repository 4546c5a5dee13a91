import DialModel
import Foundation
import Ledger
import PostgresLedger
import StoredLedger

/// One of several runners of a campaign on a server, without an engine and a vendor: it claims leads, has each call placed in
/// the commit after its claim and closed when it has lasted its time, and renews its lease meanwhile.
///
/// `fleet ADDRESS CAMPAIGN ACCOUNT LINES CALL SECONDS` joins, prints `ready`, waits for a line on stdin, and then commits one
/// step after the other, as a run does: whatever has happened since the last, and a claim for every free line. A call lasts
/// CALL milliseconds. It prints attempts and commits, and the median and the 95th percentile of milliseconds for a commit.
@main
struct Fleet {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let figures = arguments.dropFirst(3).compactMap { Int($0) }
        guard arguments.count == 6, figures.count == 3, figures[0] > 0 else {
            FileHandle.standardError.write(Data("usage: fleet ADDRESS CAMPAIGN ACCOUNT LINES CALL SECONDS\n".utf8))
            exit(64)
        }
        let address = try PostgresAddress(arguments[0])
        let ledger = try await PostgresLedger.open(at: address, access: .readWriteExisting)
        guard let campaign = try await ledger.campaign(named: arguments[1]) else { exit(66) }
        let run = try await ledger.beginRun(of: campaign, vendor: arguments[2], by: nil, at: now())
        _ = try await ledger.join(run, named: "fleet \(run.value)", reporting: RunnerReport())
        FileHandle.standardOutput.write(Data("ready\n".utf8))
        _ = readLine()
        let renewing = Task {
            while (try? await Task.sleep(for: LeaseTerms.rhythm)) != nil {
                _ = try await ledger.renew(run, reporting: RunnerReport())
            }
        }
        var runner = FleetRunner(
            ledger: ledger, campaign: campaign, run: run, account: arguments[2], lines: figures[0],
            length: .milliseconds(figures[1]))
        try await runner.work(for: .seconds(figures[2]))
        renewing.cancel()
        try await ledger.endRun(run, because: "drained", at: now())
        await ledger.close()
        FileHandle.standardOutput.write(Data((runner.summary + "\n").utf8))
    }

    static func now() -> Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
}

/// The lines of a runner, and what is still to be written of their calls.
private struct FleetRunner {
    let ledger: PostgresLedger
    let campaign: CampaignID
    let run: RunID
    let account: String
    let lines: Int
    let length: Duration
    private var calls: [(attempt: AttemptID, endsAt: ContinuousClock.Instant)] = []
    private var changes: [AttemptChange] = []
    private var times: [Duration] = []
    private var attempts = 0

    init(ledger: PostgresLedger, campaign: CampaignID, run: RunID, account: String, lines: Int, length: Duration) {
        (self.ledger, self.campaign, self.run, self.account) = (ledger, campaign, run, account)
        (self.lines, self.length) = (lines, length)
    }

    /// Attempts, commits, and milliseconds of a commit: half and 95 % of them took no longer.
    var summary: String {
        let times = times.sorted().map { $0 / .milliseconds(1) }
        guard let longest = times.last else { return "0 0 0 0" }
        let (half, most) = (times[times.count / 2], times.dropFirst(times.count * 95 / 100).first ?? longest)
        return "\(attempts) \(times.count) " + [half, most].map { String(format: "%.2f", $0) }.joined(separator: " ")
    }

    /// Dials for so long, and then sees the calls through that are open.
    mutating func work(for time: Duration) async throws {
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end {
            closeCalls(through: .now)
            let free = lines - calls.count
            guard free > 0 || !changes.isEmpty else {
                try await Task.sleep(until: min(end, calls.first?.endsAt ?? end), clock: .continuous)
                continue
            }
            let began = ContinuousClock.now
            let claims = try await commit(claiming: free)
            times.append(ContinuousClock.now - began)
            attempts += claims.count
        }
        closeCalls(through: .now + length)
        _ = try await commit(claiming: 0)
    }

    private mutating func closeCalls(through now: ContinuousClock.Instant) {
        let over = calls.prefix { $0.endsAt <= now }
        calls.removeFirst(over.count)
        for call in over {
            let closing = AttemptClosing(
                outcome: .busy, endedAt: Fleet.now(), answeredAt: nil, connectedAt: nil, talk: nil, agent: nil,
                vendorReason: "busy", shownCallerID: nil, lead: .finish(.notRetried))
            changes.append(.closed(call.attempt, closing))
        }
    }

    private mutating func commit(claiming count: Int) async throws -> [Claim] {
        let now = Fleet.now()
        var request: ClaimRequest?
        if count > 0 {
            request = ClaimRequest(
                campaign: campaign, run: run, vendor: account, count: count, now: now, policy: Everybody())
        }
        let stamp = CommitStamp(run: run, number: Int64(times.count) + 1)
        let claims = try await ledger.commit(changes, claiming: request, as: stamp).claims
        guard count == 0 || !claims.isEmpty else { throw ListExhausted() }
        let endsAt = ContinuousClock.now + length
        calls += claims.map { ($0.attempt, endsAt) }
        changes = claims.map { .reached($0.attempt, .dialing, at: now, detail: AttemptDetail()) }
        return claims
    }
}

/// There are no leads left, so that nothing can be measured.
private struct ListExhausted: Error {}

/// Lets everybody be dialled.
private struct Everybody: ClaimPolicy {
    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision { .dial(callerID: nil) }
}
