import Testing

@testable import VendorSimulator

@Suite struct DiallingTests {
    @Test func `A call to the queue is accepted with a task id of 18 digits, and its details grow`() {
        var dialect = Centre.dialect()
        let accepted = dialect.dial(Centre.answersLater)
        #expect(accepted["StatusCode"] == "200" && accepted["StatusDesc"] == "Okay")
        #expect(accepted["TimeStamp"] == "1767319384000" && accepted.isText("TimeStamp"))
        let task = accepted["TaskId"] ?? ""
        #expect(task == "176731938400000000")
        func details(_ seconds: Int) -> Reply {
            dialect.call("ListCallEventDetailByContactId", ["ContactId": task], after: seconds)
        }
        #expect(details(0).count("Data.Events.CallEventDetail") == 0)
        let dialing = details(2)
        #expect(dialing["Data.Events.CallEventDetail.0.Event"] == "Dial")
        #expect(dialing["Data.Events.CallEventDetail.0.Status"] == "Dialing")
        #expect(dialing["Data.ReleaseReason"] == "")
        let talking = details(12)
        #expect(talking["Data.Events.CallEventDetail.1.Event"] == "EnterQueue")
        #expect(talking["Data.Events.CallEventDetail.1.DetailData.EventType"] == "queue")
        #expect(talking["Data.Events.CallEventDetail.4.Event"] == "Talk")
        #expect(talking["Data.Events.CallEventDetail.4.AgentName"] == "Agent 1")
        #expect(talking["Data.Events.CallEventDetail.4.TimeStamp"] == "1767319394000")
        #expect(talking.isText("Data.Events.CallEventDetail.4.TimeStamp"))
        let over = details(60)
        #expect(over["Data.ReleaseReason"] == "200-OK")
        #expect(over["Data.Caller"] == "01080000001" && over["Data.Callee"] == Centre.answersLater)
        #expect(over["Data.Events.CallEventDetail.4.Duration"] == "30")
    }

    @Test func `A call for an agent goes to that agent`() {
        var dialect = Centre.dialect(agents: 3)
        let bound = dialect.call(
            "DialEx",
            [
                "Caller": "01080000001", "Callee": Centre.talks, "AnswerMode": "1",
                "RoutPoint": "200000000000000003@simulator",
            ])
        #expect(bound["StatusCode"] == "200")
        let task = bound["TaskId"] ?? ""
        let details = dialect.call("ListCallEventDetailByContactId", ["ContactId": task], after: 5)
        #expect(details["Data.Events.CallEventDetail.2.AgentName"] == "Agent 3")
    }

    @Test func `A call for the recorded dialogue enters it`() {
        var dialect = Centre.dialect()
        var form = AlibabaDialect.dialForm(Centre.talks)
        form["AnswerMode"] = "0"
        form["RoutPoint"] = "flow-1"
        let task = dialect.call("DialEx", form)["TaskId"] ?? ""
        let details = dialect.call("ListCallEventDetailByContactId", ["ContactId": task], after: 3)
        #expect(details["Data.Events.CallEventDetail.1.Event"] == "EnterIVR")
        let tracks = dialect.call(
            "ListIvrTrackingDetail", ["PageNumber": "1", "PageSize": "10", "ContactId": task], after: 30)
        #expect(tracks["IvrTrackingDetails.List.IvrTrackingDetail.0.Status"] == "Completed")
    }

    @Test(arguments: [
        (["Caller": "01099999999"], "NotExists.Number", 404), (["Callee": ""], "MissingCallee", 400),
        (["Callee": "138x"], "Parameter.Format", 400), (["Callee": "1"], "Parameter.Format", 400),
        (["AnswerMode": "7"], "Parameter.Enumeration", 400), (["AnswerMode": "two"], "Parameter.Format", 400),
        (["RoutPoint": "elsewhere"], "NotExists.SkillGroupId", 404),
        (["AnswerMode": "1", "RoutPoint": "200000000000000001@Simulator"], "NotExists.UserId", 404),
        (["AnswerMode": "1", "RoutPoint": "200000000000000009@simulator"], "NotExists.UserId", 404),
    ])
    func `A call that cannot be placed is refused, and none exists`(change: [String: String], code: String, status: Int)
    {
        var dialect = Centre.dialect()
        let form = AlibabaDialect.dialForm(Centre.talks).merging(change) { $1 }
        let reply = dialect.call("DialEx", form)
        #expect(reply.status == status && reply["Code"] == code)
        #expect(dialect.centre.calls.isEmpty)
    }

    @Test func `A back-to-back call joins two outside parties`() {
        var dialect = Centre.dialect()
        let form = ["Caller": "13900000001", "Callee": Centre.talks, "CallCenterNumber": "01080000001"]
        let reply = dialect.call("StartBack2BackCall", form)
        #expect(reply["TimeStamp"] == "2026-01-02 10:03:04")
        let task = reply["TaskId"] ?? ""
        let details = dialect.call("ListCallEventDetailByContactId", ["ContactId": task], after: 60)
        #expect(details["Data.CallType"] == "Back2Back")
        #expect(details["Data.ReleaseReason"] == "200-OK")
        var unknown = form
        unknown["CallCenterNumber"] = "01099999999"
        #expect(dialect.call("StartBack2BackCall", unknown)["Code"] == "NotExists.Number")
    }

    @Test func `Task data tell whether a call was connected, answered or abandoned`() {
        var dialect = Centre.dialect(agents: 1)
        let callees = [Centre.talks, "13800990003", Centre.impatient]
        let tasks = callees.map { dialect.dial($0)["TaskId"] ?? "" }
        func flags(_ task: String) -> [String?] {
            let form = ["SkillGroupId": "sg-sales", "TaskId": task]
            let reply = dialect.call("GetPredictiveTaskData", form, after: 60)
            #expect(reply.isText("Success") && reply["Success"] == "true")
            return ["Connected", "Answered", "Abandoned"].map { reply["Data.\($0)"] }
        }
        #expect(flags(tasks[0]) == ["1", "1", "0"])
        #expect(flags(tasks[1]) == ["0", "0", "0"])
        #expect(flags(tasks[2]) == ["1", "0", "1"])
    }
}
