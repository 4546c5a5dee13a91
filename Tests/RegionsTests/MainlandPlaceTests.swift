import DialModel
import Testing

@testable import Regions

/// Regions of mainland China, in Chinese.
@Suite struct MainlandPlaceTests {
    private let finder = RegionFinder()

    /// One area code of the table.
    struct Area: CustomTestStringConvertible {
        var code: String
        var province: String
        var cities: [String]
        var testDescription: String { code }
    }

    static let areas: [Area] = mainlandAreaCodes.split(separator: "\n").flatMap { line in
        let words = line.split(separator: " ")
        return words.dropFirst().map { word in
            let code = word.prefix { $0.isASCII }
            let cities = word.dropFirst(code.count).split(separator: "/").map(String.init)
            return Area(code: String(code), province: words.first.map(String.init) ?? "", cities: cities)
        }
    }

    /// Landlines with the area's code, of seven and eight digits; each area has one or the other.
    static func landlines(of code: String) -> [PhoneNumber] {
        ["5345678", "53456789"].compactMap { PhoneNumber(e164: "+86" + code.dropFirst() + $0) }
    }

    @Test func `Every area code has its province and its cities`() {
        #expect(Self.areas.count > 320)
        for area in Self.areas {
            let places = Self.landlines(of: area.code).map(finder.place).filter(\.isValid)
            #expect(!places.isEmpty, "\(area.code)")
            for place in places {
                #expect(place.kind == .landline, "\(area.code)")
                #expect(place.possibleCities == area.cities, "\(area.code)")
                let city = area.cities.count == 1 ? area.cities[0] : nil
                let region = Region(country: "CN", province: area.province, city: city)
                #expect(place.region == region, "\(area.code)")
                #expect(place.region == region.normalised, "\(area.code)")
                #expect(place.zones == [TimeZoneID("Asia/Shanghai")])
            }
        }
    }

    @Test func `The table names every province of the mainland`() {
        let named = Set(Self.areas.map(\.province))
        #expect(named == Set(MainlandNames.provinces).subtracting(["台湾", "香港", "澳门"]))
    }

    private static let mobiles: [(String, String, String?)] = [
        ("+8613901000000", "北京", "北京"), ("+8613001760000", "山东", "德州"), ("+8613588000000", "浙江", "杭州"),
        ("+8613033310000", "云南", "普洱"), ("+8613002800000", "四川", "凉山"), ("+8618908940000", "西藏", "林芝"),
        ("+8613304700000", "内蒙古", "呼伦贝尔"), ("+8613029630000", "新疆", "喀什"), ("+8613002310000", "重庆", "重庆"),
        ("+8613009150000", "吉林", "吉林"), ("+8613909740000", "青海", "海南"), ("+8613005280000", "广东", "梅州"),
    ]

    @Test(arguments: mobiles)
    func `Mobile numbers have province and city`(number: String, province: String, city: String?) throws {
        let place = finder.place(of: try #require(PhoneNumber(e164: number)))
        #expect(place.region == Region(country: "CN", province: province, city: city), "\(place.area ?? "")")
        #expect(place.kind == .mobile)
        #expect(place.isValid)
    }

    @Test(arguments: ["+8617012345678", "+8616512345678", "+8615412345678", "+8619812345678"])
    func `A mobile number whose prefix the data does not know is valid, and of unknown city`(number: String) throws {
        let place = finder.place(of: try #require(PhoneNumber(e164: number)))
        #expect(place.isValid)
        #expect(place.kind == .mobile)
        #expect(place.region == Region(country: "CN"))
        #expect(place.possibleCities == [])
        #expect(place.area == nil)
        #expect(place.zones == [TimeZoneID("Asia/Shanghai")])
    }

    private static let names: [(String, String?, [String])] = [
        ("浙江省杭州市", "浙江", ["杭州"]), ("云南怒江", "云南", ["怒江"]), ("天津", "天津", ["天津"]),
        ("广西壮族自治区南宁市、崇左市", "广西", ["南宁", "崇左"]), ("新疆维吾尔自治区乌鲁木齐市", "新疆", ["乌鲁木齐"]),
        ("吉林省吉林市", "吉林", ["吉林"]), ("湖北省襄樊市、襄樊市", "湖北", ["襄阳"]), ("云南省芒市", "云南", ["德宏"]),
        ("安徽省巢湖市", "安徽", ["合肥", "芜湖", "马鞍山"]), ("安徽省合肥市、巢湖市", "安徽", ["合肥"]),
        ("湖北省神农架林区", "湖北", ["神农架"]), ("河南省", "河南", []), ("Hangzhou", nil, []), ("", nil, []),
    ]

    @Test(arguments: names)
    func `Names of areas are split into province and cities`(name: String, province: String?, cities: [String]) {
        let read = MainlandArea.read(name, areaCode: nil)
        #expect(read.province == province)
        #expect(read.cities == cities)
    }

    @Test(arguments: [
        ("+864008123456", NumberKind.other), ("+868008123456", .tollFree), ("+8616812345", .premium),
    ])
    func `Numbers of the whole country have no place in it`(number: String, kind: NumberKind) throws {
        let place = finder.place(of: try #require(PhoneNumber(e164: number)))
        #expect(place.kind == kind)
        #expect(place.region == Region(country: "CN"))
    }
}
