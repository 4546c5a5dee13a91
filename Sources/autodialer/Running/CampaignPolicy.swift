import CallerID
import CampaignFile
import CampaignRunner
import Compliance
import DialModel
import Ledger
import Regions
import SQLiteLedger
import StoredLedger
import Wording

/// What a campaign's runs ask about each lead: the gate with the rules that it keeps, and the choice of its numbers.
struct CampaignPolicy {
    let folder: CampaignFolder
    /// All accounts of the campaign.
    let accounts: CampaignAccounts
    /// The one whose numbers are shown.
    let account: Account
    let ledger: any LedgerStore
    let regions: RegionFinder
    /// Its place among several accounts; nil for one that carries all calls.
    var route: RunRoute?
    /// What is remembered of callees from one rehearsal to the next, in which nothing is kept with attempts; nil for a run.
    var memory: CalleeMemory?

    private var campaign: Campaign { folder.campaign }

    /// The policy, and the numbers that may be shown unless the vendor chooses them.
    func made(at now: Timestamp) async throws -> (policy: GatePolicy, callerIDs: [String]) {
        let (numbers, callerIDs) = try await numberPolicy(at: now)
        let rules = try folder.ruleSet(for: accounts)
        let clocks = ZoneClocks()
        let isAgentReserved = campaign.mode == .progressive
        let regions = regions
        let consent = campaign.consent
        let memory = memory
        let isConsentAsked = rules.profile.requires(.consent)
        let whereabouts = Whereabouts(columns: campaign.leads.columns, regions: regions, clocks: clocks)
        let policy = GatePolicy(
            lookBack: rules.lookBack, readsFields: consent?.isByLead ?? false || whereabouts.readsFields,
            doNotCall: try folder.doNotCallQuestion(for: accounts), numbers: routed(numbers)
        ) { candidate in
            let made = { (callee: CalleeWhereabouts) in
                GatePolicy.CalleeRules(
                    places: rules.places(of: callee),
                    rules: rules.gateRules(for: callee, isAgentReserved: isAgentReserved))
            }
            let place = { whereabouts.of(candidate) }
            var callee = memory?.rules(of: candidate.lead, at: place, made: made) ?? made(place())
            callee.consent = Consent(consent, of: candidate, isAsked: isConsentAsked)
            return callee
        }
        return (policy, callerIDs)
    }

    /// Leaves to the other accounts whom this one has no number for.
    private func routed(_ numbers: any ClaimPolicy) -> any ClaimPolicy {
        route.map { RoutedNumbers(numbers, of: $0.account, desk: $0.desk) } ?? numbers
    }

    /// Who decides on the numbers to show, and the numbers that may be shown unless the vendor chooses.
    private func numberPolicy(at now: Timestamp) async throws -> (any ClaimPolicy, callerIDs: [String]) {
        switch campaign.callerID.choice {
        case .vendor: return (CallerIDRotation([]), [])
        case .numbers(let numbers): return (CallerIDRotation(numbers), numbers)
        case .pool(let name, let rules):
            let pool = CallerIDPool(id: name, rules: rules)
            let numbers = try await ledger.callerIDs(of: account.name)
            let candidates = pool.candidates(in: NumberInventory(numbers: numbers, groups: []))
            guard !candidates.isEmpty else {
                let pools = Set(numbers.flatMap(\.pools)).sorted()
                let known =
                    pools.isEmpty
                    ? JoiningPhrase.hasNone.phrase : JoiningPhrase.has.filled(pools.joined(separator: ", "))
                throw Failure(
                    .badInput, saying: [JoiningPhrase.noPool.filled(folder.file, account.name, name, known)])
            }
            let regions = regions
            let choice = CallerIDChoice(account: account.name, pool: pool, explains: memory == nil) {
                NumberRegion(regions.place(of: $0).region)
            }
            return (choice, candidates.filter { $0.isInUse(at: now) }.map(\.number))
        }
    }
}

extension Consent {
    /// What a campaign says of a lead; one that says nothing needs to only where its rules ask.
    fileprivate init(_ settings: ConsentSettings?, of candidate: ClaimCandidate, isAsked: Bool) {
        guard let settings else {
            self = isAsked ? .missing : .notNeeded
            return
        }
        let proof = settings.proof(in: candidate.fields.lazy.map { ($0.name, $0.value) })
        self = proof.map { .given(reference: $0) } ?? .missing
    }
}

