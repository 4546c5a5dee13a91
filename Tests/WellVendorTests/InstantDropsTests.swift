import DialModel
import Testing

@testable import WellVendor

@Suite("Calls that are dropped at once, counted")
struct InstantDropsTests {
    private static let start = TrackedCallTests.start

    private static func key(_ callerID: String?, prefix: String = "9") -> InstantDrops.Key {
        InstantDrops.Key(prefix: prefix, callerID: callerID)
    }

    private static func drops(_ callerIDs: [String?], prefix: String = "9") -> InstantDrops {
        var drops = InstantDrops()
        for callerID in callerIDs { drops.note(key(callerID, prefix: prefix), wasDropped: true, at: start) }
        return drops
    }

    @Test("A number is avoided after three drops in a row, and the others are not")
    func avoidsNumbers() {
        var drops = Self.drops(["1", "1"])
        #expect(drops.verdict(on: Self.key("1"), numbers: 4, at: Self.start) == .fine)
        drops.note(Self.key("1"), wasDropped: true, at: Self.start)
        #expect(drops.verdict(on: Self.key("1"), numbers: 4, at: Self.start) == .avoid)
        #expect(drops.verdict(on: Self.key("2"), numbers: 4, at: Self.start) == .fine)
        #expect(drops.verdict(on: Self.key("1", prefix: "8"), numbers: 4, at: Self.start) == .fine)
        drops.note(Self.key("1"), wasDropped: false, at: Self.start)
        #expect(drops.verdict(on: Self.key("1"), numbers: 4, at: Self.start) == .fine)
    }

    @Test("A number is tried again when its quarantine is over, and one more drop will do then")
    func triesAgain() {
        var drops = Self.drops(["1", "1", "1"])
        let later = Self.start + .seconds(1800)
        #expect(drops.verdict(on: Self.key("1"), numbers: 4, at: later - .seconds(1)) == .avoid)
        #expect(drops.verdict(on: Self.key("1"), numbers: 4, at: later) == .fine)
        drops.note(Self.key("1"), wasDropped: true, at: later)
        #expect(drops.verdict(on: Self.key("1"), numbers: 4, at: later) == .avoid)
    }

    @Test(
        "Where each of three numbers fails, or each that there is, it is the prefix",
        arguments: [
            (["1", "1", "1"], 1, true), (["1", "1", "1"], 2, false), (["1", "2", "1", "2", "1", "2"], 2, true),
            (["1", "1", "1", "1", "1", "1", "1", "1", "1"], 20, false),
            (["1", "2", "3", "1", "2", "3", "1", "2"], 20, false),
            (["1", "2", "3", "4", "5", "6", "7", "8", "9"], 20, true),
        ])
    func losesHope(callerIDs: [String], numbers: Int, isHopeless: Bool) {
        let drops = Self.drops(callerIDs)
        for key in [Self.key("1"), Self.key("77")] {
            #expect((drops.verdict(on: key, numbers: numbers, at: Self.start) == .hopeless) == isHopeless)
        }
        #expect(drops.verdict(on: Self.key("1", prefix: "8"), numbers: numbers, at: Self.start) == .fine)
    }

    @Test("A single call that gets through proves the prefix, and a vendor that chooses the number is one number")
    func gathersHope() {
        var drops = Self.drops([nil, nil, nil])
        #expect(drops.verdict(on: Self.key(nil), numbers: 0, at: Self.start) == .hopeless)
        drops.note(Self.key(nil), wasDropped: false, at: Self.start)
        #expect(drops.verdict(on: Self.key(nil), numbers: 0, at: Self.start) == .fine)
    }
}
