import DialModel
import Foundation
import Regions
import TestSupport
import Testing

/// Our regions of China beside those of a table that others collected: the Python package phone.
@Suite struct MainlandSourceTests {
    private let finder = RegionFinder()

    /// One line of the other source.
    private struct Line {
        var digits: String
        var province: String
        var city: String
    }

    /// Where the other source names a city by a district, a county or its seat, or has a city that another has taken in.
    ///
    /// Ours name the city of prefecture rank that it belongs to today.
    private static let belongsTo = [
        "万州": "重庆", "涪陵": "重庆", "黔江": "重庆", "临河": "巴彦淖尔", "集宁": "乌兰察布", "乌兰浩特": "兴安",
        "海拉尔": "呼伦贝尔", "珲春": "延边", "西昌": "凉山", "巢湖": "合肥", "莱芜": "济南", "博乐": "博尔塔拉", "奎屯": "伊犁",
        "库尔勒": "巴音郭楞", "雄安": "保定", "潢川": "信阳", "吉首": "湘西", "格尔木": "海西", "海晏": "海北",
    ]

    /// Area codes of which the two sources list different cities, with the reason.
    private static let listedDifferently = [
        "0898": "ours list all four cities of Hainan that have prefecture rank, the other source the two large ones",
        "0728": "the other source lists Jianghan, an oil field that lies in Qianjiang",
    ]

    @Test func `Every landline area code has the same province and cities in both sources`() async throws {
        let lines = try await lines(["landlines"])
        let areas = Dictionary(grouping: lines, by: \.digits)
        #expect(areas.count > 320)
        var found: [String: String] = [:]
        for (code, lines) in areas {
            let places = MainlandPlaceTests.landlines(of: code).map(finder.place).filter(\.isValid)
            let place = try #require(places.first, "\(code)")
            let theirs = Set(lines.map { Self.city($0) })
            if places.contains(where: { Set($0.possibleCities) != theirs }) {
                found[code] = "\(place.possibleCities) here, \(theirs.sorted()) there"
            }
            #expect(Set(lines.map(\.province)) == [place.region.province], "\(code)")
        }
        #expect(found.keys.sorted() == Self.listedDifferently.keys.sorted(), "\(found.sorted { $0.key < $1.key })")
        let tabled = Set(MainlandPlaceTests.areas.map(\.code))
        #expect(tabled == Set(areas.keys))
    }

    @Test func `Mobile prefixes mostly have the same city, and nearly always the same province`() async throws {
        let lines = try await lines(["mobiles", "20260101", "5000"])
        var counts = (asked: 0, known: 0, province: 0, city: 0)
        for line in lines {
            let place = finder.place(of: try #require(PhoneNumber(e164: "+86\(line.digits)1234")))
            counts.asked += 1
            guard let province = place.region.province else { continue }
            counts.known += 1
            if province == line.province { counts.province += 1 }
            if place.possibleCities.contains(Self.city(line)) { counts.city += 1 }
        }
        print(
            "of \(counts.asked) mobile prefixes \(counts.known) are known, \(counts.province) with the same province,")
        print("\(counts.city) with the same city")
        #expect(counts.asked == 5_000)
        #expect(Double(counts.known) > 0.6 * Double(counts.asked))
        #expect(Double(counts.province) > 0.98 * Double(counts.known))
        #expect(Double(counts.city) > 0.95 * Double(counts.known))
    }

    /// The city in our words.
    private static func city(_ line: Line) -> String {
        let name = MainlandNames.shortened(line.city)
        return belongsTo[name] ?? name
    }

    private func lines(_ arguments: [String]) async throws -> [Line] {
        let python = try await PythonEnvironment.python(with: ["phone==0.4.5"])
        let text = try await Port.run(python, arguments, script: "list_areas")
        return try text.split(separator: "\n").map { line in
            let cells = line.split(separator: "\t").map(String.init)
            try #require(cells.count == 3)
            // One record of the source has a zero too many.
            let digits = cells[0].hasPrefix("00") ? String(cells[0].dropFirst()) : cells[0]
            return Line(digits: digits, province: cells[1], city: cells[2])
        }
    }
}
