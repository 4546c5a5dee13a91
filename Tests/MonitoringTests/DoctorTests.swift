import DialModel
import Foundation
import Monitoring
import Testing
import Wording

@Suite("What figures of a machine are worth")
struct DoctorTests {
    private typealias Severity = Finding.Severity

    @Test("Everything that is said is said in both languages")
    func phrases() {
        #expect(DoctorPhrase.findings(sameInBoth: [.accountGood, .accountMissing, .total]) == [])
        #expect(CheckPhrase.findings() == [] && MailPhrase.findings() == [])
    }

    @Test("Room, files and memory")
    func machine() {
        let gibibyte: UInt64 = 1 << 30
        func disk(_ free: UInt64?) -> Severity { Judgement.disk(free: free, at: "a.sqlite").severity }
        #expect([disk(9 * gibibyte), disk(gibibyte), disk(1 << 20), disk(nil)] == [.ok, .warning, .problem, .warning])
        #expect([1_024, 1_023, 63].map { Judgement.openFiles(limit: $0).severity } == [.ok, .warning, .problem])
        #expect(
            [1 << 30, 128 << 20, 1 << 20].map { Judgement.memory(available: $0).severity } == [.ok, .warning, .problem])
    }

    @Test(
        "Locales of UTF-8",
        arguments: [
            ("C.UTF-8", Severity.ok), ("zh_CN.utf8", .ok), ("C", .warning), ("", .warning), ("zh_CN.GB18030", .warning),
        ])
    fileprivate func locale(name: String, expected: Finding.Severity) {
        #expect(Judgement.locale(name).severity == expected)
    }

    @Test("Clocks: set, kept, and near the vendor's")
    func clock() {
        #expect(Judgement.timeZone(nil).severity == .warning && Judgement.timeZone("Asia/Shanghai").severity == .ok)
        #expect([true, false, nil].map { Judgement.synchronisation($0).severity } == [.ok, .warning, .ok])
        #expect(
            [0, 60, -60, 61, -61].map { Judgement.skew(.seconds($0), of: "a").severity } == [
                .ok, .ok, .ok, .problem, .problem,
            ])
        #expect(Judgement.skew(nil, of: "a").severity == .ok)
    }

    @Test("Files that others can read are a problem, folders that others can write to, too")
    func files() {
        #expect(
            [0o100600, 0o100400, 0o100640, 0o100604, 0o100666].map { Judgement.mode($0, of: "a").severity }
                == [.ok, .ok, .problem, .problem, .problem])
        #expect(
            [0o40755, 0o40700, 0o40777].map { Judgement.mode($0, of: "a", isFolder: true).severity } == [
                .ok, .ok, .problem,
            ])
        let shared = Judgement.mode(0o41777, of: "/tmp", isFolder: true)
        #expect(shared.severity == .problem && shared.fix?.text(in: .english).contains("chmod") == false)
        let spaced = Judgement.mode(0o100644, of: "my calls.sqlite")
        #expect(spaced.fix?.text(in: .english) == "run: chmod 600 'my calls.sqlite'")
        let finding = Judgement.mode(0o100644, of: "calls.sqlite")
        #expect(finding.what.text(in: .english) == "calls.sqlite has mode 0644: others can read it or write to it")
        #expect(finding.fix?.text(in: .english) == "run: chmod 600 calls.sqlite")
        #expect(
            Judgement.owner("wang", of: "a", me: "wang") == nil && Judgement.owner("root", of: "a", me: "wang") != nil)
    }

    @Test("Lists are judged by the age that the campaign allows")
    func lists() {
        func severity(_ days: Int?, of maximum: Int? = 31) -> Severity {
            Judgement.age(
                days.map { .seconds($0 * 86_400) }, of: "national", maximum: maximum.map { .seconds($0 * 86_400) },
                campaign: "spring"
            ).severity
        }
        #expect(
            [severity(1), severity(25), severity(31), severity(32), severity(nil)] == [
                .ok, .warning, .warning, .problem, .problem,
            ])
        #expect(severity(900, of: nil) == .ok && severity(nil, of: nil) == .ok)
    }

    @Test("A rehearsal rings nobody: a list that is missing or too old is something to see to", arguments: [nil, 32])
    func rehearsed(days: Int64?) {
        let findings = [true, false].map { isRehearsal in
            Judgement.age(
                days.map { .seconds($0 * 86_400) }, of: "national", maximum: .seconds(31 * 86_400), campaign: "spring",
                isRehearsal: isRehearsal)
        }
        #expect(findings.map(\.severity) == [.warning, .problem] && findings[0].fix == findings[1].fix)
    }

    @Test("Time-zone data of two years ago has missed changes")
    func zones() throws {
        let day = try #require(CivilDay(year: 2026, month: 11, day: 27))
        func system(_ line: String?) -> Severity {
            Judgement.systemZones(firstLine: line, at: "/zones", on: day).severity
        }
        #expect(system("# version 2025b") == .ok && system("# version 2024a") == .warning)
        #expect(system(nil) == .problem && system("# redo posix_only") == .problem)
        #expect(Judgement.phoneZones(of: "2026-11-21", on: day).severity == .ok)
        #expect(Judgement.phoneZones(of: "2024-11-21", on: day).severity == .warning)
        #expect(Judgement.phoneZones(of: "?", on: day).severity == .warning)
    }

    @Test("Logs that are too large, journals that are no log")
    func database() {
        #expect(
            Judgement.journal(mode: "wal").severity == .ok && Judgement.journal(mode: "delete").severity == .problem)
        #expect(Judgement.log(bytes: 1 << 20).severity == .ok && Judgement.log(bytes: 1 << 30).severity == .warning)
    }

    @Test("A report goes by area, problems first, with the fix on the line below and the sum at the end")
    func report() {
        let findings = [
            Finding.ok(.clock, Words(.synchronised)), Judgement.locale("C"), Judgement.memory(available: 1 << 20),
        ]
        #expect(
            FindingReport.text(findings, in: .english) == """
                Machine
                  ✗   1.0 MiB of memory available
                      → end other programs, or give the machine more memory
                  !   the locale is C
                      → set LANG=C.UTF-8 (in crontab or unit, too), so that names show as they are
                Clock
                  ok  the clock is kept by NTP
                1 problem, 1 warning, 1 as it should be
                """)
        #expect(FindingReport.text(findings, in: .chinese).contains("→ 请结束其他程序，或为机器增加内存"))
        #expect(
            FindingReport.text([], in: .english) == "0 problems, 0 warnings, 0 as they should be"
                && FindingReport.text(findings, in: .chinese).hasSuffix("1 个问题，1 个警告，1 项正常"))
    }

    @Test("The guide explains every finding, and no other")
    func guide() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(
            contentsOf: root.appending(path: "Sources/autodialer/autodialer.docc/Doctor.md"), encoding: .utf8)
        let told = text.matches(of: /(?m)^\| `([a-z_]+)`/).map { String($0.1) }
        // A finding has a fix of its name, or none; the rest are headings and sums.
        let sums = ["total", "problem", "problems", "warning", "warnings", "one_fine", "fine", "verbatim"]
        let headings = Set(Finding.Area.allCases.map(\.rawValue) + sums)
        let codes = DoctorPhrase.allCases.map(\.rawValue).filter { !$0.hasSuffix("_fix") && !headings.contains($0) }
        #expect(told.sorted() == codes.sorted())
    }
}
