import CampaignFile
import CampaignRunner
import RunControl
import SQLiteLedger
import Telephony
import Wording

/// The sockets through which the campaigns of a run take orders, one for each.
///
/// A run without one can still do all that it is there for, so that it goes on and says what is missing.
struct RunDoors: Sendable {
    private let doors: [(socket: ControlSocket, run: CampaignRun)]
    private let language: Language

    /// Makes them; the campaigns' run locks are held.
    static func open(for runs: [CampaignRun], database: String, warningIn language: Language) -> RunDoors {
        var doors: [(ControlSocket, CampaignRun)] = []
        for run in runs {
            let path = RunLock.controlPath(database: database, campaign: run.campaign.name)
            do throws(ControlError) {
                doors.append((try ControlSocket.listen(at: path), run))
            } catch {
                warn(error, of: run, in: language)
            }
        }
        return RunDoors(doors: doors, language: language)
    }

    /// Serves them until cancelled.
    func serve(_ record: OrderRecord, _ notes: Notes, _ monitor: RunMonitor) async {
        await withDiscardingTaskGroup { group in
            for (socket, run) in doors {
                let orders = RunOrders(
                    campaign: (run.campaign.name, run.id), run: run, notes: notes, record: record, monitor: monitor)
                group.addTask {
                    do throws(ControlError) {
                        try await ControlServer(socket, handler: orders, clock: SystemClock()).run()
                    } catch {
                        Self.warn(error, of: run, in: language)
                    }
                }
            }
        }
    }

    /// Takes them away.
    func close() {
        for (socket, _) in doors { socket.remove() }
    }

    private static func warn(_ error: ControlError, of run: CampaignRun, in language: Language) {
        Console.message(language.say(SupervisorPhrase.noDoor.filled(run.campaign.name, error.reason)))
    }
}
