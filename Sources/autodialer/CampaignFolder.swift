import CampaignFile
import DialModel
import Foundation
import Monitoring
import Regions
import Wording

/// A campaign as its folder has it: the file, read and found good, and where its neighbours are.
struct CampaignFolder {
    /// The campaign.
    var campaign: Campaign
    /// The campaign file, as the user named it.
    var file: String
    /// The folder of the campaign file.
    var folder: URL
    /// Findings that do not stand in the way.
    var warnings: [Diagnostic]
    /// The files that decide whom the campaign may call, when and how; none of them holds a secret.
    var settingFiles: [SettingFile]

    /// Reads a campaign; `path` is its folder or its file.
    static func open(_ path: String) throws(Failure) -> CampaignFolder {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Failure(.noInput, saying: [CampaignPhrase.absent.filled(path)])
        }
        let file = isFolder.boolValue ? path.trimmingSuffix("/") + "/campaign.yaml" : path
        let bytes = try FileBytes.read(file, called: .campaign)
        let folder = URL(filePath: file).deletingLastPathComponent()
        var rules: SettingFile?
        let (campaign, diagnostics) = Campaign.parse(bytes, file: file) { name in
            let read = SettingFile(reading: Self.path(of: name, in: folder), as: .rules)
            rules = read
            return try? read.content.get()
        }
        guard let campaign, !diagnostics.contains(where: { $0.severity == .error }) else {
            throw Failure(.badInput, diagnostics: diagnostics)
        }
        if let country = campaign.leads.country, !NumberReader.isKnown(country: country) {
            throw Failure(.badInput, saying: [CampaignPhrase.noCountry.filled(file, country)])
        }
        try checkZones(of: campaign, file: file)
        let files = [
            SettingFile(part: .campaign, path: file, content: .success(bytes)),
            campaign.regionsFile.map { SettingFile(reading: Self.path(of: $0, in: folder), as: .regions) },
            vendorsPath(beside: folder).map { SettingFile(reading: $0, as: .vendors) }, rules,
        ]
        return CampaignFolder(
            campaign: campaign, file: file, folder: folder, warnings: diagnostics,
            settingFiles: files.compactMap(\.self))
    }

    /// Refuses zones that do not exist: their callees would never be dialled, or by wrong clocks.
    private static func checkZones(of campaign: Campaign, file: String) throws(Failure) {
        let clocks = ZoneClocks()
        let rules = campaign.hours?.profile
        let named = [
            ("hours.zone", campaign.hours?.zone), ("abandonment.zone of its rules", rules?.abandonment?.zone),
        ]
        let zones = named + (rules?.regions ?? []).map { ("regions of its rules", $0.zone) }
        for case (let key, let zone?) in zones where clocks.rules(of: zone) == nil {
            throw Failure(.badInput, saying: [CampaignPhrase.noZone.filled(file, key, zone)])
        }
    }

    /// The list that the campaign names, relative to its own folder.
    var listPath: String {
        path(of: campaign.leads.file)
    }

    /// The file that has a part, if there is one.
    func settingFile(_ part: SettingFile.Part) -> SettingFile? {
        settingFiles.first { $0.part == part }
    }

    /// What decides whether a lead is held back, in one word that changes with it: of this release, of the files of campaign,
    /// rules, regions and accounts.
    func policyWord() throws(Failure) -> String {
        let digest = Digest()
        digest.update(Array(Autodialer.version.utf8))
        for file in settingFiles { digest.update(try file.content.get()) }
        return digest.finish()
    }

    /// A file that the campaign names, relative to its own folder.
    private func path(of name: String) -> String { Self.path(of: name, in: folder) }

    private static func path(of name: String, in folder: URL) -> String {
        name.hasPrefix("/") ? name : folder.appending(path: name).relativePath
    }

    /// The `vendors.yaml` beside or above the campaign's folder, if there is one.
    private static func vendorsPath(beside folder: URL) -> String? {
        [folder, folder.deletingLastPathComponent()].map { $0.appending(path: "vendors.yaml").relativePath }
            .first { FileManager.default.fileExists(atPath: $0) }
    }

    /// The accounts that the campaign names, each built in or from the `vendors.yaml` beside or above the campaign's folder.
    ///
    /// Whoever asks no vendor anything need not have its secrets, which are not looked up then.
    func accounts(lookingUpSecrets: Bool = true) throws(Failure) -> CampaignAccounts {
        var accounts: [Account] = []
        for name in campaign.routing.accounts {
            accounts.append(try account(named: name, lookingUpSecrets: lookingUpSecrets))
        }
        let real = accounts.filter { !$0.isSimulated }
        if let first = real.first, real.count < accounts.count {
            throw Failure(.badInput, saying: [CampaignPhrase.mixedAccounts.filled(file, first.name)])
        }
        return CampaignAccounts(all: accounts)
    }

    /// Refuses to choose by cost where an account's file does not say what it costs.
    func checkPrices(of accounts: CampaignAccounts) throws(Failure) {
        guard campaign.routing.rule == .cost, let silent = accounts.all.first(where: { $0.price == nil }) else {
            return
        }
        throw Failure(
            .badInput,
            saying: [CampaignPhrase.noPrice.filled(file, silent.name), CampaignPhrase.addPrice.phrase])
    }

    /// The campaign's account, or the one of several that is named.
    func account(among name: String?) throws(Failure) -> Account {
        let wanted = if let name { name } else { try onlyAccountName() }
        let accounts = try accounts()
        if let account = accounts.all.first(where: { $0.name == wanted }) { return account }
        throw Failure(.badInput, saying: [CampaignPhrase.noAccount.filled(file, wanted, accounts.names)])
    }

    /// The name of the campaign's account; refuses a campaign that has several.
    func onlyAccountName() throws(Failure) -> String {
        let names = campaign.routing.accounts
        guard names.count == 1 else {
            throw Failure(
                .badInput,
                saying: [
                    CampaignPhrase.severalAccounts.filled(file, names.joined(separator: ", ")),
                    CampaignPhrase.sayWhich.phrase,
                ])
        }
        return names[0]
    }

    /// An account by its name, whether the campaign uses it or not.
    func account(named name: String, lookingUpSecrets: Bool = true) throws(Failure) -> Account {
        if VendorAccounts.builtIn.contains(name) { return .builtIn(name) }
        if let account = try vendorAccounts(only: name, lookingUpSecrets: lookingUpSecrets)[name] {
            return .configured(account)
        }
        let names = (try accountNames() + VendorAccounts.builtIn).joined(separator: ", ")
        throw Failure(.badInput, saying: [CampaignPhrase.unknownVendor.filled(file, name, names)])
    }

    /// The files that `vendors.yaml` names for secrets, of whichever account.
    var secretFiles: [String] {
        guard let bytes = try? settingFile(.vendors)?.content.get() else { return [] }
        var paths: [String] = []
        _ = VendorAccounts.parse(
            bytes, file: "", environment: { ProcessInfo.processInfo.environment[$0] ?? VendorAccounts.unread },
            readSecretFile: { path in
                if !paths.contains(path) { paths.append(path) }
                return .success(Secret(VendorAccounts.unread))
            })
        return paths
    }

    private func accountNames() throws(Failure) -> [String] {
        // Accounts that the campaign does not use may lack their secrets here, so only their names are of interest.
        try vendorAccounts(only: nil, lookingUpSecrets: false).accounts.map(\.name)
    }

    private func vendorAccounts(
        only name: String?, lookingUpSecrets: Bool = true
    ) throws(Failure) -> VendorAccounts {
        guard let file = settingFile(.vendors) else { return VendorAccounts(accounts: []) }
        let bytes = try file.content.get()
        let environment = ProcessInfo.processInfo.environment
        let (accounts, diagnostics) = VendorAccounts.parse(
            bytes, file: file.path, only: name,
            environment: { environment[$0] ?? (lookingUpSecrets ? nil : VendorAccounts.unread) },
            readSecretFile: { lookingUpSecrets ? SecretFile.read($0) : .success(Secret(VendorAccounts.unread)) })
        guard let accounts else { throw Failure(.badConfiguration, diagnostics: diagnostics) }
        return accounts
    }
}

