import CallerID
import CampaignFile
import DialModel
import Ledger
import RunControl
import SQLiteLedger
import StoredLedger

/// Where the figures of one campaign's board come from: the run tells what goes on at every look, and the ledger is asked as
/// often as it is cheap.
///
/// Whatever is asked of the ledger is asked again after two hundred times as long as it took, so that all of it together
/// stays below one per cent of a core, however large the campaign is.
actor BoardFeed {
    private let folder: CampaignFolder
    private let ledger: any LedgerStore
    private let id: CampaignID
    private let clocks: ZoneRules
    private var counts: CampaignFigures?
    private var abandonment: AbandonmentCount?
    private var abandonmentLimit: Double?
    private var numbers: [BoardFigures.NumberStanding] = []
    private var lists: [DoNotCallFinding] = []
    private var countTurn = Turn(every: .milliseconds(900))
    private var abandonmentTurn = Turn(every: .seconds(2))
    private var numberTurn = Turn(every: .seconds(10))
    private var listTurn = Turn(every: .seconds(60))
    private var progress = ProgressEstimate()

    init(of id: CampaignID, _ folder: CampaignFolder, in ledger: any LedgerStore) {
        self.id = id
        clocks = folder.clocks
        self.folder = folder
        self.ledger = ledger
    }

    /// The figures with which a run is over, counted anew.
    func lastFigures(at now: Timestamp) async throws -> BoardFigures {
        countTurn.comeNow()
        abandonmentTurn.comeNow()
        return try await figures(.none, at: now)
    }

    /// The figures as of `now`, with what the run tells, if one goes on; throws where the ledger cannot be read.
    func figures(_ sight: RunSight, at now: Timestamp) async throws -> BoardFigures {
        let run = sight.glance
        let counts = try await figuresOfLedger(at: now)
        await lookAtAbandonment(at: now)
        await lookAtNumbers(at: now)
        await lookAtLists(at: now)
        if run == nil { progress = ProgressEstimate() } else { progress.add(counts, at: now) }
        let campaign = folder.campaign
        var figures = BoardFigures(
            campaign: campaign.name, accounts: campaign.routing.accounts, mode: campaign.mode, at: now,
            clocks: clocks, run: run, ledger: counts, abandonment: abandonment, abandonmentLimit: abandonmentLimit,
            pace: progress.pace,
            numbers: numbers)
        figures.isSilent = sight.isSilent
        figures.notes = run?.notes ?? []
        figures.alerts = BoardAlert.all(of: figures, lists: lists, freeBytes: DiskSpace.free(at: ledger.database))
        return figures
    }

    private func figuresOfLedger(at now: Timestamp) async throws -> CampaignFigures {
        if let counts, !countTurn.hasCome { return counts }
        let began = ContinuousClock.now
        let counted = try await ledger.figures(of: id, at: now)
        counts = counted
        countTurn.took(since: began)
        return counted
    }

    /// Abandoned calls are counted as monitors and metrics count them, whether a run goes on or not.
    private func lookAtAbandonment(at now: Timestamp) async {
        guard abandonmentTurn.hasCome else { return }
        let began = ContinuousClock.now
        do {
            let engine = CampaignEngine(
                folder: folder, accounts: try folder.accounts(lookingUpSecrets: false), ledger: ledger)
            let look = try await engine.abandonmentLook(of: id, at: now)
            abandonment = try await look.count(of: id, in: ledger, at: now)
            abandonmentLimit = look.limit
        } catch {
            // What cannot be read now is shown as it was: a board goes on.
        }
        abandonmentTurn.took(since: began)
    }

    /// What cannot be read now is shown as it was.
    private func lookAtNumbers(at now: Timestamp) async {
        guard numberTurn.hasCome, case .pool(let pool, _) = folder.campaign.callerID.choice else { return }
        let began = ContinuousClock.now
        var found: [BoardFigures.NumberStanding] = []
        for account in folder.campaign.routing.accounts {
            let report = try? await CallerIDReport(of: account, in: ledger, withHistory: false, at: now)
            let rows = (report?.rows ?? []).filter { $0.row.number.pools.contains(pool) }
            found += rows.map { row, state in
                BoardFigures.NumberStanding(
                    number: row.number.number, state: state.word, until: state.until, isFlagged: row.isFlagged,
                    dialsToday: row.dialsToday, maxPerDay: row.number.limits.maxPerDay, answered: row.rate.answered,
                    rated: row.rate.attempts)
            }
        }
        numbers = found
        numberTurn.took(since: began)
    }

    private func lookAtLists(at now: Timestamp) async {
        guard listTurn.hasCome, let accounts = try? folder.accounts(lookingUpSecrets: false),
            let question = try? folder.doNotCallQuestion(for: accounts)
        else { return }
        let began = ContinuousClock.now
        lists = (try? await ledger.doNotCallGaps(in: question, of: id, at: now)) ?? lists
        listTurn.took(since: began)
    }
}

/// When something is done again that costs something.
struct Turn {
    /// A part of what it took is what it may take of the time: one in two hundred.
    private static let sparseness = 200

    private let interval: Duration
    private var next: ContinuousClock.Instant?

    /// Something that is to be done no more often than this.
    init(every interval: Duration) {
        self.interval = interval
    }

    /// It is time now, whenever it was to be.
    mutating func comeNow() { next = nil }

    /// Whether it is time.
    var hasCome: Bool { next.map { $0 <= .now } ?? true }

    /// It was done, and took from then until now.
    mutating func took(since began: ContinuousClock.Instant) {
        let now = ContinuousClock.now
        next = now + max(interval, (now - began) * Self.sparseness)
    }
}
