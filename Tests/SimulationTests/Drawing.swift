import DialModel

extension SplitMix64 {
    /// True with this chance, from 0 to 1.
    mutating func chance(_ share: Double) -> Bool { unit() < share }

    /// A whole number from a range.
    mutating func whole(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(below(UInt64(range.upperBound - range.lowerBound + 1)))
    }

    /// A time from a range of milliseconds.
    mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration { .milliseconds(whole(range)) }

    /// A time from a range of seconds, to the millisecond.
    mutating func seconds(_ range: ClosedRange<Int>) -> Duration {
        milliseconds((range.lowerBound * 1_000)...(range.upperBound * 1_000))
    }

    /// One of these; there is at least one.
    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(below(UInt64(values.count)))] }

    /// A generator of its own, so that what draws from it changes nothing elsewhere.
    mutating func branch() -> SplitMix64 { SplitMix64(seed: next()) }
}
