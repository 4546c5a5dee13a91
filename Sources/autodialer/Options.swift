import ArgumentParser
import DialModel
import Ledger
import StoredLedger

/// The campaign folder or file that a command is about.
struct CampaignArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The campaign's folder, or its campaign.yaml.", valueName: "campaign"),
        completion: .directory)
    var campaign: String
}

/// How fast a rehearsal's time passes.
struct SpeedOption: ParsableArguments {
    @Option(help: ArgumentHelp("Let time pass this many times faster; simulated vendors only.", valueName: "factor"))
    var speed: Double?

    func validate() throws {
        if let speed, !(1...10_000).contains(speed) { throw ValidationError(.factor, "--speed") }
    }
}

/// Whether a board is in colour.
struct ColourOption: ParsableArguments {
    @Flag(help: "Show the board without colours; so do NO_COLOR and TERM=dumb.")
    var noColor = false

    /// The terminal as it is to be used.
    func apply(to terminal: Terminal) -> Terminal {
        var terminal = terminal
        if noColor { terminal.hasColour = false }
        return terminal
    }
}

extension LedgerStore {
    /// Does work with the ledger that may end the command with a code, and closes the ledger whatever comes of it.
    func leave(after work: () async throws -> Failure.Code?) async throws {
        let result: Result<Failure.Code?, any Error>
        do {
            result = .success(try await work())
        } catch {
            result = .failure(error)
        }
        await close()
        if let code = try result.get() { throw ExitCode(code.rawValue) }
    }
}

/// A duration as it is written in campaign files: `90s`, `30m`, `2h`.
struct DurationArgument: ExpressibleByArgument, CustomStringConvertible {
    var duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        let units: [(String, Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
        for (suffix, milliseconds) in units where argument.hasSuffix(suffix) {
            guard let count = Int64(argument.dropLast(suffix.count)), count > 0, count < 1_000_000 else { continue }
            duration = .milliseconds(count * milliseconds)
            return
        }
        return nil
    }

    /// The same, saying what is wrong with what is none.
    static func read(_ argument: String) throws -> DurationArgument {
        if let duration = DurationArgument(argument: argument) { return duration }
        guard let count = Int64(argument), count > 0 else { throw ValidationError(.duration) }
        throw ValidationError(.durationUnit, count)
    }

    var description: String { "\(Int(duration.seconds))s" }
}

/// A time of day in the machine's time zone: `18:00`.
struct TimeOfDayArgument: ExpressibleByArgument {
    var hour: Int
    var minute: Int

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        self.hour = hour
        self.minute = minute
    }
}
