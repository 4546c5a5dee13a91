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
        arguments: FirstCampaign.modes, FirstCampaign.rules)
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

    @Test("Rules are those of the country, and none where no telephone can ring")
    func rules() {
        #expect(FirstCampaign(name: "a", list: "l", country: "US", vendor: "real").rules == "us")
        #expect(FirstCampaign(name: "a", list: "l", country: "GB", vendor: "real").rules == "uk")
        #expect(FirstCampaign(name: "a", list: "l", country: "CN").rules == "none")
        #expect(FirstCampaign.usualRules(of: "FR") == "none")
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
