import Foundation
import Testing

@testable import VendorSimulator

/// The fault switches that change what is answered; those that change how, are tried over sockets in `ServerTests`.
@Suite struct FaultTests {
    private func dialect(_ change: (inout SimulatorFaults) -> Void) -> AlibabaDialect {
        Centre.dialect { change(&$0.faults) }
    }

    @Test func `Every n-th request is throttled`() {
        var dialect = dialect { $0.throttleEvery = 3 }
        let codes = (0..<6).map { _ in dialect.call("ListSkillGroups")["Code"] }
        #expect(codes == ["OK", "OK", "Throttling.User", "OK", "OK", "Throttling.User"])
        let throttled = dialect.call("ListSkillGroups", after: 0)
        #expect(throttled.status == 200)
    }

    @Test func `A dial can fail before it is carried out, or after`() {
        var before = dialect { $0.failBeforeDialEvery = 2 }
        let first = [before.dial(Centre.talks), before.dial(Centre.talks)]
        #expect(first.map(\.status) == [200, 500] && first[1]["Code"] == "InternalError")
        #expect(before.centre.calls.count == 1)
        var after = dialect { $0.failAfterDialEvery = 2 }
        let second = [after.dial(Centre.talks), after.dial(Centre.talks)]
        #expect(second.map(\.status) == [200, 500])
        #expect(after.centre.calls.count == 2)
        #expect(after.call("ListSkillGroups").status == 200)
    }

    @Test func `A dial can be answered with a status code that places nothing`() {
        var dialect = dialect { $0.refuseDialEvery = 1 }
        let reply = dialect.dial(Centre.talks)
        #expect(reply.status == 200 && reply["Code"] == "OK" && reply["StatusCode"] == "503")
        #expect(dialect.centre.calls.isEmpty)
    }

    @Test func `Phone numbers can lose their leading zero`() {
        var dialect = dialect { $0.numericPhoneNumbers = true }
        let form = ["CalleeNumber": "057112345678", "SkillGroupId.1": "sg-sales"]
        let reply = dialect.call("PickGlobalOutboundNumbers", form)
        let number = "DialNumberPairs.DialNumberPair.0.Caller.Number"
        #expect(reply[number] == "57180000001" && !reply.isText(number))
    }

    @Test func `A list of one can come as its element, and a list without its second layer`() {
        var single = dialect { $0.singleObjects = true }
        let collapsed = single.call("ListSkillGroups")
        #expect(collapsed["SkillGroups.SkillGroup.SkillGroupName"] == "sales")
        #expect(collapsed.count("SkillGroups.SkillGroup.OutboundPhoneNumbers.PhoneNumber") == 8)
        var bare = dialect { $0.bareLists = true }
        #expect(bare.call("ListSkillGroups")["SkillGroups.0.SkillGroupName"] == "sales")
        #expect(bare.call("ListAgentStates").count("Data.List") == 2)
    }

    @Test func `Booleans and numbers can come as strings`() {
        var dialect = dialect { $0.stringScalars = true }
        let reply = dialect.call("ListAgentStates")
        #expect(reply.isText("Success") && reply["Success"] == "true")
        #expect(reply.isText("HttpStatusCode") && reply["HttpStatusCode"] == "200")
        #expect(reply.isText("Data.TotalCount"))
    }

    @Test func `A contact id can differ from the task id`() {
        var dialect = dialect { $0.separateContactIDs = true }
        let task = dialect.dial("13800990003")["TaskId"] ?? ""
        let unknown = dialect.call("ListCallEventDetailByContactId", ["ContactId": task], after: 60)
        #expect(unknown.status == 404 && unknown["Code"] == "NotExists.ContactId")
        let page = ["PageNumber": "1", "PageSize": "10", "Criteria": "13800990003"]
        let records = dialect.call("ListCallDetailRecords", page, after: 60)
        let contact = records["CallDetailRecords.List.CallDetailRecord.0.ContactId"] ?? ""
        #expect(contact.count == 10)
        let known = dialect.call("ListCallEventDetailByContactId", ["ContactId": contact], after: 60)
        #expect(known["Data.ReleaseReason"] == "486-Busy Here")
    }

    @Test func `Regions and choices can be empty`() {
        let form = ["CalleeNumber": "057112345678", "SkillGroupId.1": "sg-sales"]
        var regions = dialect { $0.emptyRegions = true }
        let reply = regions.call("PickGlobalOutboundNumbers", form)
        #expect(reply["DialNumberPairs.DialNumberPair.0.Caller.City"] == "")
        #expect(reply["DialNumberPairs.DialNumberPair.0.Caller.Number"] == "057180000001")
        var picks = dialect { $0.emptyPicks = true }
        let empty = picks.call("PickGlobalOutboundNumbers", form)
        #expect(empty["Code"] == "OK" && empty.count("DialNumberPairs.DialNumberPair") == 0)
    }

    @Test func `Faults are read from JSON, and nothing else is`() throws {
        let text = #"{"throttleEvery":3,"gzip":true}"#
        let faults = try #require(SimulatorFaults(json: Data(text.utf8)))
        #expect(faults.throttleEvery == 3 && faults.gzip && faults.hangMs == 2000)
        #expect(SimulatorFaults(json: Data("{}".utf8)) == SimulatorFaults())
        for wrong in ["", "[]", #"{"throttle":3}"#, #"{"gzip":"yes"}"#, #"{"gzip":"#] {
            #expect(SimulatorFaults(json: Data(wrong.utf8)) == nil, "\(wrong)")
        }
        var whole = SimulatorFaults()
        whole.loseRecordEvery = 4
        #expect(try SimulatorFaults(json: JSONEncoder().encode(whole)) == whole)
    }
}
