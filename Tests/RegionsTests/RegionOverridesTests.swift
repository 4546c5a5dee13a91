import DialModel
import Regions
import Testing
import Wording

@Suite struct RegionOverridesTests {
    private func parse(_ lines: String...) -> (overrides: RegionOverrides, diagnostics: [Diagnostic]) {
        let rows = lines.enumerated().map { index, line in
            (line: index + 1, cells: line.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        }
        return RegionOverrides.parse(rows, file: "regions.csv")
    }

    private func place(_ number: String, _ overrides: RegionOverrides) throws -> NumberPlace {
        RegionFinder(overrides: overrides).place(of: try #require(PhoneNumber(e164: number)))
    }

    @Test func `The longest prefix wins over shorter ones and over the numbering plan`() throws {
        let parsed = parse(
            "prefix,province,city,zones", "+86170,江苏省,扬州市,", "+861701,浙江,,Asia/Urumqi Asia/Shanghai", "",
            "+86,,,Asia/Shanghai")
        #expect(parsed.diagnostics == [])
        #expect(parsed.overrides.count == 3)
        let short = try place("+8617000000000", parsed.overrides)
        #expect(short.region == Region(country: "CN", province: "江苏", city: "扬州"))
        #expect(short.possibleCities == ["扬州"])
        #expect(short.zones == [TimeZoneID("Asia/Shanghai")])
        #expect(short.source == .override(line: 2))
        let long = try place("+8617010000000", parsed.overrides)
        #expect(long.region == Region(country: "CN", province: "浙江"))
        #expect(long.zones == [TimeZoneID("Asia/Shanghai"), TimeZoneID("Asia/Urumqi")])
        let zoneOnly = try place("+8613901000000", parsed.overrides)
        #expect(zoneOnly.region.city == "北京")
        #expect(zoneOnly.source == .override(line: 5))
        let elsewhere = try place("+14155552671", parsed.overrides)
        #expect(elsewhere.source == .numberingPlan)
        #expect(elsewhere.region.city == "San Francisco")
    }

    @Test func `A place in a line replaces all of the plan's, so that no city is left in another province`() throws {
        let parsed = parse("号段,省份", "+8613901,天津")
        #expect(parsed.diagnostics == [])
        #expect(
            try place("+8613901000000", parsed.overrides).region == Region(country: "CN", province: "天津", city: "天津"))
        let states = parse("prefix,country,state", "+1415,US,NV")
        #expect(try place("+14155552671", states.overrides).region == Region(country: "US", province: "NV"))
    }

    @Test(arguments: [
        ("170,江苏,,,", "\"170\" is no prefix"), ("+0170,江苏,,,", "\"+0170\" is no prefix"),
        ("+,江苏,,,", "\"+\" is no prefix"), (",江苏,,,", "the prefix is missing"),
        ("+1234567890123456,江苏,,,", "\"+1234567890123456\" is no prefix"), ("+86１,江苏,,,", "\"+86１\" is no prefix"),
        ("+86170,浙工,,,", "unknown province \"浙工\""), ("+1415,XX,,,US", "unknown state \"XX\""),
        ("+86170,江苏,,Asia/Nowhere,", "unknown time zone \"Asia/Nowhere\""),
        ("+86170,,,PST,", "unknown time zone \"PST\""),
        ("+86170,,,,", "the row gives neither a place nor a zone"), ("+86170,,,,ZZ", "unknown country \"ZZ\""),
        ("+86170,,,,US", "numbers of US begin with +1, not with +86170"),
        ("+86171,江苏,,,", "the prefix +86171 occurs in line 2 as well"),
        ("+86170,江苏,,,,extra", "the row has 6 cells, and there are 5 columns"),
    ])
    func `An error has its line, and nothing of the file is applied`(line: String, message: String) throws {
        let parsed = parse("prefix,province,city,zones,country", "+86171,江苏,扬州,,", line)
        let rendered = parsed.diagnostics.map { "\($0.file):\($0.line ?? 0) \($0.message.english)" }
        #expect(rendered == ["regions.csv:3 \(message)"])
        #expect(parsed.overrides == RegionOverrides())
        #expect(try place("+8617100000000", parsed.overrides).region == Region(country: "CN"))
    }

    @Test func `All errors are found at once`() {
        let parsed = parse("prefix,province,zones", "+86170,浙工,Asia/Nowhere", "17", "+86171,江苏,", "+86171,江苏,")
        #expect(parsed.diagnostics.map(\.line) == [2, 2, 3, 5])
    }

    @Test func `A table without understandable columns is an error`() {
        #expect(parse().diagnostics.count == 1)
        #expect(parse("", ",").diagnostics.count == 1)
        #expect(
            parse("province,city", "江苏,扬州").diagnostics.map(\.message.english) == ["the column \"prefix\" is missing"])
        #expect(parse("prefix,provinz").diagnostics.map(\.message.english) == ["unknown column \"provinz\""])
        #expect(parse("prefix,city,城市").diagnostics.map(\.message.english) == ["the column \"城市\" occurs twice"])
        #expect(parse("prefix,province").diagnostics == [])
    }
}
