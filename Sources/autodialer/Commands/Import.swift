import ArgumentParser
import CampaignFile
import DialModel
import Foundation
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

/// Loads leads.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Loads lists of leads into a campaign; loading the same list again changes nothing.",
        discussion: """
            EXAMPLES
              autodialer import campaigns/demo                     the campaign's own list
              autodialer import campaigns/demo more.csv late.csv   further lists
              autodialer import campaigns/demo more.csv --dry-run  what would happen
              autodialer import campaigns/demo tel.txt --no-header --columns phone,name,
              autodialer import campaigns/demo crm.csv --columns "phone=Line 2,name=Who"

            CSV in UTF-8, UTF-16 or GB18030/GBK, as spreadsheets write it; the first line is the header. A row whose number \
            cannot be dialled, or is there already, goes to LIST.rejects.csv with its line and the reason; mended, that file \
            can be imported as it is. A list is loaded as a whole or not at all.

            An export of leads, written with --reveal, is a list too: in the campaign of the same name its leads come back \
            with their state, in any other they begin anew. The attempts themselves stay in the database that they were \
            made in, so that limits within a time do not know of them.
            """)

    @OptionGroup var target: CampaignArgument

    @Argument(
        help: ArgumentHelp("Lists to load (default: the campaign's own).", valueName: "file"), completion: .file())
    var files: [String] = []

    @OptionGroup var reading: ListOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var wording: LanguageOption

    @Flag(name: [.customShort("n"), .long], help: "Say what would be added and rejected, and write nothing.")
    var dryRun = false

    @Flag(help: "Write no LIST.rejects.csv.")
    var noRejects = false

    @Flag(help: "Exit with 65 if any row was rejected.")
    var strict = false

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let folder = try CampaignFolder.open(target.campaign)
            let importing = ListImport(
                folder: folder, settings: try reading.settings(over: folder.campaign.leads), isQuiet: quiet,
                writesRejects: !noRejects && !dryRun, language: wording.language)
            let lists = files.isEmpty ? [folder.listPath] : files
            let rejected = try await dryRun ? rehearse(lists, importing) : load(lists, importing)
            if strict, rejected > 0 { throw ExitCode(Failure.Code.badInput.rawValue) }
        }
    }

    /// Loads lists; the answer is how many rows were rejected.
    private func load(_ lists: [String], _ importing: ListImport) async throws -> Int {
        let ledger = try await database.openOrCreate()
        let now = SystemClock().now
        let campaign = try await ledger.openCampaign(named: importing.folder.campaign.name, at: now)
        var rejected = 0
        for list in lists {
            rejected += try await importing.importList(list, into: campaign, of: ledger, at: now).rejected
        }
        await ledger.close()
        return rejected
    }

    /// Tells what loading lists would do, each by itself; where there is no database yet, an empty one that is thrown away
    /// takes its place.
    private func rehearse(_ lists: [String], _ importing: ListImport) async throws -> Int {
        var scratch: URL?
        defer { if let scratch { try? FileManager.default.removeItem(at: scratch) } }
        let ledger: any LedgerStore
        if database.isOnServer || FileManager.default.fileExists(atPath: database.path) {
            ledger = try await database.openExisting()
        } else {
            let folder = FileManager.default.temporaryDirectory.appending(path: "autodialer-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            scratch = folder
            ledger = try await SQLiteLedger.open(
                at: folder.appending(path: "empty.sqlite").path, access: .readWriteCreate)
        }
        let campaign = try await ledger.campaign(named: importing.folder.campaign.name)
        var rejected = 0
        for list in lists {
            rejected += try await importing.rehearse(list, into: campaign, of: ledger, at: SystemClock().now).rejected
        }
        await ledger.close()
        return rejected
    }
}

/// How to read lists, where the campaign file does not say it or says otherwise.
struct ListOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Which columns hold what: phone=HEADER,name=HEADER; with --no-header the names of all columns in their order.",
            valueName: "columns"))
    var columns: String?

    @Flag(help: "The first line is no header.")
    var noHeader = false

    @Option(
        help: ArgumentHelp("How the text is encoded, instead of what the campaign says.", valueName: "name"))
    var encoding: EncodingArgument?

    @Option(
        help: ArgumentHelp("What stands between the cells, instead of what the campaign says.", valueName: "name"))
    var separator: SeparatorArgument?

    @Option(
        help: ArgumentHelp(
            "Where a number may stand only once, instead of what the campaign says, or else in the campaign.",
            valueName: "scope"))
    var dedupe: DuplicateScope?

    @Flag(help: "Take 1.38001380000E+10 for the number that it is; never one that has lost digits.")
    var acceptExponent = false

    func validate() throws {
        guard let columns else {
            guard !noHeader else { throw ValidationError(.noHeader) }
            return
        }
        guard !noHeader else { return }
        guard mapping(columns) != nil else {
            throw ValidationError(.columns)
        }
    }

    /// The campaign's settings with what was asked for here.
    func settings(over campaign: LeadListSettings) throws(Failure) -> LeadListSettings {
        var settings = campaign
        if let encoding { settings.encoding = encoding.value }
        if let separator { settings.separator = separator.value }
        if let dedupe { settings.duplicates = dedupe }
        if acceptExponent { settings.acceptsExponent = true }
        guard let columns else { return settings }
        settings.header = nil
        (settings.phoneColumn, settings.nameColumn) = (nil, nil)
        if noHeader {
            settings.header = columns.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        } else if let mapping = mapping(columns) {
            (settings.phoneColumn, settings.nameColumn) = (mapping["phone"], mapping["name"])
        }
        return settings
    }

    /// Header by role; nil if this is no mapping.
    private func mapping(_ text: String) -> [String: String]? {
        var mapping: [String: String] = [:]
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, ["phone", "name"].contains(sides[0]), mapping[String(sides[0])] == nil else {
                return nil
            }
            mapping[String(sides[0])] = String(sides[1])
        }
        return mapping.isEmpty ? nil : mapping
    }
}

extension DuplicateScope: ExpressibleByArgument {}

/// An encoding by its name in campaign files, or `auto`.
struct EncodingArgument: ExpressibleByArgument {
    var value: TextEncoding?

    init?(argument: String) {
        value = TextEncoding(rawValue: argument)
        guard value != nil || argument == "auto" else { return nil }
    }

    static let allValueStrings = ["auto"] + TextEncoding.allCases.map(\.rawValue)
}

/// A separator by its name in campaign files, or `auto`.
struct SeparatorArgument: ExpressibleByArgument {
    var value: CSVSeparator?

    init?(argument: String) {
        value = CSVSeparator(rawValue: argument)
        guard value != nil || argument == "auto" else { return nil }
    }

    static let allValueStrings = ["auto"] + CSVSeparator.allCases.map(\.rawValue)
}
