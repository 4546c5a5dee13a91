import CAllocations

/// What a benchmark yielded.
struct Measurement: Encodable {
    /// The benchmark.
    var name: String
    /// How many operations the fastest batch held.
    var iterations: Int
    /// Nanoseconds for one operation, in the fastest batch.
    var nanosecondsPerOperation: Double
    /// By how much the median batch was slower than the fastest, in percent: how far the machine was disturbed.
    var spreadPercent: Double
    /// Its time for one operation as a multiple of the baseline's, measured just before it.
    var ratioToBaseline: Double
    /// Blocks of memory that one operation asks for, on average over a thousand.
    var allocationsPerOperation: Double

    /// Operations in a second.
    var operationsPerSecond: Double { 1e9 / nanosecondsPerOperation }
}

/// Times loops: batches long enough for the clock, of which the fastest counts, because disturbance only ever adds.
struct Stopwatch {
    /// How long a batch should take.
    var batch: Duration
    /// How many batches to time.
    var batches: Int

    /// Measures one benchmark, and the baseline just before it.
    func measure(_ benchmark: Benchmark) async throws -> Measurement {
        let baseline = try await times(of: .baseline)
        let own = try await times(of: benchmark)
        let median = own.sorted[own.sorted.count / 2]
        return Measurement(
            name: benchmark.name, iterations: own.iterations, nanosecondsPerOperation: own.sorted[0],
            spreadPercent: (median / own.sorted[0] - 1) * 100, ratioToBaseline: own.sorted[0] / baseline.sorted[0],
            allocationsPerOperation: try await allocations(of: benchmark))
    }

    /// Blocks that one operation asks for; a few hundred before those counted have put everything in its place.
    private func allocations(of benchmark: Benchmark) async throws -> Double {
        let (warmUp, counted) = (200, 1_000)
        let loop = try benchmark.prepare()
        consume(try await loop(warmUp))
        let before = allocation_count()
        consume(try await loop(counted))
        return Double(allocation_count() - before) / Double(counted)
    }

    /// Nanoseconds for one operation in each batch, fastest first.
    private func times(of benchmark: Benchmark) async throws -> (iterations: Int, sorted: [Double]) {
        let loop = try benchmark.prepare()
        var iterations = 1
        while true {
            let taken = try await time(loop, iterations)
            if taken >= batch { break }
            // Grows at most tenfold, since the first batches also pay for cold caches.
            let factor = min(10, max(2, batch.nanoseconds / max(taken.nanoseconds, 1)))
            iterations = Int(Double(iterations) * factor)
        }
        var times: [Double] = []
        for _ in 0..<batches { times.append(try await time(loop, iterations).nanoseconds / Double(iterations)) }
        return (iterations, times.sorted())
    }

    private func time(_ loop: (Int) async throws -> UInt64, _ iterations: Int) async throws -> Duration {
        let clock = ContinuousClock()
        let start = clock.now
        consume(try await loop(iterations))
        return clock.now - start
    }
}

/// Takes a result where the optimiser cannot see it.
@inline(never)
private func consume(_ value: UInt64) {
    withExtendedLifetime(value) {}
}

extension Duration {
    fileprivate var nanoseconds: Double {
        Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9
    }
}
