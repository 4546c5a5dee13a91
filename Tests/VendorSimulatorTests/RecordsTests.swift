import DialModel
import Testing

@testable import VendorSimulator

@Suite struct RecordsTests {
    private static let firstPage = ["PageNumber": "1", "PageSize": "10"]

    private func listed(
        _ dialect: inout AlibabaDialect, _ own: [String: String] = [:], after seconds: Int = 200
    ) -> Reply {
        dialect.call("ListCallDetailRecords", Self.firstPage.merging(own) { $1 }, after: seconds)
    }

    private let list = "CallDetailRecords.List.CallDetailRecord"

    @Test func `A record sums a call up`() {
        var dialect = Centre.dialect()
        let task = dialect.dial(Centre.talks)["TaskId"]
        let reply = listed(&dialect)
        #expect(reply["CallDetailRecords.TotalCount"] == "1")
        #expect(reply["\(list).0.ContactId"] == task)
        #expect(reply["\(list).0.ContactType"] == "Outbound")
        #expect(reply["\(list).0.ContactDisposition"] == "Success")
        #expect(reply["\(list).0.CallingNumber"] == "01080000001")
        #expect(reply["\(list).0.CalledNumber"] == Centre.talks)
        #expect(reply["\(list).0.StartTime"] == "1767319384000" && !reply.isText("\(list).0.StartTime"))
        #expect(reply["\(list).0.Duration"] == "30")
        #expect(reply["\(list).0.AgentNames"] == "Agent 1")
        #expect(reply["\(list).0.Agents.CallDetailAgent.0.AgentId"] == "200000000000000001")
        #expect(reply["\(list).0.SkillGroupNames"] == "sales")
        #expect(reply["\(list).0.Recordings.Recording.0.Duration"] == "30")
    }

    @Test(arguments: [
        ("990003", "NoAnswer", "486-Busy Here"), ("990004", "NoAnswer", "404-Not Found"),
        ("990005", "NoAnswer", "487-Request Terminated"), ("990006", "NoAnswer", "603-Decline"),
        ("990009", "NoAnswer", "503-Service Unavailable"), ("990010", "NoAnswer", "480-Temporarily Unavailable"),
        ("990008", "AbandonedInQueue", "200-OK"), ("990014", "QueueOverflow", "200-OK"),
        ("990007", "QueueOverflow", "200-OK"),
    ])
    func `Every ending has its disposition and its reason`(suffix: String, disposition: String, reason: String) {
        var dialect = Centre.dialect(agents: 0) { $0.centre.queueTimeout = .seconds(20) }
        let task = dialect.dial("13800" + suffix)["TaskId"] ?? ""
        let reply = listed(&dialect)
        #expect(reply["\(list).0.ContactDisposition"] == disposition)
        #expect(reply["\(list).0.AgentNames"] == "")
        #expect(reply["\(list).0.Agents.CallDetailAgent.0.AgentId"] == nil)
        let details = dialect.call("ListCallEventDetailByContactId", ["ContactId": task], after: 201)
        #expect(details["Data.ReleaseReason"] == reason)
    }

    @Test func `An open call has no record, and a closed one has it after the delay`() {
        var dialect = Centre.dialect { $0.recordDelay = .seconds(100) }
        _ = dialect.dial("13800990003")
        #expect(listed(&dialect, after: 2).count(list) == 0)
        #expect(listed(&dialect, after: 102).count(list) == 0)
        #expect(listed(&dialect, after: 103).count(list) == 1)
    }

    @Test func `A lost record turns up two hours later`() {
        var dialect = Centre.dialect()
        dialect.faults.loseRecordEvery = 2
        for _ in 0..<4 { _ = dialect.dial("13800990003") }
        #expect(listed(&dialect).count(list) == 2)
        #expect(listed(&dialect, after: 7202).count(list) == 2)
        #expect(listed(&dialect, after: 7203).count(list) == 4)
    }

