import CampaignFile
import CampaignRunner
import DialEngine
import DialModel
import Ledger
import Logging
import Regions
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// One call to a number that the operator names, to see whether an account works.
///
/// It is a campaign of one lead: claimed through the campaign's gate, committed before it is placed, and kept.
struct TrialCall {
    let account: Account
    let folder: CampaignFolder
    let connection: VendorConnection
    let ledger: any LedgerStore

    /// How long an agent is waited for.
    private static let patience = Duration.seconds(120)

    /// Calls, and tells what became of it.
    func place(to text: String) async throws -> Phrase {
        let clock = connection.clock
        guard case .number(let number) = NumberReader(country: folder.campaign.leads.country).read(text) else {
            throw Failure(.badInput, saying: [ProbePhrase.notANumber.phrase])
        }
        try await askLists(about: number, at: clock.now)
        let id = try await ledger.openCampaign(
            named: "vendor test \(account.name) \(clock.now.iso8601UTC)", at: clock.now)
        let lead = NewLead(line: 1, number: number, originalNumber: text, name: nil, fields: [])
        _ = try await ledger.importLeads(
            into: id, file: ImportedFile(name: "--call", digest: ""), from: OneNumber(lead), at: clock.now)
        let run = try await ledger.beginRun(of: id, vendor: account.name, by: clock.origin, at: clock.now)
        _ = try await runner(of: id, run, by: clock).run()
        guard let attempt = try await ledger.attempts(of: id, after: nil, limit: 1).first else {
            let reason = try await ledger.leads(of: id, after: nil, limit: 1).first?.holdReason
            throw Failure(
                .notPermitted,
                saying: [
                    ProbePhrase.nobodyCalled.filled(
                        reason.map(HoldWords.reading) ?? ProbePhrase.noAgentFree.phrase),
                    ProbePhrase.haveAgent.phrase,
                ])
        }
        let steps = try await ledger.timeline(of: attempt.id).map {
            ProbePhrase.trialStep.filled($0.at.clockTime, $0.state.phrase)
        }
        return ProbePhrase.trial.filled(
            attempt.id.value, number.masked, attempt.outcome?.phrase ?? attempt.state.phrase, Phrase(listing: steps))
    }

    /// Refuses a number that a do-not-call list of the campaign stands against.
    private func askLists(about number: PhoneNumber, at now: Timestamp) async throws {
        let verdict = try await DoNotCallVerdict(on: number, folder: folder, in: ledger, at: now)
        guard !verdict.isForbidden else {
            throw Failure(
                .notPermitted,
                saying: verdict.gaps.map { ErrorPhrase.plain.filled($0.phrase) }
                    + verdict.answers.filter { $0.match != nil }.map {
                        DoNotCallPhrase.notCalled.filled(number.masked, $0.list.name)
                    })
        }
        let accounts = CampaignAccounts(all: [account])
        let refusals = try folder.refusals(for: accounts)
        guard refusals.isEmpty || account.isSimulated else { throw Failure(missing: refusals) }
    }

    private func runner(of id: CampaignID, _ run: RunID, by clock: SystemClock) async throws -> CampaignRunner {
        let accounts = CampaignAccounts(all: [account])
        let regions = try folder.regionFinder()
        let abilities = connection.vendor.abilities
        var changed = folder
        // One call for one agent, where the vendor can do it: nobody is to be kept waiting by a trial.
        changed.campaign.mode = abilities.placesForAgent ? .progressive : .power(ratio: 1)
        let (policy, _) = try await CampaignPolicy(
            folder: changed, accounts: accounts, account: account, ledger: ledger, regions: regions
        ).made(at: clock.now)
        var settings = try await CampaignEngine(folder: changed, accounts: accounts, ledger: ledger)
            .settings(for: id, of: abilities, from: clock.now)
        settings.maxAttempts = 1
        settings.stopDialingAt = clock.now + Self.patience
        let plan = RunPlan(
            campaign: id, run: run, vendorName: account.name, prefix: changed.campaign.dial.prefixes(by: regions),
            classifiesAnswers: changed.campaign.dial.analysis.isWanted, engine: settings, policy: policy,
            limits: account.capacity)
        return CampaignRunner(
            plan: plan, ledger: ledger, vendor: connection.vendor, clock: clock,
            logger: Logger(label: "autodialer", factory: { StreamLogHandler.standardError(label: $0) }))
    }
}

/// A list of one number.
///
/// `@unchecked Sendable`: it is read by the ledger alone, and once.
private final class OneNumber: LeadSource, @unchecked Sendable {
    private var lead: NewLead?

    init(_ lead: NewLead) { self.lead = lead }

    func nextBatch() throws -> [NewLead]? {
        defer { lead = nil }
        return lead.map { [$0] }
    }

    func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws {}

    var rejectedCount: Int { 0 }
}
