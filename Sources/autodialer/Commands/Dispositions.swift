import ArgumentParser
import CampaignFile
import DialModel
import Ledger
import Regions
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// `dispositions`.
struct Dispositions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes in what agents said of callees.", subcommands: [DispositionsImport.self])
}

/// `dispositions import`.
struct DispositionsImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes in a file of dispositions, as agents' own systems write them; doing it again changes nothing.",
        discussion: """
            EXAMPLES
              autodialer dispositions import campaigns/demo results.csv
              autodialer dispositions import campaigns/demo results.csv --dnc-campaign-only

            CSV with a header: attempt_id (as export attempts has it) or phone; disposition: sale, not_interested, \
            do_not_call, wrong_number or callback (also 成交, 无意向, 勿扰, 错号, 回呼); with a call-back its time, callback_at, \
            by the campaign's clocks unless it has an offset, and agent if only they may take it; note.

            A lead ends as its disposition says. do_not_call puts all numbers of the callee on the list house, at once and for \
            every campaign. wrong_number has the callee's next number dialled. A call-back is dialled at its time before all others, \
            at the next instant that the rules allow; one for an agent is anybody's after half an hour.

            Exit code 65 with every finding if the file is wrong, and then nothing is changed; 75 if calls to some leads are \
            open, in which case the file has to be imported again.
            """)

    /// Room for some million rows.
    private static let fileLimit = 256 << 20
    /// How far ahead a call-back may be.
    private static let horizon = Duration.seconds(366 * 86_400)

    @OptionGroup var target: CampaignArgument

    @Argument(help: ArgumentHelp("The file, CSV with a header.", valueName: "file"), completion: .file())
    var file: String

    @Flag(help: "Put numbers that must not be called on this campaign's list alone.")
    var dncCampaignOnly = false

    @OptionGroup var database: DatabaseOptions

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    @OptionGroup var wording: LanguageOption

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let folder = try CampaignFolder.open(target.campaign)
            let now = SystemClock().now
            let (listed, dispositions) = try read(folder, at: now)
            let ledger = try await database.openOrCreate()
            let id = try await ledger.existingCampaign(named: folder.campaign.name)
            // Nobody must be called between the two: the list comes first.
            try await forbid(dispositions, of: id, in: ledger, at: now)
            let results = try await ledger.dispose(dispositions, of: id, at: now)
            await ledger.close()
            try report(zip(listed, results))
        }
    }

    private func read(
        _ folder: CampaignFolder, at now: Timestamp
    ) throws -> (listed: [ListedDisposition], dispositions: [LeadDisposition]) {
        let bytes = try FileBytes.read(file, called: .dispositions, limit: Self.fileLimit)
        let (listed, diagnostics) = DispositionList.parse(bytes: bytes, file: file)
        guard let listed else { throw Failure(.badInput, diagnostics: diagnostics) }
        Console.error(diagnostics.map(\.rendered), in: wording.language)
        let numbers = NumberReader(country: folder.campaign.leads.country)
        let clocks = folder.clocks
        var findings: [Diagnostic] = []
        let dispositions = listed.compactMap { row -> LeadDisposition? in
            do throws(Unusable) {
                return try disposition(row, numbers, clocks, at: now)
            } catch {
                findings.append(Diagnostic(.error, error.reason, file: file, line: row.line))
                return nil
            }
        }
        guard findings.isEmpty else { throw Failure(.badInput, diagnostics: findings) }
        return (listed, dispositions)
    }

    private struct Unusable: Error {
        var reason: Phrase
    }

    private func disposition(
        _ row: ListedDisposition, _ numbers: NumberReader, _ clocks: ZoneRules, at now: Timestamp
    ) throws(Unusable) -> LeadDisposition {
        let subject: LeadDisposition.Subject
        if let attempt = row.attempt {
            subject = .attempt(attempt)
        } else {
            switch numbers.read(row.number) {
            case .number(let number): subject = .number(number)
            case .rejected(let rejection): throw Unusable(reason: rejection.phrase)
            }
        }
        let callback = row.callback.map { $0.instant(by: clocks) }
        if let callback, callback > now + Self.horizon {
            throw Unusable(reason: CampaignPhrase.farCallback.phrase)
        }
        return LeadDisposition(
            subject: subject, disposition: row.disposition, callbackAt: callback,
            callbackAgent: row.agent.map { AgentID($0) },
            note: row.note)
    }

    /// Puts the numbers of those who do not want to be called on the list.
    private func forbid(
        _ dispositions: [LeadDisposition], of campaign: CampaignID, in ledger: any LedgerStore, at now: Timestamp
    ) async throws {
        var entries: [DoNotCallEntry] = []
        for disposition in dispositions where disposition.disposition == .doNotCall {
            let numbers = try await ledger.numbers(of: disposition.subject, in: campaign)
            entries += numbers.map { DoNotCallEntry(DoNotCallPattern($0)) }
            // A number that the campaign does not have is not to be called either.
            if case .number(let number) = disposition.subject, numbers.isEmpty {
                entries.append(DoNotCallEntry(DoNotCallPattern(number)))
            }
        }
        guard !entries.isEmpty else { return }
        let list = DoNotCallListName(
            DoNotCallListName.house, scope: dncCampaignOnly ? .campaign(campaign) : .global)
        _ = try await ledger.addDoNotCall(
            entries, to: list, hashed: false, because: "disposition in \(file)", at: now)
    }

    private func report(_ rows: some Sequence<(ListedDisposition, DispositionResult)>) throws {
        var counts: [DispositionResult: Int] = [:]
        for (row, result) in rows {
            counts[result, default: 0] += 1
            if result == .noLead {
                Console.error([DispositionPhrase.noLead.filled(file, row.line)], in: wording.language)
            }
        }
        func count(_ result: DispositionResult) -> Int { counts[result] ?? 0 }
        if !quiet {
            Console.out(
                wording.language.say(
                    DispositionPhrase.takenIn, file, count(.applied), count(.known), count(.noLead), count(.callIsOpen))
            )
        }
        if count(.callIsOpen) > 0 {
            throw Failure(.tryLater, saying: [DispositionPhrase.stillOpen.phrase])
        }
    }
}

extension ListedInstant {
    /// The instant by these clocks; of a time that they show twice the first, and after one that they leap over the leap.
    fileprivate func instant(by clocks: ZoneRules) -> Timestamp {
        switch self {
        case .instant(let instant): instant
        case .local(let day, let second):
            clocks.instants(of: day, second: second).first ?? day.start(by: clocks) + .seconds(second)
        }
    }
}
