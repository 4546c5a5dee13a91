import Foundation
import Glibc
import Monitoring

/// What the kernel knows of this process (proc(5)).
struct ProcessFigures {
    private var residentBytes: Double?
    private var virtualBytes: Double?
    private var processorSeconds: Double?
    private var startedAtSeconds: Double?
    private var openFiles: Double?
    private var openFileLimit: Double?

    /// The figures now; those that cannot be learnt are missing.
    static func now() -> ProcessFigures {
        var figures = ProcessFigures()
        figures.readStat()
        // The folder itself is open while it is being counted.
        figures.openFiles = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map {
            Double($0.count - 1)
        }
        figures.openFileLimit = Self.openFileLimit.map { Double($0) }
        return figures
    }

    /// How many files the process may have open.
    static var openFileLimit: UInt64? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return UInt64(limit.rlim_cur)
    }

    /// Tells the figures.
    func tell(_ metrics: inout MetricSet) {
        for (metric, value) in [
            (.residentMemory, residentBytes), (.virtualMemory, virtualBytes), (.processorTime, processorSeconds),
            (.startTime, startedAtSeconds), (.openFiles, openFiles), (.openFileLimit, openFileLimit),
        ] as [(Metric, Double?)] {
            if let value { metrics.set(metric, to: value) }
        }
    }

    private mutating func readStat() {
        guard let text = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
            let name = text.lastIndex(of: ")")
        else { return }
        // Behind the name, which may hold anything, fields are counted from the third.
        let fields = text[text.index(after: name)...].split(separator: " ").map(String.init)
        guard fields.count > 21 else { return }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        processorSeconds = Double(fields[11]).flatMap { user in Double(fields[12]).map { (user + $0) / ticks } }
        virtualBytes = Double(fields[20])
        residentBytes = Double(fields[21]).map { $0 * Double(sysconf(Int32(_SC_PAGESIZE))) }
        startedAtSeconds = Double(fields[19]).flatMap { start in Self.bootTime.map { $0 + start / ticks } }
    }

    /// When the machine began, in seconds since 1970.
    private static var bootTime: Double? {
        guard let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first { $0.hasPrefix("btime ") }.flatMap { Double($0.dropFirst(6)) }
    }
}
