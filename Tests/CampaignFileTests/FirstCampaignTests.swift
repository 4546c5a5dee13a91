import CampaignFile
import DialModel
import Testing
import Wording

@Suite("A first campaign is one that can be run")
struct FirstCampaignTests {
    @Test("Everything that is asked and explained is said in both languages")
    func phrases() {
        #expect(FirstCampaignPhrase.findings() == [])
    }

    @Test(
        "Whatever is chosen, the file is one without a finding, and says what was chosen",
        arguments: FirstCampaign.modes, RuleProfiles.names)
    func parses(mode: String, rules: String) throws {
        for language in Language.allCases {
            for vendor in ["simulator.alibaba", "shanghai"] {
                for weekdays in [nil, "09:00-12:00, 14:00-20:00"] {
                    var first = FirstCampaign(
                        name: "春季 #1: \"yes\"", list: "leads, new.csv", country: "CN", vendor: vendor)
                    (first.mode, first.rules, first.weekdays) = (mode, rules, weekdays)
                    (first.phoneColumn, first.callerID, first.group) = ("电话: 1", "057188880000", "12")
                    let text = first.text(in: language)
                    let (parsed, diagnostics) = Campaign.parse(Array(text.utf8), file: "campaign.yaml")
                    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.rendered.english))\n\(text)")
                    let campaign = try #require(parsed)
                    #expect(campaign.name == first.name && campaign.leads.file == first.list)
                    #expect(campaign.leads.phoneColumn == "电话: 1" && campaign.leads.country == "CN")
                    #expect(campaign.routing.accounts == [vendor] && campaign.agentGroup == "12")
                    #expect((campaign.simulator != nil) == (vendor == "simulator.alibaba"))
                }
            }
        }
    }

    @Test("Rules are those of the country, with their hours, and none where there are none of its own")
    func rules() {
        func first(_ country: String) -> FirstCampaign { FirstCampaign(name: "a", list: "l", country: country) }
        #expect(["CN", "US", "GB", "FR"].map { first($0).rules } == ["cn", "us", "uk", "none"])
        #expect(first("CN").usualWeekdays == "09:00-12:00, 14:00-20:00" && first("US").usualWeekdays == "09:00-20:00")
        for country in ["CN", "US", "GB", "FR"] {
            var campaign = first(country)
            campaign.weekdays = campaign.usualWeekdays
            #expect(campaign.fault == nil)
        }
    }

    @Test("A rehearsal keeps no rules; hours that these would not allow are told all the same")
    func rehearsal() throws {
        var first = FirstCampaign(name: "a", list: "l", country: "CN")
        let (campaign, _) = Campaign.parse(Array(first.text(in: .english).utf8), file: "campaign.yaml")
        #expect(try #require(campaign).hours == nil)
        first.weekdays = "06:00-23:00"
        #expect(first.fault?.message.english.contains("08:00-21:00") == true)
        first.weekdays = "9-17"
        #expect(first.fault?.words.chinese.contains("09:00-17:00") == true)
    }

    @Test("What a rehearsal sets aside is all that its rules ask for, and is read", arguments: RuleProfiles.names)
    func setAside(rules: String) throws {
        for mode in FirstCampaign.modes {
            var first = FirstCampaign(name: "a", list: "l", country: "CN")
            (first.rules, first.mode, first.weekdays) = (rules, mode, "10:00-12:00")
            let text = first.text(in: .chinese).replacing(/(?m)^# (?= *[a-z_]+:)/, with: "")
            let (parsed, diagnostics) = Campaign.parse(Array(text.utf8), file: "campaign.yaml")
            #expect(diagnostics.isEmpty, "\(diagnostics.map(\.rendered.english))\n\(text)")
            let campaign = try #require(parsed)
            let profile = try #require(campaign.hours?.profile)
            #expect(profile.name == rules)
            #expect((campaign.consent != nil) == profile.requires(.consent))
            #expect((campaign.compliance.callerIDProof != nil) == profile.requires(.callerIDProof))
            #expect((campaign.compliance.message != nil) == (profile.requires(.message) && mode != "progressive"))
            let asked = campaign.doNotCall?.lists ?? []
            #expect(asked.isEmpty != profile.requires(.houseList))
            #expect(profile.lists.allSatisfy { asked.contains($0.list) })
        }
    }

    @Test(
        "Words that YAML takes for something else are quoted",
        arguments: ["no", "1st", "-", "a: b", "春季", "a#b", "Null"])
    func names(name: String) {
        let text = FirstCampaign(name: name, list: "leads.csv", country: "CN").text(in: .chinese)
        let (campaign, diagnostics) = Campaign.parse(Array(text.utf8), file: "campaign.yaml")
        #expect(campaign?.name == name, "\(diagnostics)")
    }
}
