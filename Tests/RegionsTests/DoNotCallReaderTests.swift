import DialModel
import Regions
import Testing

@Suite("A cell of a do-not-call list is read as a number or a wildcard")
struct DoNotCallReaderTests {
    @Test(
        "Numbers are those of lists of leads, and wildcards come into their normal form",
        arguments: [
            ("13800138000", "CN", "+8613800138000"), ("+86 138-0013-8000", nil, "+8613800138000"),
            ("138*", "CN", "+86138*"), ("0571*", "CN", "+86571*"), ("86138*", "CN", "+86138*"),
            ("086138*", "CN", "+86138*"), ("+86138*", nil, "+86138*"),
            ("0086138*", nil, "+86138*"), ("００８６１３８＊", nil, "+86138*"), ("+86 (138) *", nil, "+86138*"),
            ("201XXXXXXX", "US", "+1201XXXXXXX"), ("(201) XXX-XXXX", "US", "+1201XXXXXXX"),
            ("1201xxxxxxx", "CA", "+1201XXXXXXX"), ("+44207*", "US", "+44207*"),
        ] as [(String, String?, String)])
    func entries(cell: String, country: String?, normal: String) throws {
        let pattern = try #require(DoNotCallPattern(normalForm: normal))
        #expect(DoNotCallReader(country: country).read(cell) == .entry(pattern), "\(cell)")
    }

    @Test(
        "What is not certain is turned away",
        arguments: [
            ("138*", nil, .nationalWildcard), ("0207*", "GB", .nationalWildcard), ("*", nil, .nationalWildcard),
            ("+*", nil, .malformedWildcard), ("+86 0138*", nil, .malformedWildcard),
            ("+44(0)20*", nil, .malformedWildcard),
            ("+1 1201*", "US", .malformedWildcard), ("0*", "US", .malformedWildcard),
            ("+86*138", nil, .malformedWildcard),
            ("+86138*X", nil, .malformedWildcard), ("+86138XXXXXXXXXXXX", nil, .malformedWildcard),
            ("", "CN", .number(.empty)), ("13800138000", nil, .number(.noCountry)),
            ("nobody", "CN", .number(.notANumber)), ("12", "CN", .number(.tooShort)),
        ] as [(String, String?, DoNotCallRejection)])
    func rejections(cell: String, country: String?, rejection: DoNotCallRejection) {
        #expect(DoNotCallReader(country: country).read(cell) == .rejected(rejection), "\(cell)")
    }

    @Test("An X before digits begins an extension, and no wildcard")
    func extensions() throws {
        let number = try #require(DoNotCallPattern(normalForm: "+12015550123"))
        #expect(DoNotCallReader(country: "US").read("201-555-0123 x45") == .entry(number))
    }
}
