import DialEngine
import DialModel
import Ledger
import Testing
import Wording

@testable import autodialer

@Suite("How a run ended is told of the run and of each of its accounts")
struct RunEndingTests {
    private static let start = Timestamp(milliseconds: 1_768_356_000_000)
    private static let nobody = LeadsOnHold(counts: [])

    private func record(_ account: String, _ ending: String?) -> RunRecord {
        RunRecord(
            id: RunID(1), account: account, startedAt: Self.start, endedAt: ending.map { _ in Self.start },
            ending: ending)
    }

    @Test("What somebody has to see to is the run's, whichever account comes last")
    func worst() {
        let parts = [record("first", "vendor_refused"), record("second", "nothing_due")]
        for parts in [parts, parts.reversed()] { #expect(parts.joined?.account == "first") }
        #expect(
            parts.endingPhrase?.english
                == "the vendor refuses the campaign's calls; first: the vendor refuses the campaign's calls, second: "
                + "nothing is due")
        #expect(parts.endingPhrase?.chinese == "供应商拒绝该活动的呼叫；first：供应商拒绝该活动的呼叫，second：没有可拨线索")
    }

    @Test("Where all ended alike it is said once, and while one goes on nothing is")
    func alike() {
        let both = [record("first", "nothing_due"), record("second", "nothing_due")]
        #expect(both.endingPhrase?.english == "nothing is due")
        #expect([record("first", "drained")].endingPhrase?.english == "drained", "as an older release put it")
        #expect([record("first", "nothing_due"), record("second", nil)].endingPhrase == nil)
        #expect([RunRecord]().joined == nil)
    }

    @Test("A run ends as the account does that tells most of it")
    func joining() {
        let later = RunEnding.nothingDue(next: Self.start)
        #expect(RunEnding(joining: [later, .nothingDue(next: nil)]) == .nothingDue(next: nil))
        #expect(RunEnding(joining: [later, .vendorUnavailable, .deadline]) == .vendorUnavailable)
        #expect(RunEnding(joining: [.numbersBusy, later]) == later)
        #expect(RunEnding(joining: []) == .nothingDue(next: nil))
    }

    @Test("That everything is finished is said only where nobody is in a call of another runner")
    func othersCall() {
        let ending = RunEnding.nothingDue(next: nil)
        #expect(ending.sentence(leaving: Self.nobody, inCalls: 0).english == "every lead is finished")
        let sentence = ending.sentence(leaving: Self.nobody, inCalls: 2)
        #expect(sentence.english == "no lead is left to dial; leads that other runners are still calling: 2")
        #expect(sentence.chinese == "已无线索可拨；另有 2 条仍在其他运行的通话中")
    }

    @Test("A run that others have taken over says so, with what to do")
    func fenced() {
        let sentence = RunEnding.fenced.sentence(leaving: Self.nobody, inCalls: 0)
        #expect(
            sentence.english
                == "the database was out of reach for too long, and other runners have taken over; run the same command "
                + "again later")
        #expect(sentence.chinese == "与数据库失联过久，已由其他运行接手；请稍后重新运行同一命令")
        #expect(RunEnding(joining: [.nothingDue(next: nil), .vendorUnavailable, .fenced]) == .fenced)
        #expect(record("first", RunEnding.fenced.word.rawValue).ending == "fenced")
    }

    @Test("A database that is out of reach, or was taken over, is to be tried again")
    func ledger() {
        for code in [LedgerError.Code.unreachable, .fenced] {
            let error = LedgerError(
                code, operation: "commit", database: "d", message: Phrase(same: "the server went away"))
            let failure = Failure(error)
            #expect(failure.code == .tryLater)
            #expect(failure.lines.map(\.english).joined().contains("went away; run the same command again"))
            #expect(failure.lines.map(\.chinese).joined().contains("请"))
        }
    }

    @Test("Numbers that are paused are not promised for a time, and others are")
    func callerIDs() {
        func sentence(_ reason: String) -> Phrase {
            RunEnding.noCallerID(ClaimHold(until: Self.start, reason: reason))
                .sentence(leaving: Self.nobody, inCalls: 0)
        }
        #expect(sentence("paused 2").english.contains("until something is changed (paused 2)"))
        #expect(!sentence("paused 2").english.contains("before") && sentence("paused 2").chinese.contains("已停用 2 个"))
        #expect(sentence("at_daily_cap 2").english.contains("may be shown before "))
        #expect(sentence("at_daily_cap 2").chinese.contains("今日已用满 2 个"))
    }

    @Test("Leads on hold for an unknown time zone are told as such, with what frees them")
    func unknownZone() {
        let zones = LeadsOnHold(counts: [.init("time_zone", 2)])
        #expect(zones.text(in: .english).hasPrefix("2 wait until something is changed: unknown time zone (write hours"))
        #expect(zones.text(in: .chinese).hasPrefix("2 条需作调整后才可拨：时区未知（请写明 hours"))
        let both = LeadsOnHold(counts: [.init("consent", 3), .init("time_zone", 2)])
        #expect(both.text(in: .english).contains("3 no proof of consent, 2 unknown time zone (write"))
    }

    @Test("Counts at the end of a run are broken between two of them where a terminal has no room")
    func narrow() {
        var outcomes = OutcomeCounts()
        (outcomes[.connected], outcomes[.noAnswer], outcomes[.invalidNumber]) = (362, 236, 28)
        let figures = CampaignFigures(
            leads: 476, due: 0, waiting: 0, dialing: 0, finished: [], openAttempts: 0, outcomes: outcomes,
            nextDueAt: nil, lastRun: [])
        let summary = Summary(campaign: "demo", figures: figures, onHold: Self.nobody, ending: nil)
        let wide = summary.text(in: .english)
        #expect(wide.contains("362 connected, 236 no_answer, 28 invalid_number"))
        for language in Language.allCases {
            let narrow = summary.text(in: language, columns: 50)
            let lines = narrow.split(separator: "\n").map(String.init)
            #expect(lines.allSatisfy { $0.displayWidth <= 50 && !$0.hasSuffix(" ") }, "\(narrow)")
            #expect(lines.count > summary.text(in: language).split(separator: "\n").count)
        }
    }

    @Test("When the next lead is due is told with what it waits for, and no time is promised that brings nothing")
    func nextDue() {
        #expect(NextDue(at: Self.start).phrase.english == Self.start.dayAndTime)
        let hours = NextDue(
            at: Self.start, reason: "calling_hours: outside the hours where the callee lives or may live (cn)")
        #expect(
            hours.phrase.english.hasSuffix("; until then: outside the hours where the callee lives or may live (cn)"))
        #expect(hours.phrase.chinese.hasSuffix("；此前：不在客户所在地（或可能所在地）的可呼时段（cn）"))
        let parked = NextDue(at: Self.start, reason: "no_number not_local 3")
        #expect(parked.phrase.english.hasPrefix("not by itself; asked about again "))
        #expect(parked.phrase.chinese.hasSuffix("再次检查：没有可用号码：非本地号码 3 个"))
    }

    @Test("A share in decimals is exceeded by what is above it, and not by its binary fraction")
    func shares() {
        #expect(!AbandonmentCount(live: 100, abandoned: 29).exceeds(share: 0.29))
        #expect(AbandonmentCount(live: 100, abandoned: 30).exceeds(share: 0.29))
        #expect(AbandonmentCount(live: 1_000, abandoned: 3).exceeds(share: 0.0025))
        #expect(!AbandonmentCount(live: 1_000, abandoned: 2).exceeds(share: 0.0025))
    }
}
