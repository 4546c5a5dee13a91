/// One thing to measure.
struct Benchmark: Sendable {
    /// What is measured, `part: operation`.
    var name: String
    /// Prepares whatever is not to be measured, and returns the loop that is.
    ///
    /// The loop carries the operation out as often as it is told, and returns something that depends on every result,
    /// so that the compiler cannot leave any of them out.
    var prepare: @Sendable () throws -> (Int) async throws -> UInt64

    /// Names a loop.
    init(_ name: String, prepare: @escaping @Sendable () throws -> (Int) async throws -> UInt64) {
        self.name = name
        self.prepare = prepare
    }
}

extension Benchmark {
    /// The work that all ratios refer to: 64 dependent steps of xorshift, about 100 ns on a machine of 2020.
    static let baseline = Benchmark("baseline") {
        { iterations in
            var state: UInt64 = 0x9E37_79B9_7F4A_7C15
            for _ in 0..<iterations {
                for _ in 0..<64 {
                    state ^= state << 13
                    state ^= state >> 7
                    state ^= state << 17
                }
            }
            return state
        }
    }
}
