import CampaignFile
import DialModel
import Testing
import Wording

private func read(
    _ text: String, header: [String]? = nil, campaign: String? = nil
) throws(ListDefect) -> ReadList {
    let settings = LeadListSettings(file: "leads.csv", header: header, country: "CN")
    return try readList(Array(text.utf8), settings: settings, chunk: 5, campaign: campaign)
}

@Suite("Lists without a header of their own")
struct GivenHeaderTests {
    @Test("The named columns are the header, and the first row is a lead")
    func named() throws {
        let list = try read("张三;13800138000;北京\n李四;13900139000;上海\n", header: ["姓名", "手机", "城市"])
        #expect(list.leads.map(\.line) == [1, 2])
        #expect(list.leads.map(\.name) == ["张三", "李四"])
        #expect(list.leads.last?.fields == [LeadField(name: "城市", value: "上海")])
        #expect(try read("13800138000", header: ["phone"]).leads.count == 1)
    }

    @Test("Rejected rows come back under the named columns, and that file is read with its own header")
    func rejects() throws {
        let names = ["phone", "name"]
        let list = try read("138,张三\n13900139000,李四\n", header: names)
        let file = RejectsFile(try #require(list.reader.header))
        let bytes = file.head + list.rejects.flatMap(file.row)
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("phone,name,line,reason_code,reason\r\n138,张三,1,"))
        let mended = String(decoding: bytes, as: UTF8.self).replacing("138,张三", with: "13800138000,张三")
        #expect(try read(mended, header: names).leads.map(\.number.e164) == ["+8613800138000"])
    }

    @Test("A wrong number of columns is a finding at the first row")
    func miscounted() {
        let settings = LeadListSettings(file: "leads.csv", header: ["phone", "name"], country: "CN")
        let finding = defect(Array("13800138000,张三,北京\n".utf8), settings: settings)?.rendered.english
        #expect(
            finding?.hasPrefix("leads.csv:1: error: the first row has 3 cells and 2 columns are named (name") == true)
        #expect(finding?.contains("138") == false)
    }
}

@Suite("Exports that come back as lists")
struct ExportedListTests {
    private static let head = LeadColumn.allCases.map(\.rawValue).joined(separator: ",")
    private static let chinese = LeadColumn.allCases.map(\.chinese).joined(separator: ",")
    private static let busy =
        "7,spring,12,+8613800138000,138-0013-8000,张三,waiting,,2026-01-02T11:04:05.678+08:00,2026-01-02T03:04:05.678Z,"
        + "2,busy,2026-01-02T10:00:00.000+08:00,2026-01-02T02:00:00.000Z,0,,,,,"
    private static let reached = "8,spring,13,+8613900139000,13900139000,,finished,reached,,,0,,,,0,,,,,"

    private static let waiting = standing(
        7,
        LeadStanding(
            progress: .waiting(Timestamp(milliseconds: 1_767_323_045_678)), attempts: 2,
            last: LeadStanding.Ending(outcome: .busy, at: Timestamp(milliseconds: 1_767_319_200_000))))

    private static func standing(_ id: Int64, _ standing: LeadStanding) -> LeadStanding {
        var standing = standing
        standing.id = id
        return standing
    }

