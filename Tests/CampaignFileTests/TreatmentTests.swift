import CampaignFile
import DialModel
import Testing
import Wording

@Suite("What a list says of how its leads are to be treated")
struct TreatmentTests {
    private func read(_ text: String, _ columns: ListColumns) throws -> ReadList {
        let settings = LeadListSettings(file: "leads.csv", columns: columns, country: "CN")
        return try readList(Array(text.utf8), settings: settings)
    }

    @Test("Priority and last day, as people write them; what is empty says nothing")
    func priorityAndEnd() throws {
        let rows = [
            "13800138000,5,2026-12-31", "13800138001, -999 ,2026/1/2", "13800138002,０,2026年3月4日", "13800138003,,",
            "13800138004,1,2026-12-31T00:00:00Z",
        ]
        let list = try read(
            "手机,优先,有效期\n" + rows.joined(separator: "\n"), ListColumns(priority: "优先", expires: "有效期"))
        #expect(list.leads.map(\.priority) == [5, -999, 0, 0, 1])
        let days = [(2026, 12, 31), (2026, 1, 2), (2026, 3, 4)].compactMap { CivilDay(year: $0, month: $1, day: $2) }
        #expect(list.leads.prefix(3).map(\.expires) == days.map { .endOf($0) })
        #expect(list.leads[3].expires == nil)
        #expect(list.leads[4].expires == .instant(Timestamp(milliseconds: 1_798_675_200_000)))
        #expect(list.leads[0].fields.map(\.name) == ["优先", "有效期"], "they are columns like any other")
    }

    @Test("What cannot be read is rejected with its reason, and no lead is treated in another way than was meant")
    func unreadable() throws {
        let rows = [
            "13800138000,high,", "13800138001,1.5,", "13800138002,1000,", "13800138003,,soon",
            "13800138004,,31/12/2026",
        ]
        let list = try read(
            "手机,优先,有效期\n" + rows.joined(separator: "\n"), ListColumns(priority: "优先", expires: "有效期"))
        #expect(list.leads.isEmpty)
        #expect(
            list.rejects.map(\.reasonCode) == [
                "bad_priority", "bad_priority", "bad_priority", "bad_expiry", "bad_expiry",
            ])
    }

    @Test("Further numbers come in their order, once each, and those that cannot be dialled are left out")
    func alternates() throws {
        let row = "13800138000,138-0013-8000,110,010-61234567,＋8613900139000"
        let list = try read(
            "手机,二,三,四,五\n\(row)\n", ListColumns(alternates: ["五", "二", "三", "四"]))
        #expect(list.leads[0].alternates.map(\.number.e164) == ["+8613900139000", "+861061234567"])
        #expect(list.leads[0].alternates.map(\.original) == ["＋8613900139000", "010-61234567"])
        #expect(list.reader.counts.unusableAlternates == 1)
    }

    @Test("A column that is named and not there is an error with the name")
    func missing() {
        for columns in [
            ListColumns(priority: "x"), ListColumns(expires: "x"), ListColumns(alternates: ["x"]),
            ListColumns(province: "x"),
            ListColumns(zone: "x"),
        ] {
            #expect(throws: ListDefect.self) { try read("手机\n13800138000\n", columns) }
        }
    }

    @Test("Dispositions in Chinese and English, with call-backs by the clock or with their offset")
    func dispositions() throws {
        let text = """
            拨打编号,手机号,小结,回呼时间,坐席,备注
            17,,成交,,,好
            ,13800138000,勿扰,2026-11-27 15:00,wang,
            ,13800138001,预约回呼,2026/11/27 9:30:15,wang,
            18,,call back,2026-11-27T15:00:00+08:00,,
            """
        let (list, diagnostics) = DispositionList.parse(bytes: Array(text.utf8), file: "d.csv")
        #expect(diagnostics == [])
        let rows = try #require(list)
        #expect(rows.map(\.disposition) == [.sale, .doNotCall, .callback, .callback])
        #expect(rows.map(\.attempt) == [AttemptID(17), nil, nil, AttemptID(18)])
        #expect(rows[1].callback == nil && rows[1].agent == nil, "only a call-back has a time")
        let day = try #require(CivilDay(year: 2026, month: 11, day: 27))
        #expect(rows[2].callback == .local(day, second: 9 * 3_600 + 30 * 60 + 15) && rows[2].agent == "wang")
        #expect(rows[3].callback == .instant(Timestamp(milliseconds: 1_795_762_800_000)))
    }

    @Test("Everything that is wrong with a file of dispositions comes at once")
    func wrongDispositions() {
        func findings(_ text: String) -> [String] {
            DispositionList.parse(bytes: Array(text.utf8), file: "d.csv").diagnostics.map(\.rendered.english)
        }
        let text =
            "attempt_id,phone,disposition,callback_at\nx,,sale,\n,,sale,\n1,,happy,\n2,,callback,\n3,,callback,soon\n"
        let all = findings(text)
        #expect(all.count == 5)
        for (finding, words) in zip(
            all, ["no number", "neither", "none that is known", "needs its time", "cannot be read"])
        {
            #expect(finding.hasPrefix("d.csv:") && finding.contains(words), "\(finding)")
        }
        #expect(findings("phone,note\n1,x\n").contains { $0.contains("no column with dispositions") })
        #expect(findings("disposition\nsale\n").contains { $0.contains("whom the rows are about") })
        #expect(findings("").contains { $0.contains("the file is empty") })
    }
}
