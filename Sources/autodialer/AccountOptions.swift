import ArgumentParser
import CallerID
import CampaignFile
import DialModel
import Foundation
import Ledger
import SQLiteLedger
import Wording

/// The vendor account whose numbers a command is about.
struct AccountOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The vendor account, as campaigns name it.", valueName: "name"))
    var account: String?

    @Option(
        help: ArgumentHelp("A campaign, for the account that it calls through.", valueName: "campaign"),
        completion: .directory)
    var campaign: String?

    func validate() throws {
        if (account == nil) == (campaign == nil) { throw ValidationError(.either, "--account", "--campaign") }
    }

    /// The account's name.
    func name() throws(Failure) -> String {
        if let account { return account }
        return try CampaignFolder.open(campaign ?? "").onlyAccountName()
    }
}

extension CallerIDLedger {
    /// The numbers of an account, which must have some.
    func existingCallerIDs(of account: String) async throws -> [OutboundNumber] {
        let numbers = try await callerIDs(of: account)
        guard numbers.isEmpty else { return numbers }
        throw Failure(
            .noInput,
            saying: [CallerIDsPhrase.noNumbers.filled(account), CallerIDsPhrase.importThem.filled(account)])
    }

    /// One of an account's numbers, also if it is not written as the vendor lists it.
    func existingCallerID(_ text: String, of account: String) async throws -> OutboundNumber {
        let numbers = try await existingCallerIDs(of: account)
        if let number = numbers.first(where: { $0.number == text }) { return number }
        let alike = numbers.filter { UdeskCaller.isShown($0.number, chosen: text) }
        if alike.count == 1 { return alike[0] }
        throw Failure(
            .badInput,
            saying: [CallerIDsPhrase.noSuchNumber.filled(account), CallerIDsPhrase.seeNumbers.filled(account)])
    }
}

/// A minute: `10:30`, today or else tomorrow, or `2026-01-02T10:30`; in the machine's time zone.
struct MinuteArgument: ExpressibleByArgument {
    private var day: DateComponents?
    private var time: TimeOfDayArgument

    init?(argument: String) {
        let parts = argument.split(separator: "T", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), let time = TimeOfDayArgument(argument: parts[parts.count - 1]) else {
            return nil
        }
        self.time = time
        guard parts.count == 2 else { return }
        let fields = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard fields.map(\.count) == [4, 2, 2], let year = Int(fields[0]), let month = Int(fields[1]),
            let day = Int(fields[2])
        else { return nil }
        let date = DateComponents(
            calendar: Calendar(identifier: .gregorian), year: year, month: month, day: day, hour: time.hour,
            minute: time.minute)
        guard date.isValidDate else { return nil }
        self.day = date
    }

    /// The instant that is meant at `now`.
    func instant(at now: Timestamp) -> Timestamp {
        if let date = day?.date { return Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1000)) }
        let today = time.today(at: now)
        return today < now ? time.today(at: now + .seconds(86_400)) : today
    }
}
