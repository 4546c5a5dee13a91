import Foundation

/// Measures the hot paths, prints a table, and writes the figures as JSON.
///
/// Times depend on the machine; the ratio to the baseline of the same run is what may be compared between machines. To
/// add a benchmark, write an array of them in a file of its own, append it to `all`, and add its target to the product
/// `AutodialerParts` of the package above.
@main
struct Benchmarks {
    static let all: [Benchmark] =
        Benchmark.dialModel + Benchmark.callerID + Benchmark.pacing + Benchmark.engine + Benchmark.regions

    static func main() async throws {
        guard let options = Options(CommandLine.arguments.dropFirst()) else {
            let usage = "usage: benchmarks [--output FILE] [--filter TEXT] [--quick | --iterations N]\n"
            FileHandle.standardError.write(Data(usage.utf8))
            exit(64)
        }
        if let iterations = options.iterations {
            for benchmark in all where options.includes(benchmark.name) {
                _ = try await benchmark.prepare()(iterations)
            }
            return
        }
        let stopwatch = Stopwatch(batch: .milliseconds(options.quick ? 2 : 20), batches: options.quick ? 5 : 25)
        var measurements: [Measurement] = []
        print(row("benchmark", "ns/op", "op/s", "x baseline", "spread", "allocations"))
        for benchmark in all where options.includes(benchmark.name) {
            let measured = try await stopwatch.measure(benchmark)
            measurements.append(measured)
            print(
                row(
                    measured.name, number(measured.nanosecondsPerOperation, 1), number(measured.operationsPerSecond, 0),
                    number(measured.ratioToBaseline, 3), number(measured.spreadPercent, 0) + " %",
                    number(measured.allocationsPerOperation, 2)))
        }
        if let output = options.output {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(measurements).write(to: URL(filePath: output))
        }
    }

    private static func number(_ value: Double, _ decimals: Int) -> String {
        String(format: "%.\(decimals)f", value)
    }

    private static func row(_ name: String, _ figures: String...) -> String {
        name.padding(toLength: 44, withPad: " ", startingAt: 0)
            + figures.map { String(repeating: " ", count: max(1, 14 - $0.count)) + $0 }.joined()
    }
}

/// What the command line asks for.
struct Options {
    /// Where to write the figures.
    var output: String?
    /// What a benchmark's name has to contain.
    var filter = ""
    /// Short batches, to see that everything runs.
    var quick = false
    /// Runs each so many times and measures nothing, so that a counter of instructions can.
    var iterations: Int?

    /// Nil for anything but the known options.
    init?(_ arguments: some Sequence<String>) {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--quick": quick = true
            case "--iterations":
                guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else { return nil }
                iterations = value
            case "--output":
                guard let value = rest.popFirst() else { return nil }
                output = value
            case "--filter":
                guard let value = rest.popFirst() else { return nil }
                filter = value
            default: return nil
            }
        }
    }

    /// Whether a benchmark is to be measured.
    func includes(_ name: String) -> Bool {
        filter.isEmpty || name.localizedCaseInsensitiveContains(filter)
    }
}