    @Test("Leads come back with what had become of them, in either language", arguments: [head, chinese])
    func restored(head: String) throws {
        let list = try read("\(head),state,城市\r\n\(Self.busy),FL,北京\r\n\(Self.reached),GA,\r\n", campaign: "spring")
        #expect(
            list.leads.map(\.standing) == [Self.waiting, Self.standing(8, LeadStanding(progress: .finished(.reached)))])
        #expect(list.leads.map(\.originalNumber) == ["138-0013-8000", "13900139000"])
        #expect(list.leads.map(\.firstLine) == [12, 13] && list.leads.map(\.line) == [2, 3])
        #expect(
            list.leads[0].fields == [LeadField(name: "state", value: "FL"), LeadField(name: "城市", value: "北京")])
        #expect(list.reader.counts.restored == 2 && list.reader.header?.isExport == true)
    }

    @Test("So do priority, end, call-back and the other numbers of a callee")
    func treatment() throws {
        let row = Self.busy.dropLast(",0,,,,,".count)
        let end = "2026-01-31T16:00:00.000Z"
        let list = try read(
            "\(Self.head)\n\(row),-3,\(end),\(end),王,7,caller_id: none\n\(Self.reached.dropLast())7,\n",
            campaign: "spring")
        let lead = try #require(list.leads.first)
        #expect(lead.priority == -3 && lead.expires == .instant(Timestamp(milliseconds: 1_769_875_200_000)))
        #expect(lead.standing?.callbackAt == Timestamp(milliseconds: 1_769_875_200_000))
        #expect(lead.standing?.callbackAgent == AgentID("王"))
        #expect(list.leads.map(\.standing?.contact) == [7, 7])
        #expect(lead.standing?.holdReason == "caller_id: none")
        let broken = try read(
            "\(Self.head)\n\(row),9999,,,,,\n\(row),0,soon,,,,\n\(row),0,,soon,,,\n", campaign: "spring")
        #expect(broken.rejects.map(\.reasonCode) == ["bad_priority", "bad_expiry", "bad_state"])
    }

    @Test("Into another campaign they are new leads")
    func foreign() throws {
        let list = try read("\(Self.head)\n\(Self.busy)\n", campaign: "autumn")
        #expect(list.leads.map(\.standing) == [nil])
        #expect(list.leads.map(\.originalNumber) == ["138-0013-8000"])
        #expect(list.reader.counts.foreign == 1 && list.reader.counts.restored == 0)
    }

    @Test("A column of a list with the name of one of ours keeps its name, however often it comes and goes")
    func names() throws {
        for name in ["state", "Phone", "list.state", "list.list.campaign", "list.other", "", "状态"] {
            let exported = ListColumnName.exported(name)
            let list = try read("\(Self.head),\(exported)\n\(Self.reached),x\n", campaign: "spring")
            #expect(list.leads.first?.fields == [LeadField(name: name, value: "x")])
        }
        #expect(
            ListColumnName.exported("state") == "list.state" && ListColumnName.exported("list.other") == "list.other")
    }

    @Test("Without all of our columns in their order a list is a list, and a column called state is its own")
    func almost() throws {
        let list = try read("phone,name,state\n13800138000,Li,finished\n", campaign: "spring")
        #expect(list.leads.first?.standing == nil)
        #expect(list.leads.first?.fields == [LeadField(name: "state", value: "finished")])
    }

    @Test(
        "What no export writes is rejected, and so is a lead that was in a call",
        arguments: [
            (",waiting,,", ",dialing,,", "in_a_call"), (",waiting,,", ",waitng,,", "bad_state"),
            (",2,busy,", ",two,busy,", "bad_state"), (",2,busy,", ",2,engaged,", "bad_state"),
            (",2,busy,", ",10001,busy,", "bad_state"),
            ("2026-01-02T03:04:05.678Z", "2026/1/2 3:04", "bad_state"),
            ("+8613800138000", "+86138****8000", "masked_number"),
        ])
    func unreadable(part: String, other: String, code: String) throws {
        let row = Self.busy.replacing(part, with: other)
        let list = try read("\(Self.head)\n\(row)\n", campaign: "spring")
        #expect(list.rejects.map(\.reasonCode) == [code])
        #expect(list.rejects.map(\.line) == [2])
        let file = RejectsFile(try #require(list.reader.header))
        let again = try readList(file.head + list.rejects.flatMap(file.row), campaign: "spring")
        #expect(again.reader.header?.isExport == true && again.rejects.map(\.reasonCode) == [code])
    }

    @Test("A number that its area code alone vouched for comes back by how it was listed")
    func landline() throws {
        let row = Self.reached.replacing("+8613900139000,13900139000", with: "+868719403670,0871-9403670")
        #expect(try read("\(Self.head)\n\(row)\n", campaign: "spring").leads.map(\.number.e164) == ["+868719403670"])
        let other = row.replacing("0871-9403670", with: "0871-9403671")
        #expect(
            try read("\(Self.head)\n\(other)\n", campaign: "spring").rejects.map(\.reasonCode) == ["invalid_number"])
    }

    @Test("The local time counts where the one in UTC was emptied")
    func local() throws {
        let row = Self.busy.replacing(",2026-01-02T03:04:05.678Z", with: ",")
        let list = try read("\(Self.head)\n\(row)\n", campaign: "spring")
        #expect(list.leads.map(\.standing) == [Self.waiting])
    }
}

@Suite("Instants as text")
struct InstantTextTests {
    @Test("What is written is read back, whatever the offset")
    func roundTrip() {
        var random = SplitMix64(seed: 5)
        for round in 0..<2_000 {
            let instant = Timestamp(milliseconds: Int64(random.below(4_102_444_800_000)) - 1_000_000_000_000)
            var bytes: [UInt8] = []
            let offset: Int? = round % 3 == 0 ? nil : (Int(random.below(105)) - 52) * 900
            instant.appendISO8601(offset: offset, to: &bytes)
            #expect(Timestamp(iso8601: String(decoding: bytes, as: UTF8.self)) == instant)
        }
    }

    @Test("Short forms are read, and nothing else is")
    func forms() {
        let minute = Timestamp(milliseconds: 1_767_323_040_000)
        for text in [
            "2026-01-02T03:04Z", "2026-01-02T03:04:00Z", "2026-01-02T11:04+08:00", "2026-01-01T22:04:00.000-05:00",
        ] {
            #expect(Timestamp(iso8601: text) == minute)
        }
        let others = [
            "", "2026-01-02", "2026-01-02 03:04Z", "2026-01-02T03:04", "2026-13-02T03:04Z", "2026-01-02T24:04Z",
            "2026-01-02T03:60Z", "2026-01-02T03:04:5Z", "2026-01-02T03:04:00.1Z", "2026-01-02T03:04+0800",
            "2026-01-02T03:04Zx",
        ]
        for text in others { #expect(Timestamp(iso8601: text) == nil, "\(text)") }
    }
}
