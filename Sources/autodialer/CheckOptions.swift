import ArgumentParser
import Monitoring
import Wording

/// From where on `status --check` alarms somebody.
struct CheckOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long nothing may go on although calls could be placed.", valueName: "warn:crit"))
    var stalled = "5m:15m"

    @Option(help: ArgumentHelp("How many of the last attempts may fail at vendor or network.", valueName: "warn:crit"))
    var errors = "20%:50%"

    @Option(help: ArgumentHelp("How much of what may be abandoned may be.", valueName: "warn:crit"))
    var abandonment = "80%:100%"

    @Option(help: ArgumentHelp("How much of its greatest age a do-not-call list may have.", valueName: "warn:crit"))
    var listAge = "80%:100%"

    @Option(help: ArgumentHelp("How much has to be free on the database's disk.", valueName: "warn:crit"))
    var disk = "2G:512M"

    /// The thresholds; throws where one cannot be read.
    func thresholds() throws(Failure) -> CheckThresholds {
        var thresholds = CheckThresholds()
        thresholds.stalled = try Self.threshold("stalled", stalled, in: .duration, such: "5m:15m")
        thresholds.errors = try Self.threshold("errors", errors, in: .share, such: "20%:50%")
        thresholds.abandonment = try Self.threshold("abandonment", abandonment, in: .share, such: "80%:100%")
        thresholds.listAge = try Self.threshold("list-age", listAge, in: .share, such: "80%:100%")
        thresholds.disk = try Self.threshold("disk", disk, in: .bytes, isLower: true, such: "2G:512M")
        return thresholds
    }

    private static func threshold(
        _ name: String, _ text: String, in unit: ThresholdUnit, isLower: Bool = false, such example: String
    ) throws(Failure) -> Threshold {
        if let threshold = unit.threshold(text, isLower: isLower) { return threshold }
        let order = (isLower ? RefusalPhrase.smaller : .larger).phrase
        throw Failure(.usage, saying: [RefusalPhrase.thresholds.filled(name, order, example)])
    }
}
