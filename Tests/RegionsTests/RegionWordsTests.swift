import Regions
import Testing
import Wording

@Suite("What is wrong with a file of regions is said in two languages")
struct RegionWordsTests {
    @Test("The table is complete")
    func table() {
        #expect(RegionPhrase.findings() == [])
    }
}
