import DialModel
import Foundation
import TestSupport
import Testing

@testable import Regions

@Suite("The clocks of time zones")
struct ZoneClocksTests {
    private let clocks = ZoneClocks()

    private func rules(_ name: String) throws -> ZoneRules {
        try #require(clocks.rules(of: TimeZoneID(name)), "there is no zone \(name)")
    }

    private static func utc(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0) -> Timestamp {
        guard let date = CivilDay(year: year, month: month, day: day) else { preconditionFailure("no such day") }
        return Timestamp(milliseconds: (date.number * 86_400 + Int64(hour * 3_600 + minute * 60)) * 1_000)
    }

    /// The nights of 2026 on which clocks are changed, as almanacs print them.
    private static let nights: [(zone: String, changes: [(at: Timestamp, offset: Int)])] = [
        ("America/New_York", [(utc(2026, 3, 8, 7), -14_400), (utc(2026, 11, 1, 6), -18_000)]),
        ("Europe/London", [(utc(2026, 3, 29, 1), 3_600), (utc(2026, 10, 25, 1), 0)]),
        ("Australia/Sydney", [(utc(2026, 4, 4, 16), 36_000), (utc(2026, 10, 3, 16), 39_600)]),
        ("Australia/Lord_Howe", [(utc(2026, 4, 4, 15), 37_800), (utc(2026, 10, 3, 15, 30), 39_600)]),
        ("America/Phoenix", []), ("Asia/Shanghai", []),
    ]

    @Test("The nights of 2026 are those of the almanacs", arguments: Self.nights)
    func nightsOf2026(zone: String, changes: [(at: Timestamp, offset: Int)]) throws {
        let year = Self.utc(2026, 1, 1, 0)..<Self.utc(2027, 1, 1, 0)
        let found = try rules(zone).transitions.filter { year.contains($0.at) }
        #expect(found == changes.map { ZoneRules.Transition(at: $0.at, offset: $0.offset) })
    }

    @Test(
        "Offsets are not whole hours everywhere, and were not always what they are",
        arguments: [
            ("Asia/Kolkata", 2026, 19_800), ("Asia/Kathmandu", 2026, 20_700), ("Asia/Kathmandu", 1985, 19_800),
            ("America/Phoenix", 2026, -25_200), ("Asia/Shanghai", 2026, 28_800), ("Asia/Shanghai", 1988, 32_400),
            ("Pacific/Apia", 2011, -39_600), ("Pacific/Apia", 2026, 46_800), ("America/New_York", 2099, -14_400),
            ("UTC", 2026, 0),
        ])
    func offsets(zone: String, year: Int, offset: Int) throws {
        #expect(try rules(zone).offset(at: Self.utc(year, 7, 1, 12)) == offset)
    }

    @Test(
        "There is no zone of such a name",
        arguments: ["Nowhere/Town", "", "GMT+3", "asia/shanghai", "../etc/passwd", "Etc/Unknown", " Asia/Shanghai"])
    func unknownZones(name: String) {
        #expect(clocks.rules(of: TimeZoneID(name)) == nil)
    }

    @Test("Every zone that a number may be in has clocks")
    func zonesOfNumbers() {
        let zones = Self.zonesOfNumbers
        #expect(zones.count > 200)
        #expect(zones.filter { clocks.rules(of: $0) == nil } == [])
    }

    @Test("The clocks are those of Python's zoneinfo, at random instants in every zone of a number")
    func zoneinfo() async throws {
        let python = try await PythonEnvironment.python(with: ["tzdata==2025.2"])
        let output = try await Port.run(
            python, ["20260101", "20"] + Self.zonesOfNumbers.map(\.name), script: "offset_zones")
        let lines = output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        #expect(lines.count == Self.zonesOfNumbers.count * 20)
        let wrong = try lines.filter { cells in
            let seconds = try #require(Int64(cells[1]))
            let offset = try rules(cells[0]).offset(at: Timestamp(milliseconds: seconds * 1_000))
            return String(offset) != cells[2]
        }
        #expect(wrong == [])
    }

    @Test("Many threads get the same clocks")
    func threads() async {
        let zones = Self.zonesOfNumbers
        let alone = zones.map { ZoneClocks().rules(of: $0) }
        let shared = ZoneClocks()
        let together = await withTaskGroup(of: [ZoneRules?].self) { group in
            for _ in 0..<4 { group.addTask { zones.map { shared.rules(of: $0) } } }
            return await group.reduce(into: [[ZoneRules?]]()) { $0.append($1) }
        }
        #expect(together.allSatisfy { $0 == alone })
    }

    /// Every zone that the table of prefixes names, but for libphonenumber's word for an unknown one.
    private static let zonesOfNumbers: [TimeZoneID] = {
        let lines = String(decoding: PackageResources.timezones_txt, as: UTF8.self).split(separator: "\n")
        let names = lines.filter { !$0.hasPrefix("#") }.flatMap { line in
            (line.split(separator: "\t").first ?? "").split(separator: " ").map { TimeZoneID(String($0)) }
        }
        return Set(names).sorted()
    }()
}