    @Test func `Pages follow one another, and only the first says how many there are`() {
        var dialect = Centre.dialect()
        for second in 0..<25 { _ = dialect.call("DialEx", AlibabaDialect.dialForm("13800990003"), after: second) }
        let pages = (1...4).map { listed(&dialect, ["PageNumber": String($0)]) }
        #expect(pages.map { $0.count(list) } == [10, 10, 5, 0])
        #expect(pages.map { $0["CallDetailRecords.TotalCount"] } == ["25", "0", "0", "0"])
        let starts = pages.flatMap { page in (0..<10).compactMap { page["\(list).\($0).StartTime"] } }
        #expect(starts == starts.sorted() && Set(starts).count == 25)
        let newest = listed(&dialect, ["OrderBy": "DESC"])
        #expect(newest["\(list).0.StartTime"] == starts.last)
    }

    @Test func `Filters narrow the list`() {
        var dialect = Centre.dialect()
        _ = dialect.dial(Centre.talks)
        _ = dialect.dial("13800990003", after: 10)
        _ = dialect.call("StartBack2BackCall", ["Caller": "13900000001", "Callee": "13800990003"], after: 20)
        let start = Centre.start.milliseconds
        let expected: [([String: String], Int)] = [
            ([:], 3), (["Criteria": Centre.talks], 1), (["Criteria": "Agent 1"], 1), (["Criteria": "1380099"], 0),
            (["ContactType": "Back2Back,Inbound"], 1), (["ContactDisposition": "NoAnswer"], 2),
            (["PhoneNumber": "01080000001"], 2), (["ContactId": dialect.taskID(of: 1)], 1),
            (["StartTime": String(start + 5000), "StopTime": String(start + 15_000)], 1),
        ]
        for (filter, count) in expected { #expect(listed(&dialect, filter).count(list) == count, "\(filter)") }
    }

    @Test func `A window may be seven days long, and a page a hundred records`() {
        var dialect = Centre.dialect()
        let now = Centre.start.milliseconds
        let week = 7 * 86_400_000 as Int64
        func code(_ own: [String: String]) -> String? { listed(&dialect, own, after: 0)["Code"] }
        #expect(code(["StartTime": String(now - week), "StopTime": String(now)]) == "OK")
        #expect(code(["StartTime": String(now - week - 1), "StopTime": String(now)]) == "Parameter.Maximum")
        #expect(code(["StartTime": String(now), "StopTime": String(now - 1)]) == "Parameter.Invalid")
        #expect(code(["StartTime": "9223372036854775807"]) == "Parameter.Invalid")
        #expect(code(["PageSize": "100"]) == "OK")
        #expect(code(["PageSize": "101"]) == "Parameter.Maximum")
        #expect(code(["PageNumber": "0"]) == "Parameter.Minimum")
        #expect(code(["PageNumber": "9223372036854775807"]) == "OK")
        #expect(code(["PageNumber": ""]) == "MissingPageNumber")
    }

    @Test func `Without a window the records are today's, by the vendor's clock`() {
        // 02:03:04 UTC is 10:03:04 in Shanghai; the day ends there 13 h 56 min 56 s later.
        var dialect = Centre.dialect()
        _ = dialect.dial("13800990003")
        #expect(listed(&dialect, after: 50_215).count(list) == 1)
        #expect(listed(&dialect, after: 50_216).count(list) == 0)
    }

    @Test func `The user of an access key has no calls of their own`() {
        var dialect = Centre.dialect()
        _ = dialect.dial("13800990003")
        let reply = dialect.call("ListRecentCallRecords", Self.firstPage, after: 60)
        #expect(reply["Code"] == "OK" && reply.count(list) == 0)
    }

    @Test func `Recordings can be listed and fetched, the link quoted under a fault`() {
        var dialect = Centre.dialect()
        let task = dialect.dial(Centre.talks)["TaskId"] ?? ""
        let recordings = dialect.call("ListRecordingsByContactId", ["ContactId": task], after: 100)
        let file = recordings["Recordings.Recording.0.FileName"] ?? ""
        let plain = dialect.call("DownloadRecording", ["FileName": file], after: 100)
        #expect(plain["MediaDownloadParam.SignatureUrl"]?.hasPrefix("http") == true)
        dialect.faults.quotedSignatureURLs = true
        let quoted = dialect.call("DownloadAllTypeRecording", ["ContactId": task], after: 100)
        let link = quoted["MediaDownloadParamList.MediaDownloadParam.0.SignatureUrl"] ?? ""
        #expect(link.hasPrefix("\"http") && link.hasSuffix("\""))
        #expect(dialect.call("DownloadRecording", ["FileName": "x.wav"], after: 100)["Code"] == "NotExists.FileName")
    }
}