/// The accounts that place a campaign's calls.
struct CampaignAccounts {
    /// At least one, in the order of the campaign file.
    var all: [Account]

    /// The one that is named first.
    var first: Account { all[0] }

    /// Whether no telephone can ring.
    var isSimulated: Bool { all.allSatisfy(\.isSimulated) }

    /// The names of all but one.
    func namesBeside(_ index: Int) -> [String] {
        all.indices.filter { $0 != index }.map { all[$0].name }
    }

    /// Their names, for people.
    var names: String { all.map(\.name).joined(separator: ", ") }

    /// How often their lines may dial somebody: whichever account carries a call, those of all are kept.
    var limits: [AttemptCap] { all.flatMap(\.limits) }
}

/// Who places a campaign's calls.
enum Account {
    /// A simulator inside this program, by its name.
    case builtIn(String)
    /// An account of `vendors.yaml`.
    case configured(VendorAccount)

    /// The account's name in the campaign.
    var name: String {
        switch self {
        case .builtIn(let name): name
        case .configured(let account): account.name
        }
    }

    /// How often its lines may dial somebody.
    var limits: [AttemptCap] {
        switch self {
        case .builtIn: []
        case .configured(let account): account.limits
        }
    }

    /// How many calls it may carry.
    var capacity: AccountLimits {
        switch self {
        case .builtIn: AccountLimits()
        case .configured(let account): account.capacity
        }
    }

