import ArgumentParser
import Monitoring

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

    /// The thresholds.
    var thresholds: CheckThresholds {
        var thresholds = CheckThresholds()
        if let read = ThresholdUnit.duration.threshold(stalled) { thresholds.stalled = read }
        if let read = ThresholdUnit.share.threshold(errors) { thresholds.errors = read }
        if let read = ThresholdUnit.share.threshold(abandonment) { thresholds.abandonment = read }
        if let read = ThresholdUnit.share.threshold(listAge) { thresholds.listAge = read }
        if let read = ThresholdUnit.bytes.threshold(disk, isLower: true) { thresholds.disk = read }
        return thresholds
    }

    func validate() throws {
        for (name, text, unit, example) in [
            ("stalled", stalled, ThresholdUnit.duration, "5m:15m"), ("errors", errors, .share, "20%:50%"),
            ("abandonment", abandonment, .share, "80%:100%"), ("list-age", listAge, .share, "80%:100%"),
        ] where unit.threshold(text) == nil {
            throw ValidationError("--\(name) takes a warning and a critical value, the larger one last: \(example).")
        }
        if ThresholdUnit.bytes.threshold(disk, isLower: true) == nil {
            throw ValidationError("--disk takes a warning and a critical value, the smaller one last: 2G:512M.")
        }
    }
}
