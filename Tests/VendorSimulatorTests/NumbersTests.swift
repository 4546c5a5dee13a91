import CallerID
import DialModel
import Testing

@testable import VendorSimulator

@Suite struct NumbersTests {
    private let pairs = "DialNumberPairs.DialNumberPair"

    private func pick(_ callee: String, count: String = "1") -> [String: String] {
        ["CalleeNumber": callee, "SkillGroupId.1": "sg-sales", "Count": count]
    }

    @Test func `A number of the callee's city is chosen, then one of the province`() {
        var dialect = Centre.dialect()
        let city = dialect.call("PickGlobalOutboundNumbers", pick("+86 0514 12345678"))
        #expect(city["\(pairs).0.Caller.Number"] == "051480000001")
        #expect(city["\(pairs).0.Callee.City"] == "扬州")
        let province = dialect.call("PickGlobalOutboundNumbers", pick("051612345678", count: "2"))
        let found = Set((0..<2).compactMap { province["\(pairs).\($0).Caller.Number"] })
        #expect(found == ["02580000001", "051480000001"])
    }

    @Test func `The same seed chooses the same numbers, request by request`() {
        func picks(_ seed: UInt64) -> [String?] {
            var dialect = Centre.dialect { $0.seed = seed }
            return (0..<20).map { _ in
                dialect.call("PickGlobalOutboundNumbers", pick("17000000000"))["\(pairs).0.Caller.Number"]
            }
        }
        #expect(picks(1) == picks(1))
        #expect(picks(1) != picks(2))
        #expect(Set(picks(1)).count > 3)
    }

    @Test func `Choices that make no sense are refused`() {
        var dialect = Centre.dialect()
        func code(_ form: [String: String]) -> String? { dialect.call("PickGlobalOutboundNumbers", form)["Code"] }
        #expect(code(pick("13800138000", count: "0")) == "Parameter.Minimum")
        #expect(code(["CalleeNumber": "13800138000", "SkillGroupId.1": "x"]) == "NotExists.SkillGroupId")
        #expect(code(["CalleeNumber": "13800138000", "SkillGroupId.2": "sg-sales"]) == "MissingSkillGroupId")
        #expect(code(["SkillGroupId.1": "sg-sales"]) == "MissingCalleeNumber")
        #expect(code(pick("nobody")) == "Parameter.Format")
        var many = pick("13800138000")
        for index in 1...25 { many["SkillGroupId.\(index)"] = "sg-sales" }
        #expect(code(many) == "OK")
    }

    @Test func `Candidates may be given by the client`() {
        var dialect = Centre.dialect()
        let candidates = ["CandidateNumber.1": "01080000001", "CandidateNumber.2": "057180000001"]
        let callee = ["CalleeNumber": "057112345678", "Count": "1"]
        let form = candidates.merging(callee) { $1 }
        #expect(dialect.call("PickOutboundNumbers", form)["\(pairs).0.Caller.Number"] == "057180000001")
        #expect(dialect.call("PickLocalNumber", form)["Data.Caller.City"] == "杭州")
    }

    @Test func `Regions are told for callees and for numbers of the account`() {
        var dialect = Centre.dialect()
        #expect(dialect.call("GetNumberRegionInfo", ["Number": "075512345678"])["PhoneNumber.City"] == "深圳")
        #expect(dialect.call("GetNumberRegionInfo", ["Number": "02880000001"])["PhoneNumber.City"] == "")
        #expect(dialect.call("GetNumberRegionInfo", ["Number": "17000000000"])["PhoneNumber.Province"] == "")
    }

    @Test func `A callee may be blocked, or called five times a day`() {
        var dialect = Centre.dialect { $0.blockedCallees = ["13800138001"] }
        func reason(_ callee: String, after seconds: Int = 0) -> String? {
            dialect.call("CheckNumberAvaliable", ["Callee": callee, "Caller": "01080000001"], after: seconds)[
                "CalleeAvaliable.Reason"]
        }
        #expect(reason("+8613800138001") == "BlackList")
        for second in 0..<4 { _ = dialect.dial("9" + Centre.talks, after: second) }
        #expect(reason(Centre.talks, after: 10) == "")
        _ = dialect.dial(Centre.talks, after: 11)
        #expect(reason(Centre.talks, after: 12) == "FrequencyLimit")
        #expect(reason(Centre.talks, after: 86_400) == "")
        let unknown = dialect.call("CheckNumberAvaliable", ["Callee": Centre.talks, "Caller": "1"], after: 86_400)
        #expect(unknown["CallerAvaliable.Avaliable"] == "0" && unknown["CalleeAvaliable.Avaliable"] == "1")
    }

    @Test func `The inventory is listed by user, by group and as a whole`() {
        var dialect = Centre.dialect { settings in
            settings.account.numbers.append(OutboundNumber("4008000001"))
            settings.account.numbers.append(OutboundNumber("02780000001", owner: "200000000000000002"))
        }
        let user = ["UserId": "200000000000000001"]
        let owner = ["UserId": "200000000000000002", "PageSize": "100"]
        #expect(dialect.call("ListOutboundPhoneNumberOfUser", user).count("NumberList.Number") == 8)
        #expect(dialect.call("ListOutboundPhoneNumberOfUser", owner).count("NumberList.Number") == 9)
        let skills = dialect.call("ListSkillGroupsOfUser", user)
        #expect(skills["SkillLevels.SkillLevel.0.Skill.SkillGroupName"] == "sales")
        let groups = dialect.call("ListSkillGroups", ["SkillGroupName.1": "sales"])
        #expect(groups["SkillGroups.SkillGroup.0.AccQueueName"] == "sales-queue")
        #expect(groups.count("SkillGroups.SkillGroup.0.OutboundPhoneNumbers.PhoneNumber") == 8)
        #expect(dialect.call("ListSkillGroups", ["SkillGroupId.1": "x"]).count("SkillGroups.SkillGroup") == 0)
        #expect(dialect.call("ListTransferableSkillGroups").count("SkillGroups") == 1)
        let all = dialect.call("ListPhoneNumbers", ["OutboundOnly": "false"])
        #expect(all.count("PhoneNumbers.PhoneNumber") == 10)
        #expect(dialect.call("ListPhoneNumbers", ["OutboundOnly": "true"]).count("PhoneNumbers.PhoneNumber") == 9)
        let tags = dialect.call("ListPhoneTags", ["CurrentPage": "1", "PageSize": "5", "OutboundOnly": "true"])
        #expect(tags.count("PhoneNumbers.List") == 5 && tags["PhoneNumbers.TotalCount"] == "9")
    }

    @Test func `Odds and ends are answered`() {
        var dialect = Centre.dialect()
        #expect(dialect.call("GetRoutePoint", ["ContactFlowId": "f"])["RoutePoint"] == "ivr-f")
        let surveys = dialect.call("GetServiceExtensions", ["ServiceType": "SatisfactionSurvey"])
        #expect(surveys.count("ServiceExtensions.ServiceExtension") == 1)
        let cipher = dialect.call("Encrypt", ["PublicKey": "k", "PlainText.1": "138"])
        #expect(cipher["CypherContents.CypherContent.0.CypherText"] == "enc-831")
    }
}
