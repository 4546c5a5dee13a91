import CampaignFile
import DialModel
import Foundation
import Glibc
import Monitoring
import Regions
import Wording

/// Makes a first campaign of what was said on the command line, and of answers where somebody can be asked.
struct CampaignMaker {
    let wishes: Init
    let language: Language

    private var interview: Interview { Interview(language: language) }
    private var isAsking: Bool { !wishes.yes && Interview.isPossible }

    /// Writes the campaign, and says what can be done with it.
    func make() throws(Failure) {
        if !isAsking { try expectOptions() }
        if isAsking { interview.say(.greeting) }
        let folder = try folder()
        let file = folder + "/campaign.yaml"
        guard access(file, F_OK) != 0 else {
            throw Failure(
                .cannotCreate, saying: [InitPhrase.exists.filled(file), InitPhrase.nameAnother.phrase])
        }
        let (campaign, account) = try answers(for: folder)
        if var fault = campaign.fault {
            (fault.file, fault.line) = (file, nil)
            throw Failure(.badInput, diagnostics: [fault])
        }
        let text = campaign.text(in: language)
        try Self.check(text, with: account, file: file)
        if isAsking {
            let answer = try interview.choose(.askWrite, file, among: ["y", "n"], usual: "y")
            guard answer == "y" else {
                throw Failure(.usage, saying: [FirstCampaignPhrase.nothingWritten.phrase])
            }
        }
        try write(text, to: file, in: folder)
        interview.say(.written, file)
        tellNext(folder, campaign)
        if VendorAccounts.isSimulator(campaign.vendor) { interview.say(.beforeCalls, file) }
    }

    /// Says which options are missing where nobody is asked.
    private func expectOptions() throws(Failure) {
        let needed = [("FOLDER", wishes.folder), ("--list FILE", wishes.list), ("--country CODE", wishes.country)]
        let further = [("--vendor NAME", wishes.vendor), ("--mode MODE", wishes.mode), ("--group NAME", wishes.group)]
        let missing = (needed + (wishes.yes ? [] : further)).filter { $0.1 == nil }.map(\.0)
        guard !missing.isEmpty else { return }
        throw Failure(
            .usage,
            saying: [
                InitPhrase.missing.filled(missing.joined(separator: ", ")),
                (wishes.yes ? InitPhrase.giveIt : .giveOrYes).phrase,
            ])
    }

    private func folder() throws(Failure) -> String {
        if let folder = wishes.folder { return folder.hasSuffix("/") ? String(folder.dropLast()) : folder }
        let name = try interview.ask(.askName, usual: "first") { name in
            name.contains("/") || name.hasPrefix(".") ? name : nil
        }
        var isFolder: ObjCBool = false
        let hasHome = FileManager.default.fileExists(atPath: "campaigns", isDirectory: &isFolder) && isFolder.boolValue
        return hasHome ? "campaigns/\(name)" : name
    }

    private func answers(for folder: String) throws(Failure) -> (FirstCampaign, Account) {
        let country = try country()
        let (list, column) = try list(country)
        let account = try account(beside: folder)
        let name = folder.fileName
        var campaign = FirstCampaign(
            name: name, list: Self.path(of: list, from: folder), country: country, vendor: account.name)
        campaign.phoneColumn = column
        let modes = Self.modes(of: campaign, with: account)
        let usual = modes.contains(campaign.mode) ? campaign.mode : modes.first ?? campaign.mode
        campaign.mode = try choice(wishes.mode, .askMode, among: modes, usual: usual)
        campaign.group = wishes.group ?? campaign.group
        if isAsking, wishes.group == nil { campaign.group = try interview.ask(.askGroup, usual: campaign.group) }
        campaign.callerID = wishes.callerID
        if isAsking, campaign.callerID == nil {
            _ = try interview.ask(.askCallerID, usual: "") { number in
                campaign.callerID = number.isEmpty ? nil : number
                return campaign.fault.map { language.say($0.words) }
            }
        }
        campaign.rules = wishes.rules ?? campaign.rules
        if isAsking, wishes.rules == nil {
            let names = RuleProfiles.names
            campaign.rules = try interview.choose(
                .askRules, names.joined(separator: ", "), among: names, usual: campaign.rules)
        }
        campaign.weekdays = wishes.weekdays
        if isAsking, campaign.weekdays == nil, campaign.rules != "none" {
            campaign.weekdays = try interview.ask(.askWeekdays, usual: campaign.usualWeekdays) { hours in
                campaign.weekdays = hours
                return campaign.fault.map { language.say($0.words) }
            }
        }
        return (campaign, account)
    }

    /// Refuses what `check` would refuse.
    private static func check(_ text: String, with account: Account, file: String) throws(Failure) {
        let (campaign, diagnostics) = Campaign.parse(Array(text.utf8), file: file)
        guard let campaign else { throw Failure(.badInput, diagnostics: diagnostics) }
        _ = try Abilities.check(campaign, against: account.abilities(for: campaign), file: file)
    }

    /// The modes that a first campaign can have with an account.
    private static func modes(of campaign: FirstCampaign, with account: Account) -> [String] {
        FirstCampaign.modes.filter { mode in
            var campaign = campaign
            campaign.mode = mode
            return (try? check(campaign.text(in: .english), with: account, file: "")) != nil
        }
    }

