import CampaignFile
import DialModel
import Testing
import Wording

private func read(_ text: String, _ settings: LeadListSettings = LeadListSettings(file: "leads.csv", country: "CN"))
    throws(ListDefect) -> ReadList
{
    try readList(Array(text.utf8), settings: settings, chunk: 7)
}

private func message(
    _ text: String, _ settings: LeadListSettings = LeadListSettings(file: "leads.csv", country: "CN")
) -> String? {
    defect(Array(text.utf8), settings: settings)?.rendered.english
}

@Suite("Lead lists")
struct LeadListTests {
    private static let phoneHeaders = [
        "phone", "Phone Number", "MOBILE", "mobile_no", "Tel", "telephone", "cell-phone", "number", "手机", "手机号",
        " 手机号码 ",
        "电话", "电话号码", "联系电话", "号码", "ｐｈｏｎｅ", "\u{FEFF}电话", "手\u{200B}机", "客户手机号", "MSISDN",
    ]

    @Test("The column with the numbers is recognised by its usual names", arguments: Self.phoneHeaders)
    func recognisesPhone(header: String) throws {
        let list = try read("id,\(header),city\n7,13800138000,北京")
        #expect(list.leads.map(\.number.e164) == ["+8613800138000"])
        #expect(
            list.leads.first?.fields == [LeadField(name: "id", value: "7"), LeadField(name: "city", value: "北京")])
    }

    @Test(
        "So is the column with the names",
        arguments: ["name", "Full Name", "CUSTOMER_NAME", "姓名", "客户姓名", "称呼", "联系人", "Ｎａｍｅ"])
    func recognisesName(header: String) throws {
        #expect(try read("phone,\(header)\n13800138000, 张三 ").leads.first?.name == "张三")
    }

    @Test("Columns that the campaign names are used instead, whatever their case and width")
    func namedColumns() throws {
        var settings = LeadListSettings(file: "leads.csv", phoneColumn: "Ｌｉｎｅ 2", nameColumn: "who", country: "CN")
        let list = try read("phone,line2,Who,name\n13800138000,13900139000,李四,张三", settings)
        #expect(list.leads.map(\.number.e164) == ["+8613900139000"])
        #expect(list.leads.map(\.name) == ["李四"])
        #expect(list.leads.first?.fields.map(\.name) == ["phone", "name"])
        settings.phoneColumn = "mobile"
        #expect(
            message("phone,line2,who\n", settings)
                == "leads.csv:1: error: there is no column \"mobile\" (leads.columns.phone must name one of: \"phone\", \"line2\", \"who\")"
        )
        settings.phoneColumn = "phone"
        #expect(message("phone,who,Phone\n", settings)?.contains("several columns \"phone\"") == true)
    }

    @Test("A list without a usable header is a finding that shows the columns, and no telephone number")
    func noPhoneColumn() {
        let missing = message("\n\nid,城市\n1,北京\n")
        #expect(
            missing?.hasPrefix("leads.csv:3: error: no column with telephone numbers among: \"id\", \"城市\" (") == true)
        let headless = message("张三,13800138000\n李四,13900139000\n")
        #expect(headless?.contains("***********") == true)
        #expect(headless?.contains("138") == false)
        #expect(message("手机,备注,电话\n")?.contains("several columns may hold the number: \"手机\", \"电话\"") == true)
        #expect(
            message("") == "leads.csv: error: the list is empty (the first line must be a header, the others the leads)"
        )
        #expect(message("\n \n,,\n")?.contains("the list is empty") == true)
    }

    @Test("A vague header counts only where there is no better one")
    func vagueHeader() throws {
        let list = try read("number,phone\n5,13800138000")
        #expect(list.leads.first?.number.e164 == "+8613800138000")
        #expect(message("number,号码\n")?.contains("several columns") == true)
    }

    @Test("A header without leads is a warning")
    func headerOnly() throws {
        for text in ["phone", "phone\n", "phone,name\r\n,\r\n"] {
            let list = try read(text)
            #expect(list.reader.warning?.message.english == "the list has a header and no leads")
            #expect(list.leads.isEmpty && list.rejects.isEmpty)
        }
        #expect(try read("phone\n1").reader.warning == nil)
    }

    @Test("Empty rows are skipped and counted, short rows filled up, long rows rejected")
    func rowShapes() throws {
        let list = try read(
            "name,phone,a,b\n,,,\n\n张三,13800138000\n \t,\u{3000},\"\n\",\u{200B}\n李四,13900139000,1,2,3\nx\n")
        #expect(list.reader.counts.emptyRows == 3)
        #expect(list.leads.map(\.line) == [4])
        #expect(list.leads.first?.fields.map(\.value) == ["", ""])
        #expect(list.rejects.map(\.line) == [7, 8])
        #expect(list.rejects.map(\.reasonCode) == ["too_many_cells", "no_number"])
        #expect(list.rejects.map(\.cells) == [["李四", "13900139000", "1", "2", "3"], ["x", "", "", ""]])
        #expect(list.rejects.first?.reason.english == "the row has 5 cells and the header 4")
        #expect(list.reader.counts.leads == 1 && list.reader.counts.rejects == 2)
    }

    @Test("The separator is found outside quotes, and the one that the campaign names is used")
    func separators() throws {
        #expect(try read("\"a,b,c,d\";phone;\"x\ny\"\n1;13800138000;2").reader.separator == .semicolon)
        #expect(try read("phone\n13800138000").reader.separator == .comma)
        let settings = LeadListSettings(file: "leads.csv", country: "CN", separator: .pipe)
        #expect(try read("a,b,c,d,e|phone\n1|13800138000", settings).leads.count == 1)
    }

    @Test("Invisible characters and a spreadsheet's guard are taken off")
    func clean() throws {
        let list = try read("phone,name,note\n'+8613800138000,\u{200B}张三\u{FEFF},'=1+1\n13900139000,'a,'b")
        #expect(list.leads.map(\.originalNumber) == ["+8613800138000", "13900139000"])
        #expect(list.leads.map(\.name) == ["张三", "'a"])
        #expect(list.leads.map { $0.fields[0].value } == ["=1+1", "'b"])
    }

    @Test(
        "Broken quotes end the reading with the line",
        arguments: [
            ("phone,name\n1,\"张三\n2,x\n", "leads.csv:2: error: a cell begins with a quote and never ends"),
            ("phone,name\n1,x\n2,\"张\"三\n", "leads.csv:3: error: there is text after a closing quote"),
        ])
    func brokenQuotes(text: String, expected: String) {
        #expect(message(text)?.hasPrefix(expected) == true)
    }

    @Test("Every reason to reject a number has a sentence of its own")
    func reasons() {
        #expect(Set(NumberRejection.allCases.map(\.phrase)).count == NumberRejection.allCases.count)
        #expect(NumberRejection.findings() == [] && DuplicatePlace.findings() == [])
    }
}

