package import DialModel
package import Wording

/// From where on a monitor is alarmed.
package struct CheckThresholds: Hashable, Sendable {
    /// How long nothing may go on although something could, in seconds.
    package var stalled = Threshold(warning: 300, critical: 900)
    /// Which share of the latest attempts may fail for reasons of the vendor or the network.
    package var errors = Threshold(warning: 0.2, critical: 0.5)
    /// Which share of what may be abandoned may be.
    package var abandonment = Threshold(warning: 0.8, critical: 1)
    /// Which share of its greatest age a do-not-call list may have.
    package var listAge = Threshold(warning: 0.8, critical: 1)
    /// How many bytes have to be free.
    package var disk = Threshold(warning: 2_147_483_648, critical: 536_870_912, isLower: true)

    /// What suits most.
    package init() {}

    /// What abandoned calls are worth beside their limit, above nought; too few answered ones say nothing.
    package func state(of count: AbandonmentCount, limit: Double) -> CheckState {
        count.live < CampaignCheck.fewestAnswers ? .ok : abandonment.state(of: count.rate / limit)
    }
}

/// What a campaign's state comes to for a monitor: a state, a line and its performance data, as monitoring plugins give them
/// (https://www.monitoring-plugins.org/doc/guidelines.html).
package struct CampaignCheck: Hashable, Sendable {
    /// Below so many attempts a share of failures says nothing.
    static let fewestAttempts = 20
    /// Below so many answered calls a share of abandoned ones says nothing.
    static let fewestAnswers = 100

    /// One thing that was looked at.
    private struct Reading: Hashable, Sendable {
        var state: CheckState
        var words: Words<CheckPhrase>
        var figure: String
    }

    /// What it comes to.
    package let state: CheckState
    private let facts: CheckFacts
    private let readings: [Reading]

    /// Judges what is known of a campaign.
    package init(_ facts: CheckFacts, by thresholds: CheckThresholds = CheckThresholds(), at now: Timestamp) {
        self.facts = facts
        var readings = [
            facts.isRunSilent ? Reading(state: .critical, words: Words(.silent), figure: "") : nil,
            Self.stalled(facts, thresholds.stalled, at: now), Self.errors(facts, thresholds.errors),
            Self.abandonment(facts, thresholds),
        ]
        readings += facts.lists.map { list in
            var reading = Self.age(of: list, thresholds.listAge)
            if facts.isRehearsal, reading.state == .critical { reading.state = .warning }
            return reading
        }
        readings += [
            Self.disk(facts, thresholds.disk),
            facts.auditFault.map { Reading(state: .critical, words: Words(.audit, saying: [$0]), figure: "") },
            facts.run?.isVendorDown == true
                ? Reading(state: .warning, words: Words(.vendorDown), figure: "") : nil,
        ]
        self.readings = readings.compactMap(\.self)
        state = self.readings.reduce(.ok) { $0.worse($1.state) }
    }

    /// The line, the performance data behind its bar.
    package func line(in language: Language) -> String {
        let alarms = CheckState.allCases.reversed().filter { $0 != .ok }.flatMap { state in
            readings.filter { $0.state == state }.map { $0.words.text(in: language) }
        }
        let parts = alarms + [figures.text(in: language)] + doings.map { $0.text(in: language) }
        let name = Self.plain(facts.campaign)
        let words = parts.map(Self.plain).joined(separator: language == .chinese ? "；" : "; ")
        let figures =
            ([
                "leads=\(facts.leads);;;0", "due=\(facts.due);;;0", "open=\(facts.openAttempts);;;0",
            ] + readings.map(\.figure).filter { !$0.isEmpty }).joined(separator: " ")
        return "AUTODIALER \(state.word) - \(name)\(language == .chinese ? "：" : ": ")\(words) | \(figures)"
    }

    /// The line for what could not be looked at.
    package static func unknown(_ campaign: String, because reason: String, in language: Language) -> String {
        "AUTODIALER \(CheckState.unknown.word) - \(plain(campaign))\(language == .chinese ? "：" : ": ")"
            + language.say(CheckPhrase.unreadable, plain(reason))
    }

    private var figures: Words<CheckPhrase> {
        Words(.figures, "\(facts.leads)", "\(facts.due)", "\(facts.finished)", "\(facts.openAttempts)")
    }

    /// What is going on.
    private var doings: [Words<CheckPhrase>] {
        guard let run = facts.run else {
            if facts.isRunSilent { return [] }
            return [Words(.noRun)] + (facts.lastEnding.map { [Words(.lastEnding, saying: [$0])] } ?? [])
        }
        return [Words(.runs, "\(run.signedIn)")] + (run.hold.map { [$0.words] } ?? [])
    }

    /// Text in which nothing ends the line or begins the performance data.
    private static func plain(_ text: String) -> String {
        text.replacingScalars { $0 == "|" || Character($0).isNewline ? " " : nil }
    }
}

