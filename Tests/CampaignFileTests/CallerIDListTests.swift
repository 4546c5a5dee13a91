import CampaignFile
import DialModel
import Testing
import Wording

/// Reads an inventory named `n.csv`.
private func parse(_ text: String) -> (numbers: [OutboundNumber]?, diagnostics: [Diagnostic]) {
    CallerIDList.parse(bytes: Array(text.utf8), file: "n.csv")
}

/// The findings of a file, each of which must keep it from being used.
private func errors(_ text: String) -> [String] {
    let (numbers, diagnostics) = parse(text)
    #expect(numbers == nil, "nothing is half imported")
    return diagnostics.map { $0.rendered.english.replacing("error: ", with: "") }
}

@Suite("Inventories of numbers")
struct CallerIDListTests {
    /// What both of the next files say.
    private static let rich = OutboundNumber(
        "057180000001", region: NumberRegion(province: "浙江省", city: "杭州"), skillGroups: ["sales", "售后"],
        pools: ["main", "east", "west"], virtual: VirtualNumber("057190000001", region: NumberRegion(city: "宁波")),
        kind: .other, provider: "A",
        limits: NumberLimits(
            weight: 5, maxConcurrent: 20, maxPerDay: 200, minGap: .seconds(60), blockedProvinces: ["西藏", "新疆"],
            window: DailyWindow(opens: 9 * 3_600, closes: 18 * 3_600 + 1_800) ?? .always))

    private static let files = [
        """
        number,province,city,pools,groups,weight,max_concurrent,max_per_day,min_gap,blocked_provinces,window,kind,provider,\
        virtual,virtual_city
        0571-8000 0001,浙江省,杭州,main east;west|main,sales;售后,5,20,200,60s,新疆维吾尔自治区|西藏,09:00-18:30,other,A,\
        0571-90000001,宁波

        """,
        "\u{FEFF}号码;省份;城市;号码池;技能组;权重;并发;日上限;间隔;盲区;时段;类型;供应商;虚拟号码;虚拟城市\r\n"
            + "０５７１８００００００１;浙江省;杭州;\"main；east、west\";sales 售后;５;20;200;1m;新疆，西藏;9：00～18:30;other;A;"
            + "057190000001;宁波\r\n;;;\r\n",
    ]

    @Test("English and Chinese columns say the same", arguments: Self.files)
    func columns(text: String) {
        let (numbers, diagnostics) = parse(text)
        #expect(diagnostics.map(\.rendered.english) == [])
        #expect(numbers == [Self.rich])
    }

    @Test("What a row leaves out has its default")
    func defaults() {
        let (numbers, diagnostics) = parse("Number,Max Per Day,weight\n057180000001\n13800138000,,\n4001234567,,0")
        #expect(diagnostics.map(\.rendered.english) == [])
        let last = OutboundNumber("4001234567", kind: .service400, limits: NumberLimits(weight: 0))
        #expect(numbers == [OutboundNumber("057180000001"), OutboundNumber("13800138000", kind: .mobile), last])
        #expect(numbers?.map(\.kind) == [.landline, .mobile, .service400])
    }

    @Test("GBK is read like UTF-8")
    func gbk() {
        let bytes: [UInt8] = [
            0xBA, 0xC5, 0xC2, 0xEB, 0x2C, 0xCA, 0xA1, 0xB7, 0xDD, 0x2C, 0xB3, 0xC7, 0xCA, 0xD0, 0x2C, 0xBA,
            0xC5, 0xC2, 0xEB, 0xB3, 0xD8, 0x0A, 0x30, 0x35, 0x37, 0x31, 0x38, 0x30, 0x30, 0x30, 0x30, 0x30,
            0x30, 0x31, 0x2C, 0xD5, 0xE3, 0xBD, 0xAD, 0x2C, 0xBA, 0xBC, 0xD6, 0xDD, 0x2C, 0xD6, 0xF7, 0xB3,
            0xD8, 0x0A,
        ]
        let (numbers, diagnostics) = CallerIDList.parse(bytes: bytes, file: "n.csv")
        #expect(diagnostics.map(\.rendered.english) == [])
        let region = NumberRegion(province: "浙江", city: "杭州")
        #expect(numbers == [OutboundNumber("057180000001", region: region, pools: ["主池"])])
    }

