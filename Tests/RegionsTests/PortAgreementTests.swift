import DialModel
import Foundation
import Regions
import TestSupport
import Testing

/// Our answers beside those of the Python port of libphonenumber, an independent program with the same sources of data.
///
/// It comes in two vintages. The elder has the data of the library that we build upon, and has to say the same; the newer
/// has the data that our time zones are from. Where the two differ we cannot agree with both, and agree with the elder.
@Suite struct PortAgreementTests {
    /// What one program says of a number.
    struct Answer: Equatable {
        var country: String
        var kind: String
        var area: String
        var zones: String
    }

    /// A way to differ from both vintages that is understood.
    struct Known: Sendable {
        var name: String
        var holds: @Sendable (_ number: String, _ ours: Answer, _ elder: Answer, _ newer: Answer) -> Bool
    }

    /// Territories that their area is named after.
    private static let oneArea: Set = ["AR", "GG", "IM", "JE", "SH", "SJ", "TA", "VA"]

    /// Everything that is understood, with its reason.
    private static let known = [
        // The port spells the country in another way than the area; ours see that they are the same, and name no area.
        // Of Argentina's mobile numbers the C++ library knows no area where the port does.
        Known(name: "territory of one area, or mobile of Argentina") { _, ours, _, _ in
            ours.area.isEmpty && oneArea.contains(ours.country)
        },
        // The elder port overlooks some prefixes, Helsinki's and Varese's; the library and the newer port have them.
        Known(name: "area that the elder port overlooks") { _, ours, elder, newer in
            elder.area.isEmpty && ours.area == newer.area && ours.country == elder.country && ours.kind == elder.kind
        },
        // Mainland mobile numbers are judged by structure, because the data follows the operators late.
        Known(name: "new mainland mobile range") { number, ours, elder, _ in
            number.hasPrefix("+861") && number.count == 14 && elder.kind == "unknown" && ours.kind == "mobile"
        },
    ]

    @Test func `Country, kind, area and zones agree with the port, and every disagreement is understood`() async throws
    {
        let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
        let elder = try await PythonEnvironment.python(with: ["phonenumbers==8.12.57"])
        let newer = try await PythonEnvironment.python(with: ["phonenumbers==9.0.43"])
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let numbers = folder.appendingPathComponent("numbers").path
        _ = try await Port.run(newer, ["generate", "20260101", isSoak ? "1000000" : "20000", numbers])
        let old = try answers(try await Port.run(elder, ["describe", numbers]))
        let new = try answers(try await Port.run(newer, ["describe", numbers]))
        #expect(new.count == old.count)
        let finder = RegionFinder()
        var counts: [String: Int] = [:]
        for (elder, newer) in zip(old, new) {
            try #require(elder.number == newer.number)
            let number = try #require(PhoneNumber(e164: elder.number))
            let ours = ours(finder.place(of: number))
            for name in disagreements(elder.number, ours, elder.answer, newer.answer) { counts[name, default: 0] += 1 }
        }
        report(counts, of: old.count)
    }

    private func ours(_ place: NumberPlace) -> Answer {
        Answer(
            country: place.region.country ?? "", kind: place.kind.rawValue, area: place.area ?? "",
            zones: place.zones.map(\.name).joined(separator: " "))
    }

    /// Names every way in which an answer of ours differs, and fails for one that has no name.
    private func disagreements(_ number: String, _ ours: Answer, _ elder: Answer, _ newer: Answer) -> [String] {
        var names: [String] = []
        // The zones are of the newer vintage, but which of them apply follows from the kind, which is of the elder.
        if ours.zones != newer.zones {
            let isVintage = elder.kind != newer.kind || elder.country != newer.country
            names.append(isVintage ? "zones, by vintage of the kind" : unexplained(number, ours, elder))
        }
        if ours.country != elder.country || ours.kind != elder.kind || ours.area != elder.area {
            let known = Self.known.first { $0.holds(number, ours, elder, newer) }
            names.append(known?.name ?? unexplained(number, ours, elder))
        } else {
            if ours.country != newer.country { names.append("country, by vintage") }
            if ours.kind != newer.kind { names.append("kind, by vintage") }
            if ours.area != newer.area { names.append("area, by vintage") }
        }
        return names.isEmpty ? ["agreement in everything"] : names
    }

    private func unexplained(_ number: String, _ ours: Answer, _ elder: Answer) -> String {
        Issue.record("\(number): \(ours), the port has \(elder)")
        return "unexplained"
    }

    /// Shows the counts, and fails if the explained classes have grown beyond what the vintages account for.
    private func report(_ counts: [String: Int], of total: Int) {
        for (name, count) in counts.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }) {
            print("\(count) of \(total): \(name)")
        }
        let agreeing = counts["agreement in everything"] ?? 0
        #expect(Double(agreeing) > 0.95 * Double(total))
    }

    private func answers(_ text: String) throws -> [(number: String, answer: Answer)] {
        try text.split(separator: "\n").map { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(cells.count == 5)
            return (cells[0], Answer(country: cells[1], kind: cells[2], area: cells[3], zones: cells[4]))
        }
    }
}

/// The script that asks the Python port.
enum Port {
    /// What the script prints.
    static func run(_ python: String, _ arguments: [String], script: String = "describe_numbers") async throws -> String
    {
        let path = try #require(
            Bundle.module.url(forResource: script, withExtension: "py", subdirectory: "Fixtures")
        ).path
        let result = try await PythonEnvironment.run(python, [path] + arguments)
        try #require(result.status == 0, "\(result.errors)")
        return String(decoding: result.output, as: UTF8.self)
    }
}
