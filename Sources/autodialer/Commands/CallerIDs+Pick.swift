import ArgumentParser
import CallerID
import CampaignFile
import CampaignRunner
import DialModel
import Ledger
import Regions
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// `caller-ids pick`.
struct CallerIDsPick: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pick",
        abstract: "Tells which number a callee would be shown, and why every other was passed over; writes nothing.",
        discussion: """
            EXAMPLES
              autodialer caller-ids pick 13800138000 --campaign campaigns/demo --at 10:30
              autodialer caller-ids pick 13800138000 --campaign campaigns/demo --count 3
              autodialer caller-ids pick 13800138000 --campaign campaigns/demo --pool east

            With --count, further numbers are those that would be shown if the ones before could not be. A strategy that \
            draws, draws for each attempt anew: what is shown here is one such draw. A smooth rotation is shown as a run \
            begins it. Exit code 65 if the number or the pool cannot be used, 0 also if no number can be shown now.
            """)

    @Argument(help: "The callee's number, as a list would have it; - reads it from stdin.")
    var number: String

    @Option(
        help: ArgumentHelp("The campaign, its folder or its campaign.yaml.", valueName: "campaign"),
        completion: .directory)
    var campaign: String

    @Option(help: ArgumentHelp("The account, where the campaign has several.", valueName: "name"))
    var account: String?

    @Option(help: ArgumentHelp("Choose from this number pool instead of the campaign's.", valueName: "name"))
    var pool: String?

    @Option(help: "How many different numbers.")
    var count = 1

    @Option(
        help: ArgumentHelp(
            "A time to come, 10:30 or 2026-01-02T10:30 (default: now).", valueName: "time"))
    var at: MinuteArgument?

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print one JSON object; its keys do not change.")
    var json = false

    @OptionGroup var wording: LanguageOption

    func validate() throws {
        guard (1...1_000).contains(count) else { throw ValidationError(.range, "--count", 1, 1_000) }
    }

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let folder = try CampaignFolder.open(campaign)
            let now = SystemClock().now
            let at = at?.instant(at: now) ?? now
            guard at >= now else {
                throw Failure(.badInput, saying: [PickPhrase.timeOver.phrase])
            }
            let callee = try Self.callee(TypedNumbers.text(number), country: folder.campaign.leads.country)
            let pool = try chosenPool(of: folder)
            let ledger = try await database.openExisting()
            let numbers = try await existing(pool, of: try folder.account(among: account).name, in: ledger, at: at)
            let snapshot = PoolSnapshot(numbers, pool: pool, at: at)
            let dials = try await ledger.dials(to: callee, since: ShanghaiDay(containing: at).start - .seconds(300))
            await ledger.close()
            let region = NumberRegion(try folder.regionFinder().place(of: callee).region)
            let request = CallerIDRequest(region: region, callee: CalleeUsage(dials, at: at))
            let report = PickReport(
                callee: callee, pool: pool, at: at, request: request,
                rounds: Self.rounds(count, request, from: snapshot, at: at))
            Console.out(json ? report.json : report.text(in: wording.language))
        }
    }

    private static func callee(_ text: String, country: String?) throws(Failure) -> PhoneNumber {
        switch NumberReader(country: country).read(text) {
        case .number(let number): return number
        case .rejected(let reason):
            // The text is not repeated: it may be somebody's number all the same.
            throw Failure(.badInput, saying: [PickPhrase.notDiallable.filled(reason.phrase)])
        }
    }

    private func chosenPool(of folder: CampaignFolder) throws(Failure) -> CallerIDPool {
        let choice = folder.campaign.callerID.choice
        if let pool {
            if case .pool(_, let rules) = choice { return CallerIDPool(id: pool, rules: rules) }
            return CallerIDPool(id: pool)
        }
        let name = folder.campaign.name
        switch choice {
        case .pool(let pool, let rules): return CallerIDPool(id: pool, rules: rules)
        case .vendor:
            throw Failure(.badInput, saying: [PickPhrase.vendorsChoice.filled(name)])
        case .numbers(let numbers):
            throw Failure(.badInput, saying: [PickPhrase.ownList.filled(name, numbers.joined(separator: ", "))])
        }
    }

    /// The account's numbers, among which the pool must have some that can be shown.
    private func existing(
        _ pool: CallerIDPool, of account: String, in ledger: any LedgerStore, at now: Timestamp
    ) async throws -> CallerIDSnapshot {
        let numbers = try await ledger.existingCallerIDs(of: account)
        let names = Set(numbers.flatMap(\.pools)).sorted()
        let known =
            names.isEmpty ? PickPhrase.noPools.phrase : PickPhrase.itsPools.filled(names.joined(separator: ", "))
        guard names.contains(pool.id) else {
            throw Failure(.badInput, saying: [PickPhrase.noPool.filled(account, pool.id, known)])
        }
        guard !pool.candidates(in: NumberInventory(numbers: numbers, groups: [])).isEmpty else {
            let refusal: PickPhrase = pool.rules.isVirtual ? .noneVirtual : .noneDialsOut
            throw Failure(.badInput, saying: [refusal.filled(pool.id, known)])
        }
        return try await ledger.callerIDSnapshot(of: account, at: now)
    }

    /// The choice, and as many more as are wanted, each without the numbers chosen before.
    private static func rounds(
        _ count: Int, _ request: CallerIDRequest, from pool: PoolSnapshot, at now: Timestamp
    ) -> [CallerIDSelection] {
        var pool = pool
        var rounds: [CallerIDSelection] = []
        for round in 1...count {
            let seed = PickSeed.of(AttemptID(Int64(round)))
            let selection = CallerIDSelection.select(request, from: pool, at: now, seed: seed)
            guard case .chosen(let pick) = selection.answer else {
                // What is left says little beside numbers that were chosen.
                return rounds.isEmpty ? [selection] : rounds
            }
            rounds.append(selection)
            pool.members.removeAll { $0.number.number == pick.number }
        }
        return rounds
    }
}
