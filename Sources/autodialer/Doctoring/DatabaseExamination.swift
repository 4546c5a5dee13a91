import DialModel
import Foundation
import Ledger
import Monitoring
import SQLiteLedger
import Wording

/// The database's file, looked at without changing it.
struct DatabaseExamination {
    let database: String
    /// How long the look at its pages may take.
    let patience: Duration

    /// What was found, and whether commands can read the file as it stands.
    func findings() async -> (findings: [Finding], isReadable: Bool) {
        guard FileManager.default.fileExists(atPath: database) else {
            return ([.warning(.database, Words(.noDatabase, database), fix: Words(.noDatabaseFix))], false)
        }
        do throws(LedgerError) {
            let examination = try await SQLiteLedger.examine(database, patience: patience)
            return (findings(of: examination) + recordings, examination.isCurrent)
        } catch {
            let words = Words(DoctorPhrase.databaseUnusable, "\(error)")
            return ([.problem(.database, words, fix: Words(.databaseFix))] + recordings, false)
        }
    }

    private func findings(of examination: LedgerExamination) -> [Finding] {
        var findings = [soundness(of: examination)]
        findings.append(
            examination.isCurrent
                ? .ok(.database, Words(.databaseVersion, examination.schema))
                : .warning(
                    .database, Words(.databaseOlder, examination.schema, examination.currentSchema),
                    fix: Words(.databaseOlderFix)))
        findings.append(.ok(.database, Words(.databaseSize, ByteCount.text(examination.bytes))))
        findings.append(Judgement.log(bytes: examination.logBytes))
        findings.append(Judgement.journal(mode: examination.journalMode))
        return findings
    }

    private func soundness(of examination: LedgerExamination) -> Finding {
        switch examination.soundness {
        case .sound: .ok(.database, Words(.databaseSound, database))
        case .damaged(let words):
            .problem(.database, Words(.databaseDamaged, database, words), fix: Words(.databaseDamagedFix))
        case .unfinished:
            .warning(
                .database, Words(.databaseUnchecked, database, "\(Int(patience.seconds))"),
                fix: Words(.databaseUncheckedFix))
        }
    }

    /// What runs were told that died.
    private var recordings: [Finding] {
        FileExamination.companions(of: database).filter { $0.contains(".events.died-") }.map {
            .warning(.database, Words(.diedRecording, $0), fix: Words(.diedRecordingFix, $0.shellWord))
        }
    }
}
