import Foundation
import Testing

@Suite("What is printed suits who reads it", .timeLimit(.minutes(15)))
struct OutputTests {
    private func place() async throws -> Workplace {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers, .invalid], each: 5))
        return place
    }

    private static func hasEscapes(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }
    }

    @Test(
        "Without a terminal there are plain lines and no escape codes, whatever the environment says",
        arguments: [[:], ["TERM": "xterm-256color"], ["FORCE_COLOR": "1"], ["NO_COLOR": "1"]])
    func plain(environment: [String: String]) async throws {
        let place = try await place()
        let run = try await place.succeed("run trial --speed 100 --max-duration 9h --verbose", environment: environment)
        #expect(!Self.hasEscapes(run.output) && !Self.hasEscapes(run.errors))
        #expect(run.errors.contains("trial/leads.csv (utf-8): 10 leads added, 0 duplicates, 0 rejected\n"))
        #expect(run.errors.contains(/\n\d\d:\d\d:\d\d trial: \d+ of 10 leads finished/))
        #expect(
            run.output == """
                trial: every lead is finished
                  leads      10: 10 finished, 0 due now, 0 waiting, 0 in a call
                  finished   10: 5 reached, 5 invalid_number
                  attempts   10: 5 connected, 5 invalid_number

                """, "\(run.errors)")
        let status = try await place.succeed("status trial", environment: environment)
        let lines = status.output.split(separator: "\n")
        let told = run.output.replacing("trial: every lead is finished", with: "trial").split(separator: "\n")
        #expect(Array(lines.dropLast()) == told && !Self.hasEscapes(status.output), "\(status)")
        #expect(lines.last?.wholeMatch(of: #/  last run   ended [-\d: ]+: nothing is due/#) != nil, "\(status)")
        #expect(status.errors == "")
    }

    @Test(
        "With --quiet, commands that succeed print nothing",
        arguments: ["import trial", "run trial --speed 100 --max-duration 9h"])
    func quiet(command: String) async throws {
        let place = try await place()
        for _ in 1...2 {
            let transcript = try await place.succeed(command + " --quiet")
            #expect(transcript.output == "" && transcript.errors == "", "\(transcript)")
        }
    }

    @Test("status --json is one line of JSON, and an export nothing but CSV")
    func machineReadable() async throws {
        let place = try await place()
        try await place.succeed("run trial --speed 100 --max-duration 9h --quiet")
        let json = try await place.succeed("status trial --json")
        #expect(json.errors == "")
        #expect(json.output.hasSuffix("}\n") && json.output.count(where: \.isNewline) == 1)
        _ = try JSONDecoder().decode(StatusObject.self, from: Data(json.output.utf8))
        let file = try await place.succeed("export attempts trial -o out.csv")
        #expect(file.output == "" && file.errors == "")
        #expect(try await place.succeed("export attempts trial").output == place.text("out.csv"))
    }

    @Test(
        "On a terminal there is a board, in colour unless NO_COLOR says otherwise, and the cursor comes back",
        .enabled(if: access("/usr/bin/script", X_OK) == 0), arguments: ["", "1"])
    func board(noColour: String) async throws {
        let place = try await place()
        let command = "\(RunningTool.autodialer) run trial --speed 200 --max-duration 9h"
        let run = try place.start(
            program: "/usr/bin/script", ["--quiet", "--return", "--command", command, "typescript"],
            environment: ["TERM": "xterm", "NO_COLOR": noColour])
        let transcript = try await run.ended()
        #expect(transcript.code == 0, "\(transcript)")
        let shown = try #require(place.text("typescript"))
        #expect(shown.contains("\u{1B}[?25l") && shown.contains("trial | simulator.alibaba | progressive"))
        #expect(shown.contains("\u{1B}[1m") == noColour.isEmpty)
        let last = try #require(shown.ranges(of: "\u{1B}[?25h").last)
        #expect(!shown[last.upperBound...].contains("\u{1B}["))
        #expect(shown[last.upperBound...].contains("trial: every lead is finished"))
    }
}