    @Test("A virtual pool has a size, and the window may be the whole day")
    func virtualPool() throws {
        let (numbers, diagnostics) = parse("number,virtual,window\n057180000001,pool:axb:20,00:00-24:00")
        #expect(diagnostics.map(\.rendered.english) == [])
        let number = try #require(numbers?.first)
        #expect(number.virtual == VirtualNumber(pool: VirtualPool(id: "axb", size: 20), region: NumberRegion()))
        #expect(number.limits.window == .always)
    }

    private static let cells: [(String, String, String)] = [
        ("weight", "heavy", "must be a whole number from 0 to 1000000, not \"heavy\""),
        ("weight", "1.5", "must be a whole number from 0 to 1000000, not \"1.5\""),
        ("weight", "-1", "must be a whole number from 0 to 1000000, not \"-1\""),
        ("max_concurrent", "0", "must be a whole number from 1 to 20, not \"0\""),
        ("并发", "-1", "must be a whole number from 1 to 20, not \"-1\""),
        ("max_concurrent", "21", "must be a whole number from 1 to 20, not \"21\""),
        ("max_per_day", "0", "must be a whole number from 1 to 1000000, not \"0\""),
        ("日上限", "-5", "must be a whole number from 1 to 1000000, not \"-5\""),
        ("min_gap", "60", "must be a length of time, not \"60\" (add a unit: 60s, 60m or 60h)"),
        ("min_gap", "2d", "must be 1d at most, not \"2d\""),
        ("window", "22:00-08:00", "must be hours of one day, not \"22:00-08:00\" (for example 08:00-22:00)"),
        ("window", "08:00", "must be hours of one day, not \"08:00\" (for example 08:00-22:00)"),
        ("window", "08:00-24:01", "must be hours of one day, not \"08:00-24:01\" (for example 08:00-22:00)"),
        ("window", "08:60-12:00", "must be hours of one day, not \"08:60-12:00\" (for example 08:00-22:00)"),
        ("window", "8-22", "must be hours of one day, not \"8-22\" (for example 08:00-22:00)"),
        ("window", "+8:00-22:00", "must be hours of one day, not \"+8:00-22:00\" (for example 08:00-22:00)"),
        (
            "window", "08:00-12:00-13:00",
            "must be hours of one day, not \"08:00-12:00-13:00\" (for example 08:00-22:00)"
        ),
        ("省份", "浙工省", "names no province: \"浙工省\" (did you mean \"浙江\"?)"),
        ("blocked_provinces", "西藏;黑龙汪", "names no province: \"黑龙汪\" (did you mean \"黑龙江\"?)"),
        ("kind", "mobil", "cannot be \"mobil\" (did you mean \"mobile\"?)"),
        ("virtual", "abc", "cannot be \"abc\", which is no telephone number"),
        ("virtual", "pool:axb", "must be a pool and its size, not \"pool:axb\" (for example pool:main:20)"),
        ("virtual", "pool:axb:0", "must be a pool and its size, not \"pool:axb:0\" (for example pool:main:20)"),
        ("virtual_city", "宁波", "needs a virtual number beside it"),
    ]

    @Test("A cell that cannot be is a finding", arguments: Self.cells)
    func cell(column: String, text: String, complaint: String) {
        let found = errors("number,\(column)\n057180000001,\(text)\n057180000002,\n")
        #expect(found == ["n.csv:2: \"\(column)\" \(complaint)"])
    }

    @Test("A province is checked only where the number is of the mainland")
    func provinces() {
        let abroad = parse("number,province,blocked_provinces\n+12125551234,New York,NJ\n95588,?,")
        #expect(abroad.diagnostics == [])
        #expect(abroad.numbers?.first?.region.province == "New York")
        #expect(abroad.numbers?.first?.limits.blockedProvinces == ["NJ"])
        for number in ["+86 571 8000 0001", "0086 13800138000", "8613800138000", "4001234567", "+86 400 123 4567"] {
            #expect(errors("number,province\n\(number),New York").count == 1, "\(number)")
        }
    }

