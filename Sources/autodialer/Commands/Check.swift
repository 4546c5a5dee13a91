import ArgumentParser
import CampaignFile
import DialModel
import Foundation
import Wording

/// Lints a campaign without dialling, offline.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks a campaign file, its vendor account and its list; places no call and writes nothing.",
        discussion: """
            EXAMPLE
              autodialer check campaigns/demo

            Exit code 0 if the campaign can be run, 65 with every finding if campaign or list are wrong, 66 if a file is \
            missing, 78 if vendors.yaml is wrong. Rows that would be rejected are counted and shown, and are no error.
            """)

    @OptionGroup var target: CampaignArgument
    @OptionGroup var wording: LanguageOption

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let folder = try CampaignFolder.open(target.campaign)
            Console.error(folder.warnings.map(\.rendered), in: wording.language)
            let accounts = try folder.accounts()
            try folder.checkPrices(of: accounts)
            for account in accounts.all { try check(folder, with: account) }
            let refusals = try folder.refusals(for: accounts)
            Console.error(refusals.map { CampaignPhrase.realRunRefused.filled($0) }, in: wording.language)
            if let notice = try folder.listNotice(for: accounts) { Console.error([notice], in: wording.language) }
            let file = try ListFile.survey(folder.listPath, settings: folder.campaign.leads)
            try review(file, settings: folder.campaign.leads, campaign: folder.campaign.name)
            Console.out(wording.language.say(ImportPhrase.ready, folder.campaign.name, accounts.names))
        }
    }

    /// Asks what an account can do for the campaign.
    private func check(_ folder: CampaignFolder, with account: Account) throws(Failure) {
        let several = folder.campaign.routing.accounts.count > 1 ? account.name : nil
        let findings = try Abilities.check(
            folder.campaign, against: account.abilities(for: folder.campaign), file: folder.file, account: several)
        Console.error(findings.map(\.rendered), in: wording.language)
    }

    private func review(_ file: ListFile, settings: LeadListSettings, campaign: String) throws {
        let reader = file.reader(settings, campaign: campaign)
        let handle = try ListFile.open(file.path)
        defer { try? handle.close() }
        var review = ListReview(file: file.path, language: wording.language)
        do {
            while let chunk = try ListFile.nextChunk(of: handle, path: file.path) {
                review.add(try reader.push(chunk))
            }
            review.add(try reader.finish())
        } catch let defect as ListDefect {
            throw Failure(.badInput, diagnostics: [defect.diagnostic])
        }
        if let warning = reader.warning { Console.error([warning.rendered], in: wording.language) }
        Console.error(review.lines)
        Console.out(
            wording.language.say(
                ImportPhrase.checked, file.path, file.encoding.rawValue, review.leads, review.duplicates,
                reader.counts.rejects))
    }
}

/// What a list's rows come to.
private struct ListReview {
    /// How many rejected rows are shown one by one.
    static let shownLimit = 20

    let file: String
    private let language: Language
    private(set) var leads = 0
    private(set) var duplicates = 0
    private(set) var lines: [String] = []
    private var rejects = 0
    private var seen: Set<PhoneNumber> = []

    init(file: String, language: Language) {
        self.file = file
        self.language = language
    }

    mutating func add(_ rows: [ListedRow]) {
        for row in rows {
            switch row {
            case .lead(let lead):
                if seen.insert(lead.number).inserted { leads += 1 } else { duplicates += 1 }
            case .reject(let reject):
                rejects += 1
                if rejects <= Self.shownLimit {
                    let finding = Diagnostic(.warning, reject.reason, file: file, line: reject.line)
                    lines.append(language.say(finding.rendered))
                } else if rejects == Self.shownLimit + 1 {
                    lines.append(language.say(ImportPhrase.more, file))
                }
            }
        }
    }
}