    private func choice(
        _ given: String?, _ question: FirstCampaignPhrase, among words: [String], usual: String
    ) throws(Failure) -> String {
        if let given { return given }
        return isAsking ? try interview.choose(question, among: words, usual: usual) : usual
    }

    private func country() throws(Failure) -> String {
        if let country = wishes.country?.uppercased() {
            guard NumberReader.isKnown(country: country) else {
                throw Failure(.usage, saying: [InitPhrase.noCountry.filled(country)])
            }
            return country
        }
        let usual = language == .chinese ? "CN" : nil
        return try interview.ask(.askCountry, usual: usual) { code in
            NumberReader.isKnown(country: code.uppercased()) ? nil : code
        }.uppercased()
    }

    /// The list, and the header of its column of numbers where that is not recognised.
    private func list(_ country: String) throws(Failure) -> (path: String, column: String?) {
        if let list = wishes.list {
            let preview = try preview(list, column: wishes.phoneColumn, country)
            preview.show(list, by: interview)
            return (list, wishes.phoneColumn)
        }
        let list = try interview.ask(.askList, usual: "leads.csv") { access($0, R_OK) == 0 ? nil : $0 }
        var column = wishes.phoneColumn
        if case .failure(let failure) = Result(catching: { () throws(Failure) in
            try preview(list, column: column, country)
        }) {
            Console.error(failure.lines, in: language)
            column = try interview.ask(.askColumn, usual: nil)
        }
        try preview(list, column: column, country).show(list, by: interview)
        return (list, column)
    }

    private func preview(_ list: String, column: String?, _ country: String) throws(Failure) -> ListPreview {
        try ListPreview(list, settings: LeadListSettings(file: list, phoneColumn: column, country: country))
    }

    /// The account, built in or from the `vendors.yaml` that the campaign will find.
    private func account(beside folder: String) throws(Failure) -> Account {
        let places = [Self.absolute(folder), Self.absolute(folder + "/..")].map { $0 + "/vendors.yaml" }
        let file = places.first { FileManager.default.fileExists(atPath: $0) }
        let bytes = try file.map { file throws(Failure) in try FileBytes.read(file, called: .vendors) } ?? []
        let (known, _) = VendorAccounts.parse(
            bytes, file: "", environment: { _ in "-" }, readSecretFile: { _ in .success(Secret("-")) })
        let name = try vendor(among: VendorAccounts.builtIn + (known?.accounts.map(\.name) ?? []))
        if VendorAccounts.builtIn.contains(name) { return .builtIn(name) }
        // What an account can do may depend on who signs in, whom a file of secrets names.
        let environment = ProcessInfo.processInfo.environment
        let (accounts, diagnostics) = VendorAccounts.parse(
            bytes, file: file ?? "", only: name, environment: { environment[$0] }, readSecretFile: SecretFile.read)
        guard let account = accounts?[name] else { throw Failure(.badConfiguration, diagnostics: diagnostics) }
        return .configured(account)
    }

    private func vendor(among names: [String]) throws(Failure) -> String {
        if let vendor = wishes.vendor {
            guard names.contains(vendor) else {
                throw Failure(
                    .usage,
                    saying: [
                        InitPhrase.noVendor.filled(vendor, names.joined(separator: ", ")), InitPhrase.describeIt.phrase,
                    ])
            }
            return vendor
        }
        let usual = "simulator.alibaba"
        guard isAsking else { return usual }
        return try interview.choose(.askVendor, names.joined(separator: ", "), among: names, usual: usual)
    }

    /// The list as the campaign file names it: within its folder by name, elsewhere in full.
    private static func path(of list: String, from folder: String) -> String {
        let (list, folder) = (absolute(list), absolute(folder))
        return list.hasPrefix(folder + "/") ? String(list.dropFirst(folder.count + 1)) : list
    }

    private static func absolute(_ path: String) -> String {
        let path = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        return URL(filePath: path).standardizedFileURL.path
    }

    private func write(_ text: String, to file: String, in folder: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(.cannotCreate, saying: [InitPhrase.noFolder.filled(folder)])
        }
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Failure(
                .cannotCreate, saying: [InitPhrase.cannotWrite.filled(file, SystemPhrase.saying(errno))])
        }
        defer { close(descriptor) }
        guard Console.write(Array(text.utf8), to: descriptor) == 0 else {
            unlink(file)
            throw Failure(.inputOutput, saying: [InitPhrase.writingFailed.filled(file)])
        }
    }

    private func tellNext(_ folder: String, _ campaign: FirstCampaign) {
        interview.say(.next)
        let rehearsal = VendorAccounts.isSimulator(campaign.vendor) ? " --speed 60 --max-duration 8h" : " --until 18:00"
        let database = wishes.database.database.map { " --database " + $0.shellWord } ?? ""
        let folder = folder.shellWord
        let commands = [
            "check \(folder)", "import \(folder)\(database)", "forecast \(folder)\(database)",
            "run \(folder)\(database)\(rehearsal)", "report \(folder)\(database) -o report.html",
        ]
        for command in commands {
            Console.message("  autodialer \(command)")
        }
    }
}