    @Test("A number that is there twice names its first line, however it is written")
    func duplicates() {
        let text = """
            number
            057180000001
            +86 571 8000 0001
            13800138000

            008613800138000
            +1 (212) 555-1234
            0012125551234
            057180000002
            """
        #expect(
            errors(text) == [
                "n.csv:3: +8657180000001 is there twice (the first is in line 2)",
                "n.csv:6: 008613800138000 is there twice (the first is in line 4)",
                "n.csv:8: 0012125551234 is there twice (the first is in line 7)",
            ])
    }

    private static let neighbours: [(String, String, String?)] = [
        ("057180000001", "+12125551234", "+86 in line 2 and +1"),
        ("057180000001", "0085221234567", "+86 in line 2 and +852"),
        ("057180000001", "006512345678", "+86 in line 2 and +65"),
        ("+12125551234", "13800138000", "+1 in line 2 and +86"),
        ("+442071234567", "+12125551234", "+44 in line 2 and +1"), ("+74951234567", "+77271234567", nil),
        ("057180000001", "+8613800138000", nil), ("057180000001", "4001234567", nil), ("057180000001", "95588", nil),
    ]

    @Test("A pool has the numbers of one country", arguments: Self.neighbours)
    func countries(first: String, second: String, difference: String?) {
        let text = "number,pools\n\(first),a main\n\(second),main b\n"
        guard let difference else {
            #expect(parse(text).diagnostics == [])
            #expect(parse(text).numbers?.count == 2)
            return
        }
        #expect(
            errors(text) == [
                "n.csv:3: the pool \"main\" has numbers of two countries: \(difference) (make a pool for each country)"
            ])
        #expect(parse("number,pools\n\(first),a\n\(second),b\n").numbers?.count == 2, "two pools may differ")
    }

    @Test("Every finding comes at once, in the order of the file")
    func allAtOnce() {
        let text = """
            号码,省份,并发,备注
            057180000001,浙将,0,x
            none,浙江,1,
            ,浙江,1,
            057180000002,浙江,1,,,y
            057180000002,浙江,99,
            """
        let (numbers, diagnostics) = parse(text)
        #expect(numbers == nil)
        #expect(diagnostics.filter { $0.severity == .warning }.map(\.line) == [1])
        #expect(
            diagnostics.filter { $0.severity == .error }.map(\.rendered.english) == [
                "n.csv:2: error: \"省份\" names no province: \"浙将\" (did you mean \"浙江\"?)",
                "n.csv:2: error: \"并发\" must be a whole number from 1 to 20, not \"0\"",
                "n.csv:3: error: \"号码\" cannot be \"none\", which is no telephone number",
                "n.csv:4: error: the row has no number",
                "n.csv:5: error: the row has 6 cells and the header 4 (quote a cell that holds the separator)",
                "n.csv:6: error: \"并发\" must be a whole number from 1 to 20, not \"99\"",
                "n.csv:6: error: 057180000002 is there twice (the first is in line 5)",
            ])
    }

    @Test("A column that is not read is a warning, and the file is used")
    func unknownColumn() {
        let (numbers, diagnostics) = parse("number,max_concurent\n057180000001,5")
        #expect(
            diagnostics.map(\.rendered.english) == [
                "n.csv:1: warning: the column \"max_concurent\" is not read (did you mean \"max_concurrent\"?)"
            ])
        #expect(numbers == [OutboundNumber("057180000001")])
    }

    private static let unusable: [(String, String)] = [
        ("", "n.csv: the file is empty"), ("\n \n,,\n", "n.csv: the file is empty"),
        ("number,city\n\n", "n.csv:1: the file has a header and no numbers"),
        ("\ncity,pools\n杭州,main", "n.csv:2: there is no column \"number\""),
        ("number,号码\n1,2", "n.csv:1: \"number\" and \"号码\" are the same column"),
        ("number\n\"0571", "n.csv:2: a cell begins with a quote and never ends"),
    ]

    @Test("A file that is no inventory is a finding", arguments: Self.unusable)
    func noInventory(text: String, expected: String) {
        #expect(errors(text).first?.hasPrefix(expected) == true)
    }

    @Test("Bytes that are no text are a finding with their line")
    func noText() {
        let (numbers, diagnostics) = CallerIDList.parse(bytes: Array("number\n".utf8) + [0xFF, 0x00], file: "n.csv")
        #expect(numbers == nil)
        #expect(
            diagnostics.map(\.rendered.english) == [
                "n.csv:2: error: the text is neither UTF-8, UTF-16 nor GB18030 (save the file as UTF-8)"
            ])
    }
}