extension CampaignFolder {
    /// The rules that the campaign keeps.
    ///
    /// One that states none keeps those of its list's country. Where no telephone can ring it keeps none, so that a
    /// rehearsal runs at any time of the day.
    func ruleSet(for accounts: CampaignAccounts) throws(Failure) -> RuleSet {
        let clocks = ZoneClocks()
        guard let hours = campaign.hours else {
            let profile = accounts.isSimulated ? RuleProfile(name: "none") : try usualProfile()
            return RuleSet(
                profile: profile, caps: campaign.limits + accounts.limits,
                assumedZone: accounts.isSimulated ? TimeZoneID("UTC") : nil,
                guardTime: campaign.dial.ringTimeout, dayParts: campaign.dayParts, clocks: clocks.rules)
        }
        guard let profile = hours.profile else {
            throw Failure(.badInput, saying: [JoiningPhrase.rulesUnread.filled(file)])
        }
        return RuleSet(
            profile: profile, hours: hours.hours, holidays: hours.holidays, caps: campaign.limits + accounts.limits,
            isOverridden: hours.override != nil, assumedZone: hours.zone, guardTime: hours.guardTime,
            dayParts: campaign.dayParts, clocks: clocks.rules)
    }

    private func usualProfile() throws(Failure) -> RuleProfile {
        if let profile = campaign.leads.country.flatMap(RuleProfiles.usual) { return profile }
        throw Failure(.notPermitted, saying: [CampaignPhrase.noRules.filled(file)])
    }

    /// What the campaign's rules ask for and it does not have, a line each; nobody may be called before it is there.
    func refusals(for accounts: CampaignAccounts) throws(Failure) -> [Phrase] {
        let rules = try ruleSet(for: accounts)
        let facts = PreflightFacts(
            isAgentReserved: campaign.mode == .progressive, ringTimeout: campaign.dial.ringTimeout,
            hasConsent: campaign.consent != nil, hasMessage: campaign.compliance.message != nil,
            hasCallerIDProof: campaign.compliance.callerIDProof != nil, lists: campaign.doNotCall?.lists ?? [],
            isVendorPaced: campaign.mode.project != nil,
            hasVendorRulesProof: campaign.compliance.vendorRulesProof != nil)
        return Preflight.refusals(rules.profile, facts).map { refusal in
            CampaignPhrase.rulesAsk.filled(file, refusal.rules, refusal.missing, refusal.source.shown)
        }
    }

    /// Plans the campaign by what is in the ledger.
    func planner(in ledger: any LedgerStore, at now: Timestamp) async throws -> Planner {
        let id = try await ledger.existingCampaign(named: campaign.name)
        let (accounts, regions) = (try accounts(lookingUpSecrets: false), try regionFinder())
        var policies: [GatePolicy] = []
        for account in accounts.all {
            let policy = CampaignPolicy(
                folder: self, accounts: accounts, account: account, ledger: ledger, regions: regions)
            policies.append(try await policy.made(at: now).policy)
        }
        return Planner(
            ledger: ledger, campaign: id, policy: policies[0], others: Array(policies.dropFirst()),
            order: campaign.order)
    }
}

extension LedgerStore {
    /// The lead that an operator names, by its id or by its number.
    func leadNamed(_ text: String, of campaign: Campaign) async throws -> LeadID {
        let id = try await existingCampaign(named: campaign.name)
        // A number may be as short as an id: what the campaign has is meant.
        if let lead = try await lead(withID: text, of: id) { return lead }
        return try await lead(withNumber: text, of: id, country: campaign.leads.country)
    }

    /// The lead of an id; nil for a text that is more likely a number.
    private func lead(withID text: String, of campaign: CampaignID) async throws -> LeadID? {
        guard text.utf8.count <= 9, let value = Int64(text) else { return nil }
        let page = try await leads(of: campaign, after: LeadID(value - 1), limit: 1)
        return page.first?.id == LeadID(value) || text.utf8.count < 7 ? LeadID(value) : nil
    }

    private func lead(
        withNumber text: String, of campaign: CampaignID, country: String?
    ) async throws -> LeadID {
        guard case .number(let number) = NumberReader(country: country).read(text) else {
            throw Failure(.badInput, saying: [ErrorPhrase.neitherLead.phrase])
        }
        guard let lead = try await lead(of: campaign, number: number) else {
            throw Failure(.noInput, saying: [ErrorPhrase.noLeadOfNumber.phrase])
        }
        return lead
    }
}
