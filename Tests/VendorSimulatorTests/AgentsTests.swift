import DialModel
import Testing

@testable import VendorSimulator

@Suite struct AgentsTests {
    private let list = "Data.List.RealTimeAgentState"

    @Test func `States are listed with filters and pages`() {
        var dialect = Centre.dialect(agents: 25)
        _ = dialect.dial(Centre.talks)
        let ready = dialect.call("ListAgentStates", ["State": "Ready", "SkillGroupId": "sg-sales"], after: 5)
        #expect(ready.count(list) == 10 && ready["Data.TotalCount"] == "24")
        let busy = dialect.call("ListAgentStates", ["State": "Talking,Ringing"], after: 5)
        #expect(busy.count(list) == 1)
        #expect(busy["\(list).0.AgentId"] == "200000000000000001" && busy["\(list).0.State"] == "Talking")
        let third = dialect.call("ListAgentStates", ["PageNumber": "3"], after: 5)
        #expect(third.count(list) == 5 && third["Data.TotalCount"] == "25")
        let named = dialect.call("ListAgentStates", ["AgentIds": "200000000000000002,200000000000000004"], after: 5)
        #expect(named.count(list) == 2)
    }

    @Test(arguments: [
        (["State": "Idle"], "Parameter.Enumeration"), (["SkillGroupId": "other"], "NotExists.SkillGroupId"),
        (["PageSize": "101"], "Parameter.Maximum"),
        (["AgentIds": (0...50).map(String.init).joined(separator: ",")], "Parameter.Maximum"),
    ])
    func `Questions about agents that make no sense are refused`(own: [String: String], code: String) {
        var dialect = Centre.dialect()
        #expect(dialect.call("ListAgentStates", own)["Code"] == code)
    }

    @Test func `An agent whose state has not changed for four hours is not listed`() {
        var dialect = Centre.dialect(agents: 2)
        _ = dialect.dial(Centre.talks, after: 3600)
        #expect(dialect.call("ListAgentStates", after: 4 * 3600).count(list) == 2)
        let later = dialect.call("ListAgentStates", after: 4 * 3600 + 1)
        #expect(later.count(list) == 1 && later["\(list).0.AgentId"] == "200000000000000001")
        var patient = Centre.dialect(agents: 2) { $0.listsAgentsFor = nil }
        #expect(patient.call("ListAgentStates", after: 86_400).count(list) == 2)
    }

    @Test func `The group's state counts agents and waiting calls`() {
        var dialect = Centre.dialect(agents: 2)
        for _ in 0..<3 { _ = dialect.dial(Centre.patient) }
        let reply = dialect.call("ListSkillGroupStates", ["SkillGroupIds": "sg-sales"], after: 4)
        let group = "Data.List.RealTimeSkillGroupState.0"
        #expect(reply["\(group).LoggedInAgents"] == "2" && reply["\(group).ReadyAgents"] == "0")
        #expect(reply["\(group).TalkingAgents"] == "2" && reply["\(group).WaitingCalls"] == "1")
        #expect(reply["\(group).LongestCall"] == "3")
        let transferable = dialect.call("ListRealTimeAgent", after: 4)
        #expect(transferable.count("Data.User") == 0)
    }

    @Test func `State logs and events cover a bounded window`() {
        var dialect = Centre.dialect(agents: 1)
        let task = dialect.dial(Centre.talks)["TaskId"]
        let start = Centre.start.milliseconds
        func logs(_ length: Int64) -> Reply {
            dialect.call(
                "ListAgentStateLogs",
                [
                    "RamId": "200000000000000001", "StartTime": String(start), "EndTime": String(start + length),
                    "PageNumber": "1", "PageSize": "100",
                ], after: 100)
        }
        let found = logs(7_200_000)
        let states = (0..<5).compactMap { found["AgentStateLogPage.List.\($0).State"] }
        #expect(states == ["Ready", "Ringing", "Talking", "ACW", "Ready"])
        #expect(found["AgentStateLogPage.List.1.ContactId"] == task)
        #expect(logs(7_200_001)["Code"] == "Parameter.Maximum")
        let events = dialect.call("ListAgentEvents", ["RamId.1": "200000000000000001", "Event.1": "通话"], after: 100)
        #expect(events.count("AgentEventList.AgentEvent") == 1)
        let window = ["StartTime": String(start), "StopTime": String(start + 3_600_001)]
        let long = dialect.call("ListAgentEvents", ["RamId.1": "x"].merging(window) { $1 }, after: 100)
        #expect(long["Code"] == "Parameter.Maximum")
    }

    @Test func `A reset frees an agent from a break`() {
        var dialect = Centre.dialect(agents: 1)
        dialect.centre.startBreak(agent: 0, at: Centre.start)
        #expect(dialect.call("ListAgentStates")["\(list).0.State"] == "Break")
        #expect(dialect.call("ResetUserStatus", ["RamIdList.1": "200000000000000001"])["Code"] == "OK")
        #expect(dialect.call("ListAgentStates")["\(list).0.State"] == "Ready")
    }

    @Test func `The report adds an agent's times up`() {
        var dialect = Centre.dialect(agents: 1)
        _ = dialect.dial(Centre.talks)
        let form = ["StartDate": "2026-01-02", "EndDate": "2026-01-02", "PageNumber": "1", "PageSize": "10"]
        let reply = dialect.call("GenerateAgentStatisticReport", form, after: 100)
        let agent = "DataList.List.GenerateAgentStatistic.0"
        #expect(reply["\(agent).TotalLoggedInTime"] == "100")
        #expect(reply["\(agent).Inbound.TotalTalkTime"] == "30")
        #expect(reply["\(agent).TotalReadyTime"] == "54")
    }
}