@Suite("Rejects files")
struct RejectsFileTests {
    private let list = "name,phone,note\n张三,1380013,\"a\nb\"\n李四,13900139000,x,y,z\n王五,13800138000,=1\n"

    private func rejects(of list: ReadList, writer: CSVWriter = CSVWriter()) throws -> [UInt8] {
        let file = RejectsFile(try #require(list.reader.header), writer: writer)
        return file.head + list.rejects.flatMap(file.row)
    }

    @Test("They have the list's columns and three more")
    func columns() throws {
        let read = try readList(Array(list.utf8))
        let reason = NumberRejection.tooShort.phrase.english
        #expect(
            String(decoding: try rejects(of: read), as: UTF8.self)
                == "name,phone,note,line,reason_code,reason\r\n张三,1380013,\"a\nb\",2,too_short,\(reason)\r\n"
                + "李四,13900139000,\"x,y,z\",4,too_many_cells,the row has 5 cells and the header 3\r\n")
    }

    @Test("They read back as the list does, again and again, also through a spreadsheet")
    func readsBack() throws {
        let first = try readList(Array(list.utf8))
        for writer in [CSVWriter(), CSVWriter(excel: true)] {
            var bytes = try rejects(of: first, writer: writer)
            for _ in 0..<3 {
                let again = try readList(bytes)
                #expect(again.reader.header?.columns == ["name", "phone", "note"])
                #expect(again.leads.map(\.fields) == [[LeadField(name: "note", value: "x,y,z")]])
                #expect(again.rejects.map(\.cells) == [["张三", "1380013", "a\nb"]])
                bytes = try rejects(of: again, writer: writer)
                bytes += Array("李四,13900139000,\"x,y,z\",4,too_many_cells,-\r\n".utf8)
            }
        }
    }

    @Test("Columns of those names elsewhere are the list's own")
    func ownColumns() throws {
        let read = try readList(Array("line,reason_code,reason,phone\n1,2,3,13800138000\n".utf8))
        #expect(read.leads.first?.fields.map(\.name) == ["line", "reason_code", "reason"])
    }

    @Test("A row of a rejects file with too many cells keeps its own and the surplus, without the old reason")
    func tooManyAgain() throws {
        let text = "name,phone,line,reason_code,reason\n张三,13800138000,2,too_short,x,surplus\n"
        #expect(try readList(Array(text.utf8)).rejects.map(\.cells) == [["张三", "13800138000", "surplus"]])
    }

    @Test("A duplicate is put together as it was")
    func duplicate() throws {
        let read = try readList(Array("a,phone,b,name\n1,138 0013 8000,\"2,3\",张三\n".utf8))
        let file = RejectsFile(try #require(read.reader.header))
        let row = file.row(duplicate: try #require(read.leads.first), in: .campaign)
        #expect(
            String(decoding: row, as: UTF8.self)
                == "1,138 0013 8000,\"2,3\",张三,2,duplicate,the campaign has this number already\r\n")
    }
}
