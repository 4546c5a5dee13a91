import DialModel
import Testing
import Wording

@testable import CampaignReport

@Suite("A report speaks both languages")
struct PhraseTests {
    @Test("every phrase is there in both, with the same places")
    func tables() {
        #expect(FigurePhrase.findings() == [])
        #expect(PagePhrase.findings() == [])
        #expect(KeyPhrase.findings() == [])
        #expect(TimePhrase.findings(sameInBoth: [.key]) == [])
        #expect(PlaceRatePhrase.findings() == [])
        #expect(CountryPhrase.findings() == [])
        #expect(FunnelPhrase.findings() == [])
        #expect(RetryPhrase.findings() == [])
        #expect(AgentPhrase.findings() == [])
        #expect(LinePhrase.findings() == [])
        #expect(AbandonmentPhrase.findings() == [])
        #expect(ComparePhrase.findings() == [])
        #expect(FindingPhrase.findings() == [])
        #expect(AdvicePhrase.findings() == [])
        #expect(FindingSectionPhrase.findings() == [])
        #expect(GatePhrase.findings() == [])
        #expect(EndingPhrase.findings() == [])
        #expect(OutcomePhrase.findings() == [])
        #expect(GroupPhrase.findings() == [])
        #expect(PlacePhrase.findings() == [])
        #expect(UnknownPlacePhrase.findings() == [])
    }

    @Test("every ending of a lead and every province has words of its own")
    func words() {
        #expect(LeadEnding.allCases.allSatisfy { EndingPhrase(rawValue: $0.rawValue) != nil })
        #expect(MainlandNames.provinces == PlacePhrase.allCases.map(\.rawValue))
        #expect(Set(PlacePhrase.allCases.map(\.code)).count == MainlandNames.provinces.count)
    }

    @Test("every province of China and every state is on its map once, on a place of its own")
    func maps() {
        #expect(Set(TileMap.mainland.tiles.map(\.name)) == Set(MainlandNames.provinces))
        #expect(TileMap.unitedStates.tiles.count == 51)
        for map in TileMap.all {
            #expect(Set(map.tiles.map(\.name)).count == map.tiles.count)
            #expect(Set(map.tiles.map { "\($0.column) \($0.row)" }).count == map.tiles.count)
        }
    }

    @Test(
        "figures are written as people read them",
        arguments: [
            (Language.english, ["1,234,567", "41.2\u{A0}%", "3\u{A0}%", "2.5\u{A0}%", "−3.1\u{A0}points"]),
            (.chinese, ["1,234,567", "41.2%", "3%", "2.5%", "−3.1\u{A0}个百分点"]),
        ])
    func figures(_ language: Language, _ texts: [String]) {
        let text = FigureText(language: language, clocks: .utc)
        #expect(text.count(1_234_567) == texts[0])
        #expect(text.share(412, of: 1_000) == texts[1])
        #expect(text.perMille(30) == texts[2] && text.perMille(25) == texts[3])
        #expect(text.points(-0.031) == texts[4])
        #expect(text.share(0, of: 0) == "–" && text.decimal(.infinity) == "–" && text.decimal(.nan) == "–")
        #expect(text.difference(0) == "±0" && text.difference(-1_200) == "−1,200" && text.difference(7) == "+7")
    }

    @Test("durations and times are told in the units that fit them")
    func times() {
        let text = FigureText(language: .english, clocks: ZoneRules(zone: TimeZoneID("X"), initialOffset: 28_800))
        #expect(text.duration(.seconds(2)) == "2\u{A0}s" && text.duration(.milliseconds(2_340)) == "2.3\u{A0}s")
        #expect(text.duration(.seconds(245)) == "4\u{A0}min\u{A0}05\u{A0}s")
        #expect(text.duration(.seconds(3_600 * 52 + 245)) == "52\u{A0}h\u{A0}04\u{A0}min")
        #expect(text.duration(.seconds(-5)) == "0\u{A0}s")
        #expect(text.mean(.seconds(10), over: 0) == "–")
        #expect(text.minute(Timestamp(milliseconds: 0)) == "1970-01-01 08:00")
    }
}
