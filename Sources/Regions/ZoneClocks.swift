package import DialModel
import Foundation

/// The clocks of time zones from 1970 to 2100 as data, so that pure code can tell local time.
///
/// They come from the time zone data of the system's Foundation, and each zone is read once. May be asked from many threads
/// at once.
///
/// `@unchecked Sendable`: `lock` protects what is known.
package final class ZoneClocks: @unchecked Sendable {
    private static let begin = Date(timeIntervalSince1970: 0)
    /// 2100-01-01; rules that are in force today are taken to stay until then.
    private static let end = Date(timeIntervalSince1970: 4_102_444_800)
    /// Names of UTC, which Foundation keeps under a name of its own.
    private static let universal: Set = ["UTC", "Etc/UTC", "GMT", "Etc/GMT"]

    private let lock = NSLock()
    private var known: [TimeZoneID: ZoneRules] = [:]

    /// Knows no zone yet.
    package init() {}

    /// The clocks of a zone; nil if there is none of exactly that name.
    package func rules(of zone: TimeZoneID) -> ZoneRules? {
        if let rules = lock.withLock({ known[zone] }) { return rules }
        // Read outside the lock, so that nobody waits for a zone that they did not ask for.
        guard let rules = Self.read(zone) else { return nil }
        lock.withLock { known[zone] = rules }
        return rules
    }

    private static func read(_ zone: TimeZoneID) -> ZoneRules? {
        if universal.contains(zone.name) { return ZoneRules(zone: zone, initialOffset: 0) }
        // Foundation also makes zones of offsets, such as GMT+3, which move with nobody's clocks.
        guard let clocks = TimeZone(identifier: zone.name), clocks.identifier == zone.name else { return nil }
        let initialOffset = clocks.secondsFromGMT(for: begin)
        var transitions: [ZoneRules.Transition] = []
        var offset = initialOffset
        var instant = begin
        while let next = clocks.nextDaylightSavingTimeTransition(after: instant), next > instant, next < end {
            instant = next
            let after = clocks.secondsFromGMT(for: next)
            // Some changes are of the name or the legal kind of time only.
            guard after != offset else { continue }
            offset = after
            let milliseconds = Int64((next.timeIntervalSince1970 * 1_000).rounded())
            transitions.append(ZoneRules.Transition(at: Timestamp(milliseconds: milliseconds), offset: after))
        }
        return ZoneRules(zone: zone, initialOffset: initialOffset, transitions: transitions)
    }
}