    /// What its calls cost; nil if nobody says.
    var price: CallPrice? {
        switch self {
        case .builtIn: nil
        case .configured(let account): account.price
        }
    }

    /// Whether it is a simulator inside this program.
    var isBuiltIn: Bool {
        switch self {
        case .builtIn: true
        case .configured: false
        }
    }

    /// Whether no telephone can ring.
    var isSimulated: Bool {
        switch self {
        case .builtIn: true
        case .configured(let account): account.simulated
        }
    }
}

/// A file that decides on a campaign's calls, as it was when the campaign was opened: what is parsed and what the audit log
/// names by its digest are the same bytes, whatever becomes of the file meanwhile.
struct SettingFile {
    /// What it decides on; the raw value is its word in the audit log.
    enum Part: String {
        case campaign = "campaign_file"
        case regions = "regions_file"
        case vendors = "vendors_file"
        case rules = "rules_file"

        /// Its name for people.
        fileprivate var kind: FileKindPhrase {
            switch self {
            case .campaign: .campaign
            case .regions: .regions
            case .vendors: .vendors
            case .rules: .rules
            }
        }
    }

    var part: Part
    var path: String
    /// What it held; commands that do not need it do not fail where it cannot be read.
    var content: Result<[UInt8], Failure>
}

extension SettingFile {
    fileprivate init(reading path: String, as part: Part) {
        self.init(
            part: part, path: path,
            content: Result { () throws(Failure) in try FileBytes.read(path, called: part.kind) })
    }
}

/// Small files, read whole.
enum FileBytes {
    /// The most that a campaign or vendor file may have: far more than any has.
    static let limit = 1 << 20

    static func read(_ path: String, called name: FileKindPhrase, limit: Int = limit) throws(Failure) -> [UInt8] {
        let kind = name.phrase
        guard let handle = FileHandle(forReadingAtPath: path) else {
            let exists = FileManager.default.fileExists(atPath: path)
            let phrase: CampaignPhrase = exists ? .unreadableFile : .noFile
            throw Failure(.noInput, saying: [phrase.filled(path, kind)])
        }
        defer { try? handle.close() }
        do {
            let bytes = try handle.read(upToCount: limit + 1) ?? Data()
            guard bytes.count <= limit else {
                throw Failure(.badInput, saying: [CampaignPhrase.largeFile.filled(path, kind, limit)])
            }
            return [UInt8](bytes)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.noInput, saying: [CampaignPhrase.folderForFile.filled(path, kind)])
        }
    }
}

/// A file with a credential in it, which only its owner may read.
enum SecretFile {
    /// The most that one may have, in bytes: the agents of a call centre with their passwords.
    private static let limit = 1 << 20

    static func read(_ path: String) -> Result<Secret, SecretFileError> {
        // Opened once, so that what is looked at is what is read; a pipe would keep the command waiting.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return .failure(SecretFileError(SecretPhrase.absent.phrase)) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        if let error = refusal(of: descriptor, at: path) { return .failure(error) }
        guard let bytes = try? file.read(upToCount: limit + 1) ?? Data(), bytes.count <= limit,
            let text = String(data: bytes, encoding: .utf8)
        else { return .failure(SecretFileError(SecretPhrase.notText.filled(limit))) }
        return .success(Secret(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// Why a file is not trusted; nil for one that only this user can have written and read.
    private static func refusal(of descriptor: Int32, at path: String) -> SecretFileError? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return SecretFileError(SecretPhrase.notOrdinary.phrase)
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            return SecretFileError(
                SecretPhrase.othersFile.phrase, hint: SecretPhrase.run.filled("chown $USER \(path.shellWord)"))
        }
        guard status.st_mode & 0o077 == 0 else {
            return SecretFileError(
                SecretPhrase.readByOthers.phrase, hint: SecretPhrase.run.filled("chmod 600 \(path.shellWord)"))
        }
        return nil
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        count > suffix.count && hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