// MARK: - Readings

extension CampaignCheck {
    private static func stalled(_ facts: CheckFacts, _ threshold: Threshold, at now: Timestamp) -> Reading {
        let seconds = (facts.stalled(at: now).seconds).rounded(.down)
        return Reading(
            state: threshold.state(of: seconds), words: Words(.stalled, length(seconds)),
            figure: "stalled=\(whole(seconds))s;\(whole(threshold.warning));\(whole(threshold.critical));0")
    }

    private static func errors(_ facts: CheckFacts, _ threshold: Threshold) -> Reading? {
        guard facts.judged > 0 else { return nil }
        let share = Double(facts.failed) / Double(facts.judged)
        return Reading(
            state: facts.judged < fewestAttempts ? .ok : threshold.state(of: share),
            words: Words(.errors, percent(share), "\(facts.judged)"),
            figure: "errors=\(percent(share))%;\(percent(threshold.warning));\(percent(threshold.critical));0;100")
    }

    private static func abandonment(_ facts: CheckFacts, _ thresholds: CheckThresholds) -> Reading? {
        guard let limit = facts.abandonmentLimit, limit > 0 else { return nil }
        let (count, threshold) = (facts.abandonment, thresholds.abandonment)
        return Reading(
            state: thresholds.state(of: count, limit: limit),
            words: Words(.abandonment, percent(count.rate), "\(count.live)", percent(limit)),
            figure: "abandonment=\(percent(count.rate))%;\(percent(limit * threshold.warning));"
                + "\(percent(limit * threshold.critical));0;100")
    }

    private static func age(of list: CheckFacts.ListAge, _ threshold: Threshold) -> Reading {
        let label = String(list.list.map { $0.isLetter || $0.isNumber ? $0 : "_" })
        guard let age = list.age else {
            return Reading(state: .critical, words: Words(.listMissing, list.list), figure: "")
        }
        let maximum = list.maximum.seconds
        return Reading(
            state: threshold.state(of: age.seconds / maximum),
            words: Words(.listOld, list.list, length(age.seconds), length(maximum)),
            figure: "age_\(label)=\(whole(age.seconds))s;\(whole(maximum * threshold.warning));"
                + "\(whole(maximum * threshold.critical));0")
    }

    private static func disk(_ facts: CheckFacts, _ threshold: Threshold) -> Reading? {
        guard let free = facts.freeBytes else { return nil }
        return Reading(
            state: threshold.state(of: Double(free)), words: Words(.disk, ByteCount.text(free)),
            figure: "disk_free=\(free)B;\(whole(threshold.warning)):;\(whole(threshold.critical)):;0")
    }

    private static func whole(_ value: Double) -> String { String(Int64(value.rounded())) }

    /// A share as a percentage.
    private static func percent(_ share: Double) -> String { share.percentage(places: 2) }

    /// Seconds for a person.
    static func length(_ seconds: Double) -> String {
        let whole = Int64(max(0, seconds))
        switch whole {
        case ..<120: return "\(whole)s"
        case ..<7_200: return "\(whole / 60)m"
        case ..<172_800: return "\(whole / 3_600)h"
        default: return "\(whole / 86_400)d"
        }
    }
}

/// Amounts of memory and disk, for people.
package enum ByteCount {
    /// In binary units, as `df -h` has them: `1.5 GiB`.
    package static func text(_ bytes: UInt64) -> String {
        var value = Double(bytes)
        for unit in ["B", "KiB", "MiB", "GiB"] {
            guard value >= 1_024 else { return unit == "B" ? "\(bytes) B" : "\((value * 10).rounded() / 10) \(unit)" }
            value /= 1_024
        }
        return "\((value * 10).rounded() / 10) TiB"
    }
}
