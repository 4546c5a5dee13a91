import DialModel
import Foundation
import Ledger
import SQLiteLedger
import StoredLedger

/// Claims leads of a ledger in batches, as a run does, and closes the attempts again; prints what a lead costs.
///
/// `claims DATABASE CAMPAIGN BATCHES SIZE` prints, separated by blanks: milliseconds until the first lead was claimed from
/// the start of the process, and the median over the batches of microseconds for a lead, claim and closing together. It also
/// prints how many bytes SQLite has read from the file for each lead, which no other work on the machine disturbs.
@main
struct Claims {
    static func main() async throws {
        let began = ContinuousClock.now
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 4, let file = arguments.first, let name = arguments.dropFirst().first,
            let batches = arguments.dropFirst(2).first.flatMap({ Int($0) }), batches > 0,
            let size = arguments.last.flatMap({ Int($0) }), size > 0
        else {
            FileHandle.standardError.write(Data("usage: claims DATABASE CAMPAIGN BATCHES SIZE\n".utf8))
            exit(64)
        }
        let ledger = try await SQLiteLedger.open(at: file, access: .readWriteExisting)
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        guard let campaign = try await ledger.campaign(named: name) else { exit(66) }
        let run = try await ledger.beginRun(of: campaign, vendor: "bench", by: nil, at: now)
        _ = try await ledger.openAttempts(of: campaign)
        var first: Duration?
        var times: [Duration] = []
        var changes: [AttemptChange] = []
        let readBefore = try bytesRead()
        for batch in 0..<batches {
            let request = ClaimRequest(
                campaign: campaign, run: run, vendor: "bench", count: size, now: now + .milliseconds(Int64(batch)),
                policy: Anybody())
            let start = ContinuousClock.now
            let claims = try await ledger.commit(changes, claiming: request).claims
            times.append(ContinuousClock.now - start)
            first = first ?? ContinuousClock.now - began
            guard claims.count == size else { exit(65) }
            changes = claims.map { claim in
                let closing = AttemptClosing(
                    outcome: .busy, endedAt: now, answeredAt: nil, connectedAt: nil, talk: nil, agent: nil,
                    vendorReason: "busy", shownCallerID: nil, lead: .finish(.notRetried))
                return .closed(claim.attempt, closing)
            }
        }
        _ = try await ledger.commit(changes, claiming: nil)
        let read = try bytesRead() - readBefore
        let median = times.sorted()[times.count / 2] / size
        let figures = [milliseconds(first ?? .zero), milliseconds(median) * 1_000, Double(read / (batches * size))]
        print(figures.map { String(format: "%.1f", $0) }.joined(separator: " "))
        await ledger.close()
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
    }

    /// What this process has asked the kernel to read, in bytes, pages that were in memory included.
    private static func bytesRead() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/io", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix("rchar:") }
        return line.flatMap { Int($0.drop { !$0.isNumber }) } ?? 0
    }
}

/// Lets everybody be dialled.
struct Anybody: ClaimPolicy {
    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision { .dial(callerID: nil) }
}
