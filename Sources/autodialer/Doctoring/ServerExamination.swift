import DialModel
import Ledger
import Monitoring
import PostgresLedger

/// A database on a server, looked at without changing it.
struct ServerExamination {
    let database: DatabaseOptions
    let now: Timestamp

    /// How far the clocks may be apart: no call is placed by a run whose clock is further from the server's.
    private static let clockTolerance = LeaseTerms.clockTolerance

    /// What was found, and whether commands can read the ledger as it stands.
    func findings() async -> (findings: [Finding], isReadable: Bool) {
        do throws(LedgerError) {
            guard let address = try database.place.address() else { return ([], false) }
            let found = try await PostgresLedger.examine(address)
            return (findings(of: found), found.schema == found.currentSchema)
        } catch {
            return ([.problem(.database, Words(.serverUnusable, "\(error)"), fix: Words(.serverFix))], false)
        }
    }

    private func findings(of found: PostgresExamination) -> [Finding] {
        var findings = [Finding.ok(.database, Words(.serverReached, database.name, found.version))]
        switch found.schema {
        case nil: findings.append(.warning(.database, Words(.serverEmpty), fix: Words(.noDatabaseFix)))
        case found.currentSchema?: findings.append(.ok(.database, Words(.databaseVersion, "\(found.currentSchema)")))
        case let schema?:
            findings.append(
                .warning(
                    .database, Words(.databaseOlder, "\(schema)", "\(found.currentSchema)"),
                    fix: Words(.databaseOlderFix)))
        }
        if found.isStandby {
            findings.append(.problem(.database, Words(.serverStandby), fix: Words(.serverStandbyFix)))
        }
        switch found.secrecy {
        case .proved(let encryption): findings.append(.ok(.database, Words(.serverProved, encryption)))
        case .local: findings.append(.ok(.database, Words(.serverLocal)))
        case .unproved(let encryption):
            findings.append(.warning(.database, Words(.serverUnproved, encryption), fix: Words(.serverPlainFix)))
        case .open: findings.append(.warning(.database, Words(.serverPlain), fix: Words(.serverPlainFix)))
        }
        let difference = found.now - now
        let seconds = "\(Int(abs(difference.seconds).rounded()))"
        findings.append(
            max(difference, .zero - difference) <= Self.clockTolerance
                ? .ok(.clock, Words(.serverClock))
                : .problem(.clock, Words(.serverClockDiffers, seconds), fix: Words(.serverClockFix)))
        return findings
    }
}
