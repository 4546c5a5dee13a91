import DialModel
import Ledger
import Testing
import Wording

@testable import CampaignReport

@Suite("Figures are counted and scaled as the page says")
struct FigureTests {
    @Test(
        "a scale ends at a round figure with at most four steps",
        arguments: [0, 1, 3, 5, 17, 99, 101, 1_001, 7_000_000])
    func scales(_ most: Int) {
        let scale = CountScale(upTo: most)
        #expect(scale.top >= most && scale.top <= max(1, 2 * most))
        #expect(scale.marks.first == 0 && scale.marks.last == scale.top && (2...5).contains(scale.marks.count))
    }

    @Test("Wilson's interval holds the rate, narrows with more calls, and is all of none")
    func intervals() {
        #expect(Interval(0, of: 0) == Interval(low: 0, high: 1))
        let few = Interval(5, of: 10)
        let many = Interval(500, of: 1_000)
        #expect(few.low < 0.25 && few.high > 0.75 && many.low > 0.46 && many.high < 0.54)
        #expect(Interval(0, of: 10).low == 0 && Interval(10, of: 10).high > 0.999)
        // The interval of 8 of 10 as Brown, Cai and DasGupta (2001) have it.
        let known = Interval(8, of: 10)
        #expect(abs(known.low - 0.490) < 0.001 && abs(known.high - 0.943) < 0.001)
        #expect(many.isApart(from: Interval(400, of: 1_000)) && !few.isApart(from: many))
    }

    @Test("shades span at least twenty points, and a rate of few calls has none")
    func shades() {
        let narrow = HeatScale([0.56, 0.58])
        #expect(narrow.high - narrow.low >= 20 && narrow.low <= 55 && narrow.high >= 60)
        #expect(HeatScale([]).high == 20)
        #expect(HeatScale([1]).high == 100 && HeatScale([1]).low == 80)
        let scale = HeatScale([0, 1])
        #expect(scale.level(0, of: 10)?.number == 0 && scale.level(10, of: 10)?.number == 4)
        #expect(scale.level(9, of: 9) == nil)
    }

    private func moment(_ seconds: Int64, _ outcome: CallOutcome? = .connected) -> ReportTally.MomentTally {
        .init(quarter: seconds / 900, outcome: outcome, attempts: 2, live: outcome == .connected ? 2 : 0)
    }

    /// How long slots are of a campaign that lasts so long, both in seconds.
    private static let slotLengths: [(span: Int64, length: Int)] = [
        (3_600, 900), (86_400, 900), (172_800, 3_600), (1_728_000, 86_400), (25_920_000, 604_800),
    ]

    @Test("slots are as short as fit, and lose nothing", arguments: slotLengths)
    func slots(_ sample: (span: Int64, length: Int)) {
        let start: Int64 = 1_767_232_800
        let moments = [
            moment(start), moment(start + sample.span / 2, .busy), moment(start + sample.span - 900, nil),
        ]
        let time = TimeSlots(moments, clocks: .utc)
        #expect(time.length == sample.length && time.slots.count <= TimeSlots.limit)
        #expect(time.slots.reduce(0) { $0 + $1.total } == 6)
        #expect(time.slots.first?.counts[0] == 2 && time.slots.last?.counts[5] == 2)
    }

    @Test("what lies further back than a chart has columns is left out, not squeezed in")
    func longCampaign() {
        let time = TimeSlots([moment(0), moment(3_000 * 86_400)], clocks: .utc)
        #expect(time.slots.count == TimeSlots.limit && time.slots.reduce(0) { $0 + $1.total } == 2)
        #expect(TimeSlots([], clocks: .utc).slots.isEmpty)
    }

    @Test("hours are those of the clocks, also across their change")
    func hours() {
        // Two changes: an hour ahead at ten o'clock UTC, and back at twelve.
        let clocks = ZoneRules(
            zone: TimeZoneID("X"), initialOffset: 0,
            transitions: [
                .init(at: Timestamp(milliseconds: 36_000_000), offset: 3_600),
                .init(at: Timestamp(milliseconds: 43_200_000), offset: 0),
            ])
        var tally = ReportTally()
        tally.moments = [moment(9 * 3_600), moment(10 * 3_600), moment(12 * 3_600)]
        let figures = SampleReport.figures(of: tally)
        let hours = figures.hours(by: clocks)
        #expect(hours[9].dials == 2 && hours[10].dials == 0 && hours[11].dials == 2 && hours[12].dials == 2)
        #expect(figures.week(by: clocks)[WeekHour(weekday: .thursday, hour: 11)]?.live == 2)
    }

    @Test("regions are told apart by their short names, the most dialled first")
    func regions() {
        var tally = RegionTally()
        tally.add(Region(country: "CN", province: "浙江省", city: "杭州"), zones: 1, DialTally(attempts: 3, dials: 3))
        tally.add(Region(country: "CN", province: "浙江"), zones: 1, DialTally(attempts: 2, dials: 2, live: 1))
        tally.add(Region(country: "US", province: "TX"), zones: 2, DialTally(attempts: 7, dials: 6))
        tally.add(Region(), zones: 0, DialTally(attempts: 1, dials: 1))
        #expect(tally.rows.map(\.dials.dials) == [6, 5, 1])
        #expect(tally.rows[1].province == "浙江" && tally.rows[1].dials.live == 1)
        #expect(tally.dialsOfSeveralZones == 6)
        #expect(tally.rows.map { $0.name(in: .english) } == ["US · TX", "Zhejiang", "not known"])
        #expect(tally.rows.map { $0.name(in: .chinese) } == ["US · TX", "浙江", "归属地不明"])
    }

    @Test("every outcome is in one group, whatever is open in that of the unknown")
    func groups() {
        for outcome in CallOutcome.allCases where outcome != .unknown { #expect(OutcomeGroup(outcome) != .unknown) }
        #expect(OutcomeGroup(nil) == .unknown && OutcomeGroup(.unknown) == .unknown)
    }
}
