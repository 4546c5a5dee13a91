import CampaignFile
import DialModel
import Foundation
import Ledger
import Monitoring
import SQLiteLedger
import StoredLedger

/// A campaign: its file, its list, its do-not-call lists and what an earlier run left open.
struct CampaignExamination {
    /// The campaign's folder or file, as the user named it.
    let path: String
    let database: DatabaseOptions
    let now: Timestamp

    /// Findings about the campaign's file, and the campaign if it can be read.
    func open() -> (findings: [Finding], folder: CampaignFolder?) {
        do throws(Failure) {
            let folder = try CampaignFolder.open(path)
            return ([.ok(.lists, Words(.campaignGood, folder.campaign.name))], folder)
        } catch {
            return ([bad(error)], nil)
        }
    }

    /// What the database has of the campaign.
    func findings(of folder: CampaignFolder, in ledger: any LedgerStore) async -> [Finding] {
        do {
            return try await lists(of: folder, in: ledger) + leftOpen(of: folder, in: ledger)
        } catch {
            return [bad(error)]
        }
    }

    private func bad(_ error: any Error) -> Finding {
        .problem(
            .lists, Words(.campaignBad, saying: [Failure.words(of: error)]),
            fix: Words(.campaignFix, path.shellWord))
    }

    private func lists(of folder: CampaignFolder, in ledger: any LedgerStore) async throws -> [Finding] {
        let name = folder.campaign.name
        let accounts = try folder.accounts(lookingUpSecrets: false)
        var findings = try await folder.listAges(for: accounts, in: ledger, at: now).map {
            Judgement.age(
                $0.age, of: $0.list, maximum: $0.maximum, campaign: name, isRehearsal: accounts.isSimulated)
        }
        guard let id = try await ledger.campaign(named: name) else { return findings + [notImported(name)] }
        let imports = try await ledger.imports(of: id)
        let file = try ListFile.survey(folder.listPath, settings: folder.campaign.leads)
        if let last = imports.last(where: { $0.file.digest == file.digest }) {
            let leads = try await ledger.figures(of: id, at: now).leads
            findings.append(.ok(.lists, Words(.listCurrent, name, last.at.dayAndTime, "\(leads)")))
        } else if let last = imports.last {
            findings.append(
                .warning(
                    .lists, Words(.listChanged, name, last.at.dayAndTime),
                    fix: Words(.listChangedFix, path.shellWord, folder.listPath.shellWord)))
        } else {
            findings.append(notImported(name))
        }
        return findings
    }

    private func notImported(_ name: String) -> Finding {
        .warning(.lists, Words(.notImported, name), fix: Words(.notImportedFix, path.shellWord))
    }

    private func leftOpen(of folder: CampaignFolder, in ledger: any LedgerStore) async throws -> [Finding] {
        let name = folder.campaign.name
        switch try await RunningCampaign(folder: path, database: database).look() {
        case .open: return [.ok(.database, Words(.runs, name))]
        case .silent: return [.problem(.database, Words(.runSilent, name), fix: Words(.runSilentFix, path))]
        case .none: break
        }
        guard let id = try await ledger.campaign(named: name) else { return [] }
        let open = try await ledger.openAttempts(of: id).count
        guard open > 0 else { return [] }
        return [
            .warning(.database, Words(.attemptsOpen, name, "\(open)"), fix: Words(.attemptsOpenFix, path.shellWord))
        ]
    }
}
