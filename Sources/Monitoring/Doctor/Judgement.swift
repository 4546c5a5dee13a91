package import DialModel

/// What figures of a machine, its files and its data are worth.
///
/// Each takes what was measured and answers with a finding, so that what alarms whom can be tested without a broken machine.
package enum Judgement {
    private static let mebibyte: UInt64 = 1 << 20
    /// Releases of time-zone data that are older than this have missed changes somewhere.
    private static let oldestZones = Duration.seconds(730 * 86_400)
    /// Beyond this the times of calls mislead (`vendors/alibaba-udesk.md`, A1).
    package static let tolerableSkew = Duration.seconds(60)

    // MARK: - Machine

    /// Room on the disk of a file.
    package static func disk(free: UInt64?, at path: String) -> Finding {
        guard let free else { return .warning(.machine, Words(.diskUnknown, path), fix: Words(.diskFix)) }
        let words = Words(DoctorPhrase.diskFree, ByteCount.text(free), path)
        switch CheckThresholds().disk.state(of: Double(free)) {
        case .critical: return .problem(.machine, words, fix: Words(.diskFix))
        case .warning: return .warning(.machine, words, fix: Words(.diskFix))
        case .ok, .unknown: return .ok(.machine, words)
        }
    }

    /// How many files the process may have open: each call in progress may need one.
    package static func openFiles(limit: UInt64) -> Finding {
        let words = Words(DoctorPhrase.openFiles, "\(limit)")
        if limit < 64 { return .problem(.machine, words, fix: Words(.openFilesFix)) }
        return limit < 1_024 ? .warning(.machine, words, fix: Words(.openFilesFix)) : .ok(.machine, words)
    }

    /// Memory that programs could have.
    package static func memory(available: UInt64) -> Finding {
        let words = Words(DoctorPhrase.memoryFree, ByteCount.text(available))
        if available < 64 * mebibyte { return .problem(.machine, words, fix: Words(.memoryFix)) }
        return available < 256 * mebibyte ? .warning(.machine, words, fix: Words(.memoryFix)) : .ok(.machine, words)
    }

    /// The locale that the environment asks for.
    package static func locale(_ name: String) -> Finding {
        let upper = name.uppercased()
        let isUTF8 = upper.contains("UTF-8") || upper.contains("UTF8")
        let words = Words(DoctorPhrase.locale, name.isEmpty ? "C" : name)
        return isUTF8 ? .ok(.machine, words) : .warning(.machine, words, fix: Words(.localeFix))
    }

    // MARK: - Clock

    /// The machine's time zone; nil where none is set.
    package static func timeZone(_ name: String?) -> Finding {
        guard let name else { return .warning(.clock, Words(.timeZone, "UTC"), fix: Words(.timeZoneFix)) }
        return .ok(.clock, Words(.timeZone, name))
    }

    /// Whether the kernel says that something keeps its clock; nil where it does not say.
    package static func synchronisation(_ isKept: Bool?) -> Finding {
        switch isKept {
        case true?: .ok(.clock, Words(.synchronised))
        case false?: .warning(.clock, Words(.unsynchronised), fix: Words(.clockFix))
        case nil: .ok(.clock, Words(.synchronisedUnknown))
        }
    }

    /// How far an account's clock is ahead; nil where the vendor does not say.
    package static func skew(_ skew: Duration?, of account: String) -> Finding {
        guard let skew else { return .ok(.clock, Words(.vendorClockUnknown, account)) }
        let words = Words(DoctorPhrase.vendorClock, account, "\(Int64(skew.seconds.rounded()))")
        return isTolerable(skew) ? .ok(.clock, words) : .problem(.clock, words, fix: Words(.clockFix))
    }

    /// Whether a vendor's clock is near enough.
    package static func isTolerable(_ skew: Duration) -> Bool {
        skew >= .zero - tolerableSkew && skew <= tolerableSkew
    }

    // MARK: - Files

    /// The mode of a file that only its owner may use.
    package static func mode(_ mode: UInt32, of path: String, isFolder: Bool = false) -> Finding {
        let shown = octal(mode & 0o7777)
        // Others may know that a folder is there, and look for what they know the name of; they may not write to it.
        let isOpen = mode & (isFolder ? 0o022 : 0o077) != 0
        guard isOpen else { return .ok(.files, Words(.fileMode, path, shown)) }
        // A folder of everybody's, as /tmp, has to stay as it is.
        if isFolder, mode & 0o1000 != 0 {
            return .problem(.files, Words(.folderShared, path, shown), fix: Words(.folderSharedFix))
        }
        return .problem(
            .files, Words(.fileModeWide, path, shown),
            fix: Words(.fileModeFix, path.shellWord, isFolder ? "go-w" : "600"))
    }

    /// Whose a file is.
    package static func owner(_ owner: String, of path: String, me: String) -> Finding? {
        guard owner != me else { return nil }
        return .problem(
            .files, Words(.fileOwner, path, owner, me), fix: Words(.fileOwnerFix, path.shellWord, owner, me))
    }

    private static func octal(_ mode: UInt32) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    // MARK: - Database

    /// How the database keeps its log, which has to be one that readers do not stop.
    package static func journal(mode: String) -> Finding {
        let words = Words(DoctorPhrase.journalMode, mode, "FULL")
        return mode == "wal" ? .ok(.database, words) : .problem(.database, words, fix: Words(.journalModeFix))
    }

    /// How large the log has grown; runs keep it below 64 MiB unless somebody reads for very long.
    package static func log(bytes: UInt64) -> Finding {
        let text = ByteCount.text(bytes)
        guard bytes > 256 * mebibyte else { return .ok(.database, Words(.logSize, text)) }
        return .warning(.database, Words(.logLarge, text), fix: Words(.logLargeFix))
    }

    // MARK: - Lists

    /// How old a do-not-call list is that a campaign asks; nil where it is missing or nobody said.
    ///
    /// A rehearsal rings nobody, and runs without it.
    package static func age(
        _ age: Duration?, of list: String, maximum: Duration?, campaign: String, isRehearsal: Bool = false
    ) -> Finding {
        let severity = isRehearsal ? Finding.Severity.warning : .problem
        guard let age else {
            guard maximum != nil else { return .ok(.lists, Words(.dncAge, campaign, list, "?")) }
            return Finding(
                area: .lists, severity: severity, what: Words(.dncMissing, campaign, list),
                fix: Words(.dncFix, list.shellWord))
        }
        let shown = CampaignCheck.length(age.seconds)
        guard let maximum else { return .ok(.lists, Words(.dncAge, campaign, list, shown)) }
        let words = Words(DoctorPhrase.dncOld, campaign, list, shown, CampaignCheck.length(maximum.seconds))
        if age > maximum {
            return Finding(area: .lists, severity: severity, what: words, fix: Words(.dncFix, list.shellWord))
        }
        return age.seconds > maximum.seconds * 0.8
            ? .warning(.lists, words, fix: Words(.dncFix, list.shellWord)) : .ok(.lists, words)
    }

    // MARK: - Zones

    /// The release of the system's time zones, `2025b`, from the first line of `tzdata.zi`; nil where there are none.
    package static func systemZones(firstLine: String?, at path: String, on day: CivilDay) -> Finding {
        guard let firstLine, let release = firstLine.split(separator: " ").last.map(String.init),
            firstLine.hasPrefix("# version "), let year = Int(release.prefix(4))
        else { return .problem(.zones, Words(.systemZonesMissing, path), fix: Words(.systemZonesFix)) }
        // Releases are named by their year; one is taken to be of its middle.
        let released = CivilDay(year: year, month: 7, day: 1)
        return isOld(released, on: day)
            ? .warning(.zones, Words(.systemZonesOld, release), fix: Words(.systemZonesFix))
            : .ok(.zones, Words(.systemZones, release))
    }

    /// The day of which the table of telephone numbers' zones is.
    package static func phoneZones(of made: String, on day: CivilDay) -> Finding {
        isOld(CivilDay(iso8601: made), on: day)
            ? .warning(.zones, Words(.phoneZonesOld, made), fix: Words(.phoneZonesFix))
            : .ok(.zones, Words(.phoneZones, made))
    }

    private static func isOld(_ made: CivilDay?, on day: CivilDay) -> Bool {
        guard let made else { return true }
        return Duration.seconds((day.number - made.number) * 86_400) > oldestZones
    }
}
