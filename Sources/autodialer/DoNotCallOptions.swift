import ArgumentParser
import CampaignFile
import DialModel
import Foundation
import Ledger
import Regions
import SQLiteLedger
import StoredLedger
import Wording

/// Which do-not-call list a command is about, and whose.
struct DoNotCallTarget: ParsableArguments {
    @Option(help: ArgumentHelp("The list, as campaigns name it.", valueName: "name"))
    var list = DoNotCallListName.house

    @Option(
        help: ArgumentHelp("The list of this campaign alone, instead of that of all.", valueName: "campaign"),
        completion: .directory)
    var campaign: String?

    func validate() throws {
        if list.isEmpty { throw ValidationError(.namelessList) }
    }

    /// The list, to be made if it is not there; its campaign is made known to the database.
    func madeName(in ledger: any LedgerStore, at now: Timestamp) async throws -> DoNotCallListName {
        guard list != DoNotCallListName.erased else {
            throw Failure(.usage, saying: [DoNotCallPhrase.erased.phrase])
        }
        guard let campaign else { return DoNotCallListName(list) }
        let name = try CampaignFolder.open(campaign).campaign.name
        return DoNotCallListName(list, scope: .campaign(try await ledger.openCampaign(named: name, at: now)))
    }

    /// The list, if its campaign is known.
    func existingName(in ledger: any LedgerStore) async throws -> DoNotCallListName {
        guard let campaign else { return DoNotCallListName(list) }
        let id = try await ledger.existingCampaign(named: CampaignFolder.open(campaign).campaign.name)
        return DoNotCallListName(list, scope: .campaign(id))
    }
}

/// The country of numbers that are written as they are dialled at home.
struct CountryOption: ParsableArguments {
    @Option(help: ArgumentHelp("The country of numbers without a country code, such as CN.", valueName: "code"))
    var country: String?

    func validate() throws {
        if let country, !NumberReader.isKnown(country: country) {
            throw ValidationError(.noCountry, country)
        }
    }

    /// Reads what operators write, by the given country or else that of the campaign.
    func reader(of campaign: String?) throws(Failure) -> DoNotCallReader {
        guard country == nil, let campaign else { return DoNotCallReader(country: country) }
        return DoNotCallReader(country: try CampaignFolder.open(campaign).campaign.leads.country)
    }
}

extension DoNotCallReader {
    /// Reads what an operator typed, or throws what is wrong with it; no number is left out.
    func patterns(_ texts: [String]) throws(Failure) -> [DoNotCallPattern] {
        var patterns: [DoNotCallPattern] = []
        var lines: [Phrase] = []
        for text in texts {
            switch read(text) {
            case .entry(let pattern): patterns.append(pattern)
            case .rejected(let rejection):
                lines.append(
                    ErrorPhrase.about.filled(Masking.text(text, reveal: false), rejection.reason))
            }
        }
        guard lines.isEmpty else { throw Failure(.badInput, saying: lines) }
        return patterns
    }
}

/// A day, `2026-12-31`, or a minute of one, `2026-12-31T18:00`; in the machine's time zone.
struct DayArgument: ExpressibleByArgument {
    /// When it begins.
    let start: Timestamp
    /// When it is over: the next midnight for a day, the minute itself for a minute.
    let end: Timestamp

    init?(argument: String) {
        let parts = argument.split(separator: "T", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), let day = CivilDay(iso8601: parts[0]) else { return nil }
        if parts.count == 2 {
            guard let minute = MinuteArgument(argument: argument) else { return nil }
            start = minute.instant(at: Timestamp(milliseconds: 0))
            end = start
        } else {
            guard let first = Self.midnight(day), let last = Self.midnight(day.advanced(by: 1)) else { return nil }
            (start, end) = (first, last)
        }
    }

    private static func midnight(_ day: CivilDay) -> Timestamp? {
        let (year, month, day) = day.date
        let date = Calendar(identifier: .gregorian).date(from: DateComponents(year: year, month: month, day: day))
        return date.map { Timestamp(milliseconds: Int64($0.timeIntervalSince1970 * 1000)) }
    }
}

/// When an entry ends: a day, with which it ends, or so long from now, `90d`.
struct ExpiryArgument: ExpressibleByArgument {
    private let day: DayArgument?
    private let span: Duration?

    init?(argument: String) {
        day = DayArgument(argument: argument)
        span = DurationArgument(argument: argument)?.duration
        guard day != nil || span != nil else { return nil }
    }

    /// The first instant at which the entry no longer counts.
    func instant(at now: Timestamp) -> Timestamp {
        day?.end ?? now + (span ?? .zero)
    }
}
