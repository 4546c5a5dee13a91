import CampaignFile
import DialModel
import Foundation
import Ledger
import Monitoring
import SQLiteLedger
import Telephony
import Wording

/// The accounts of a campaign, asked as `vendor test` asks them; no call is placed.
struct AccountExamination: Sendable {
    let folder: CampaignFolder
    let database: String
    /// How long one account may take.
    let patience: Duration
    let isOffline: Bool

    /// What was found of all accounts.
    func findings() async -> [Finding] {
        let accounts: CampaignAccounts
        do throws(Failure) {
            accounts = try folder.accounts()
        } catch {
            let words = [Phrase(same: folder.campaign.name), Phrase(listing: error.lines)]
            return [.problem(.files, Words(.secretUnreadable, saying: words), fix: Words(.secretFix))]
        }
        var findings: [Finding] = []
        for account in accounts.all { findings += await self.findings(of: account) }
        return findings
    }

    private func findings(of account: Account) async -> [Finding] {
        if account.isSimulated { return [.ok(.accounts, Words(.accountSimulated, account.name))] }
        if isOffline { return [.ok(.accounts, Words(.accountOffline, account.name))] }
        do {
            // Who signs agents in would sign out those of a run.
            let lock = try RunLock.acquire(database: database, campaign: folder.campaign.name)
            defer { lock.close() }
            return try await probed(account)
        } catch let error as LedgerError where error.code == .locked {
            return [.warning(.accounts, Words(.accountBusy, account.name), fix: Words(.accountBusyFix))]
        } catch {
            let words = Words(
                DoctorPhrase.accountMissing,
                saying: [Phrase(same: account.name), ProbeCheck.connection.phrase, Failure.words(of: error)])
            return [.problem(.accounts, words, fix: Words(.accountSlowFix))]
        }
    }

    private func probed(_ account: Account) async throws -> [Finding] {
        let connection = try await VendorConnection.open(account, for: folder.campaign, speed: nil)
        let probe = VendorProbe(account: account, folder: folder, connection: connection)
        let patience = patience
        let rows = await withTaskGroup(of: [VendorProbe.Row]?.self) { group in
            group.addTask { await probe.rows().rows }
            group.addTask {
                try? await ContinuousClock().sleep(for: patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        let skew = await connection.skew()
        await connection.close()
        guard let rows else {
            return [
                .problem(
                    .accounts, Words(.accountSlow, account.name, "\(Int(patience.seconds))"),
                    fix: Words(.accountSlowFix))
            ]
        }
        // The clock has an area of its own.
        return [Judgement.skew(skew, of: account.name)]
            + rows.filter { $0.check != .clock }.map { Self.finding($0, of: account.name) }
    }

    /// What an account lacks that campaigns can do without is no fault of it, unless the probe knows what to do about it.
    private static func finding(_ row: VendorProbe.Row, of account: String) -> Finding {
        let words = Words(DoctorPhrase.accountGood, saying: [Phrase(same: account), row.check.phrase, row.finding])
        guard let remedy = row.fix else { return .ok(.accounts, words) }
        let fix = Words(DoctorPhrase.verbatim, saying: [remedy])
        let isVital = [ProbeCheck.credentials, .agents, .numbers, .modes].contains(row.check)
        return row.verdict == .missing && isVital
            ? .problem(.accounts, words, fix: fix) : .warning(.accounts, words, fix: fix)
    }
}
