import DialModel
import Testing
import Wording

@testable import Monitoring

@Suite("What a campaign comes to for a monitor")
struct CampaignCheckTests {
    private let now = Timestamp(milliseconds: 1_767_319_384_000)

    private func facts(_ change: (inout CheckFacts) -> Void = { _ in }) -> CheckFacts {
        var facts = CheckFacts(campaign: "spring")
        facts.leads = 476
        facts.finished = 400
        facts.freeBytes = 50 << 30
        change(&facts)
        return facts
    }

    private func run(
        hold: CheckFacts.Hold? = nil, stalled: Int = 0, hasNeverMoved: Bool = false, isVendorDown: Bool = false
    ) -> CheckFacts.Run {
        CheckFacts.Run(
            hold: hold, isVendorDown: isVendorDown, stalled: .seconds(stalled), hasNeverMoved: hasNeverMoved,
            openCalls: 0,
            signedIn: 5)
    }

    private func state(_ change: (inout CheckFacts) -> Void) -> CheckState {
        CampaignCheck(facts(change), at: now).state
    }

    @Test("The line is that of a monitoring plugin, performance data behind the bar")
    func line() {
        let check = CampaignCheck(
            facts {
                $0.due = 12
                $0.run = run(hold: .paused(by: "wang"))
                $0.judged = 200
                $0.failed = 3
                $0.abandonment = AbandonmentCount(live: 200, abandoned: 2)
                $0.abandonmentLimit = 0.03
            }, at: now)
        #expect(
            check.line(in: .english)
                == "AUTODIALER OK - spring: 476 leads, 12 due, 400 finished, 0 open; a run is going on with 5 agents; "
                + "paused by wang | leads=476;;;0 due=12;;;0 open=0;;;0 stalled=0s;300;900;0 errors=1.5%;20;50;0;100 "
                + "abandonment=1%;2.4;3;0;100 disk_free=53687091200B;2147483648:;536870912:;0")
        #expect(check.line(in: .chinese).contains("已由 wang 暂停 | leads=476"))
    }

    @Test("A limit is told as it is written, and no name begins the performance data")
    func words() {
        var facts = facts {
            $0.abandonment = AbandonmentCount(live: 1_000, abandoned: 3)
            $0.abandonmentLimit = 0.002_5
        }
        facts.campaign = "spring|\u{301}\r\n"
        let line = CampaignCheck(facts, at: now).line(in: .english)
        #expect(line.contains("0.3 % of 1000 answered calls abandoned, the limit is 0.25 %"), "\(line)")
        #expect(line.unicodeScalars.filter { $0 == "|" }.count == 1 && !line.unicodeScalars.contains("\n"))
    }

    @Test(
        "Standing still alarms by how long it lasts",
        arguments: [(299, CheckState.ok), (300, .warning), (900, .critical)])
    func standstill(seconds: Int, expected: CheckState) {
        #expect(state { $0.run = run(stalled: seconds) } == expected)
        #expect(
            state {
                $0.dialableSince = now - .seconds(seconds)
                $0.lastProgressAt = now - .seconds(86_400)
            } == expected)
    }

    @Test("Without a run, time counts from when somebody was due or something moved, whichever is later")
    func withoutRun() {
        var facts = facts { $0.dialableSince = now - .seconds(4_000) }
        #expect(facts.stalled(at: now) == .seconds(4_000))
        facts.lastProgressAt = now - .seconds(30)
        #expect(facts.stalled(at: now) == .seconds(30))
        facts.dialableSince = nil
        #expect(facts.stalled(at: now) == .zero, "closed hours, or nobody left")
    }

    @Test("Runs that are started again and again in vain do not hide that nothing goes on")
    func restarts() {
        let facts = facts {
            $0.run = run(stalled: 20, hasNeverMoved: true)
            $0.dialableSince = now - .seconds(3_000)
            $0.lastProgressAt = now - .seconds(2_000)
        }
        #expect(facts.stalled(at: now) == .seconds(2_000))
    }

    @Test("What holds a run back as it should alarms nobody, though leads are due and nothing moves")
    func holds() {
        for hold in [
            CheckFacts.Hold.draining, .paused(by: "wang"), .noAgents, .nobodyFree, .nothingDue, .noCapacity,
        ] {
            let check = CampaignCheck(
                facts {
                    $0.due = 70
                    $0.run = run(hold: hold, hasNeverMoved: true)
                    $0.dialableSince = now - .seconds(80_000)
                }, at: now)
            #expect(check.state == .ok, "\(hold)")
        }
    }

    @Test("Few attempts and few answers say nothing")
    func fewOfThem() {
        #expect(state { ($0.judged, $0.failed) = (19, 19) } == .ok)
        #expect(state { ($0.judged, $0.failed) = (20, 4) } == .warning)
        #expect(state { ($0.judged, $0.failed) = (20, 10) } == .critical)
        func abandonment(_ live: Int, _ abandoned: Int) -> CheckState {
            state {
                $0.abandonment = AbandonmentCount(live: live, abandoned: abandoned)
                $0.abandonmentLimit = 0.03
            }
        }
        #expect(abandonment(99, 9) == .ok)
        #expect(abandonment(1_000, 23) == .ok)
        #expect(abandonment(1_000, 24) == .warning)
        #expect(abandonment(1_000, 30) == .critical)
    }

    @Test("Lists that grow old, a disk that fills up, an audit log that is not sound, a vendor that is away")
    func surroundings() {
        func list(_ days: Int?) -> CheckState {
            state {
                $0.lists = [
                    .init(list: "national", age: days.map { .seconds($0 * 86_400) }, maximum: .seconds(31 * 86_400))
                ]
            }
        }
        #expect([list(24), list(25), list(31), list(nil)] == [.ok, .warning, .critical, .critical])
        let rehearsal = state {
            $0.isRehearsal = true
            $0.lists = [.init(list: "national", age: nil, maximum: .seconds(31 * 86_400))]
        }
        #expect(rehearsal == .warning)
        #expect(state { $0.freeBytes = 2 << 30 } == .warning && state { $0.freeBytes = 1 << 20 } == .critical)
        #expect(state { $0.freeBytes = nil } == .ok)
        #expect(state { $0.auditFault = Phrase(same: "entry 7 is gone") } == .critical)
        #expect(state { $0.run = run(isVendorDown: true) } == .warning)
    }

    @Test("The worst comes first, and nothing in it breaks the line")
    func worstFirst() {
        let check = CampaignCheck(
            facts {
                $0.campaign = "a|b\nc"
                $0.run = run(stalled: 400)
                $0.auditFault = Phrase(same: "entry 7\nis gone")
            }, at: now)
        let line = check.line(in: .english)
        #expect(
            line.hasPrefix("AUTODIALER CRITICAL - a b c: the audit log is not sound: entry 7 is gone; nothing has gone")
        )
        #expect(line.count { $0 == "|" } == 1 && !line.contains("\n"))
        #expect(
            CampaignCheck.unknown("spring", because: "no such file\nmore", in: .english)
                == "AUTODIALER UNKNOWN - spring: the campaign cannot be looked at: no such file more")
    }

    @Test(
        "Thresholds are read as they are written, and nothing is guessed",
        arguments: [
            (ThresholdUnit.duration, "5m:15m", Threshold(warning: 300, critical: 900)),
            (.duration, "90s:2h", Threshold(warning: 90, critical: 7_200)),
            (.share, "20%:100%", Threshold(warning: 0.2, critical: 1)),
            (.duration, "15m:5m", nil), (.duration, "5m", nil), (.duration, "5:15", nil), (.duration, "-5m:15m", nil),
            (.share, "20:50", nil), (.share, "%:5%", nil),
            (.bytes, "1G:8388608T", nil),
            (.bytes, "512M:2G", Threshold(warning: 512 * 1_048_576, critical: 2_147_483_648)),
        ] as [(ThresholdUnit, String, Threshold?)])
    func thresholds(unit: ThresholdUnit, text: String, expected: Threshold?) {
        #expect(unit.threshold(text) == expected)
    }

    @Test("Where small figures are bad the smaller one is critical")
    func lower() throws {
        let disk = try #require(ThresholdUnit.bytes.threshold("2G:512M", isLower: true))
        #expect(disk.state(of: 3e9) == .ok && disk.state(of: 1e9) == .warning && disk.state(of: 1e6) == .critical)
        #expect(ThresholdUnit.bytes.threshold("512M:2G", isLower: true) == nil)
    }

    @Test("Of several states the one that somebody has to see to counts")
    func worse() {
        #expect(CheckState.warning.worse(.critical) == .critical && CheckState.critical.worse(.unknown) == .critical)
        #expect(CheckState.warning.worse(.unknown) == .warning && CheckState.ok.worse(.unknown) == .unknown)
    }
}
