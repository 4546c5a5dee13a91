import Foundation
import Testing

@Suite("Shells complete commands, options and campaigns", .timeLimit(.minutes(15)))
struct CompletionTests {
    /// Where the shells are that a machine may lack.
    private static let others = ["zsh", "fish"].filter {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)")
    }

    /// What bash offers for the last of some words, asked as its line editor asks.
    private func offered(_ words: [String], in place: Workplace) async throws -> [String] {
        let script = try await place.succeed("--generate-completion-script bash").output
        try place.write(
            "complete.bash",
            script + """

                # Outside the line editor nobody takes this option.
                compopt() { :; }
                COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
                _autodialer autodialer "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                printf '%s\\n' "${COMPREPLY[@]}"

                """)
        let bash = try place.start(program: "/bin/bash", ["--norc", place.file("complete.bash")] + words)
        let transcript = try await bash.ended()
        #expect(transcript.errors == "")
        return transcript.output.split(separator: "\n").map(String.init).sorted()
    }

    @Test(
        "bash offers",
        arguments: [
            ("exp", ["explain", "export"]), ("export att", ["attempts"]),
            ("run --max", ["--max-attempts", "--max-duration"]), ("run campaigns/s", ["campaigns/spring"]),
            ("status cam", ["campaigns"]), ("status campaigns/spring --database ", ["campaigns", "old.sqlite"]),
            ("export leads campaigns/spring --lang ", ["en", "zh"]),
        ])
    func bash(line: String, wanted: [String]) async throws {
        let place = try await Workplace()
        try place.write("campaigns/spring/campaign.yaml", "name: spring\n")
        try place.write("campaigns/vendors.yaml", "")
        try place.write("old.sqlite", "")
        let words = (["autodialer"] + line.components(separatedBy: " "))
        let offered = try await offered(words, in: place).filter {
            !$0.hasPrefix("transcript-") && $0 != "complete.bash"
        }
        #expect(offered == wanted)
    }

    @Test("The scripts of the other shells have no fault that these shells can find", arguments: others)
    func syntax(shell: String) async throws {
        let place = try await Workplace()
        try place.write("script", try await place.succeed("--generate-completion-script \(shell)").output)
        let check = try place.start(program: "/usr/bin/\(shell)", ["-n", place.file("script")])
        let transcript = try await check.ended()
        #expect(transcript.code == 0 && transcript.errors == "", "\(transcript)")
    }
}
