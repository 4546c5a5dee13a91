import DialModel
import Testing

@Suite("Instants and lengths of time, whoever says them")
struct TimestampTests {
    private static let now = Timestamp(milliseconds: 1_795_000_000_000)
    private static let first = Timestamp(milliseconds: .min)
    private static let longAgo = Timestamp(milliseconds: -9_000_000_000_000_000_000)

    @Test("A length that has more milliseconds than can be counted has as many as can be")
    func lengths() {
        #expect(Duration.seconds(Int64.max).milliseconds == .max)
        #expect(Duration.seconds(Int64.min).milliseconds == .min)
        #expect((Duration.seconds(Int64.max) + .seconds(Int64.max)).milliseconds == .max)
        #expect(Duration.milliseconds(Int64.max).milliseconds == .max)
        #expect(Duration.milliseconds(Int64.min).milliseconds == .min)
        #expect(Duration.nanoseconds(1_999_999).milliseconds == 1)
        #expect(Duration.nanoseconds(-1_999_999).milliseconds == -1)
    }

    @Test("A length in seconds is what it is, and as many as can be counted where there are more")
    func seconds() {
        #expect(Duration.milliseconds(-1_500).seconds == -1.5)
        #expect(Duration.nanoseconds(250_000_000).seconds == 0.25)
        #expect(Duration.seconds(Int64.max).seconds == Double(Int64.max))
        #expect((Duration.seconds(Int64.max) + .seconds(Int64.max)).seconds == Double(Int64.max))
        #expect((Duration.seconds(Int64.min) + .seconds(Int64.min)).seconds == Double(Int64.min))
    }

    @Test("No sum and no difference leads beyond the first and the last instant")
    func arithmetic() {
        #expect(Self.now + .seconds(Int64.max) == .never)
        #expect(Self.now - .seconds(Int64.max) < Self.longAgo && Self.now + .seconds(Int64.min) < Self.longAgo)
        #expect(Self.now - .seconds(Int64.min) == .never)
        #expect(Timestamp.never + .milliseconds(1) == .never)
        #expect(Self.first - .milliseconds(1) == Self.first)
        #expect(Timestamp.never - Self.first == .milliseconds(Int64.max))
        #expect(Self.first - .never == .milliseconds(Int64.min))
        #expect(Timestamp.never - Timestamp.never == .zero)
        #expect(Self.now + (Timestamp.never - Self.now) == .never)
    }
}
