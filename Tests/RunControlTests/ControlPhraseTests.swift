import Testing
import Wording

@testable import RunControl

@Suite("Why nobody is heard by a run is said in both languages")
struct ControlPhraseTests {
    @Test("Every phrase is there in both, and what went over the socket in English is read back")
    func tables() {
        #expect(ControlPhrase.findings(sameInBoth: [.noEntrance]) == [])
        for key in ControlPhrase.allCases where key != .noEntrance {
            let error = ControlError(.refused, key.filled("a", "b"))
            #expect(ControlError(error.body)?.reason.chinese == error.reason.chinese, "\(key)")
        }
    }
}
