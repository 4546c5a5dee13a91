import CampaignFile
import DialModel
import Testing
import Wording

/// The keys that say how many calls are placed.
struct PacingSettingsTests {
    private func campaign(_ mode: String) -> (campaign: Campaign?, findings: [String]) {
        let text = """
            name: spring
            vendor: shanghai
            leads: { file: leads.csv }
            agents: { group: sales }
            \(mode)
            """
        let (campaign, diagnostics) = Campaign.parse(Array(text.utf8), file: "c.yaml")
        return (campaign, diagnostics.map(\.rendered.english))
    }

    @Test func aPredictiveCampaignMaySayHowManyCalleesItLetsBeAbandoned() {
        #expect(campaign("mode: predictive").campaign?.mode == .predictive)
        #expect(campaign("mode: predictive").campaign?.abandonmentLimit == nil)
        let limited = campaign("mode: predictive\npacing: { max_abandonment: 1.5% }").campaign
        #expect(limited?.abandonmentLimit == 0.015)
    }

    @Test func aBroadcastHasARateAndNothingElseHas() {
        let broadcast = campaign("mode: broadcast\npacing: { calls_per_minute: 90 }").campaign
        #expect(broadcast?.mode == .broadcast(callsPerMinute: 90))
        #expect(campaign("mode: broadcast").findings.contains { $0.contains("write pacing: { calls_per_minute: 60 }") })
        let other = campaign("mode: predictive\npacing: { calls_per_minute: 90 }")
        #expect(other.campaign == nil)
        #expect(other.findings.contains { $0.contains("goes only with mode broadcast, and the mode is predictive") })
    }

    @Test func aCampaignThatTheVendorPacesNamesTheVendorsProject() {
        let own = campaign("mode: vendor_paced\npacing: { project: 7 }").campaign
        #expect(own?.mode == .vendorPaced(project: 7))
        #expect(own?.mode.project == 7)
        #expect(campaign("mode: vendor_paced").findings.contains { $0.contains("write pacing: { project: 7 }") })
        #expect(
            campaign("mode: vendor_paced\npacing: { project: 0 }").findings.contains { $0.contains("must be 1 to") })
        let other = campaign("mode: power\ndial: { ratio: 2 }\npacing: { project: 7 }")
        #expect(other.campaign == nil)
        #expect(other.findings.contains { $0.contains("goes only with mode vendor_paced, and the mode is power") })
        let proven = campaign(
            "mode: vendor_paced\npacing: { project: 7 }\ncompliance: { vendor_rules_proof: \"annex B\" }")
        #expect(proven.campaign?.compliance.vendorRulesProof == "annex B")
    }
}
