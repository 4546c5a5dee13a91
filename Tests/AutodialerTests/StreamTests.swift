import Foundation
import Testing

@Suite("What is written to and is no file stays what it is", .timeLimit(.minutes(15)))
struct StreamTests {
    private func place() async throws -> Workplace {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 5))
        try await place.succeed("import trial --quiet")
        return place
    }

    /// A pipe with a name, open at the end that is read, so that nobody waits for anybody.
    private func pipe(_ name: String, in place: Workplace) throws -> Int32 {
        try #require(mkfifo(place.file(name), 0o600) == 0)
        let descriptor = open(place.file(name), O_RDWR | O_NONBLOCK | O_CLOEXEC)
        try #require(descriptor >= 0)
        return descriptor
    }

    private func kind(_ name: String, in place: Workplace) throws -> mode_t {
        var status = stat()
        try #require(lstat(place.file(name), &status) == 0)
        return status.st_mode & S_IFMT
    }

    @Test(
        "A pipe is given the table and remains a pipe",
        arguments: ["export leads trial", "privacy export +8615410990001"])
    func pipe(command: String) async throws {
        let place = try await place()
        let descriptor = try pipe("pipe", in: place)
        defer { close(descriptor) }
        try await place.succeed(command + " -o pipe")
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &bytes, bytes.count)
        let given = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        // A record of a person tells when it was made.
        let expected = try await place.succeed(command).output.filter { !$0.isNumber }
        #expect(given.filter { !$0.isNumber } == expected)
        #expect(try kind("pipe", in: place) == S_IFIFO)
        #expect(place.names().allSatisfy { !$0.hasSuffix(".part") }, "\(place.names())")
    }

    @Test("A name of stdout is stdout, also where that is a file which holds something already")
    func stdout() async throws {
        let place = try await place()
        let expected = try await place.succeed("export leads trial").output
        for (name, target) in [("out", "/proc/self/fd/1"), ("further", "out")] {
            try FileManager.default.createSymbolicLink(atPath: place.file(name), withDestinationPath: target)
            #expect(try await place.succeed("export leads trial -o \(name)").output == expected, "\(name)")
            try place.write("all.csv", "earlier\n")
            let command = "exec \(RunningTool.autodialer) export leads trial -o \(name) >> all.csv"
            #expect(try await place.start(program: "/bin/sh", ["-c", command]).ended().code == 0)
            #expect(place.text("all.csv") == "earlier\n" + expected, "\(name)")
            #expect(try kind(name, in: place) == S_IFLNK, "\(name)")
        }
    }

    @Test("A link to a file gives way to the file that is written, and what it led to stays as it was")
    func linkToFile() async throws {
        let place = try await place()
        try place.write("other.csv", "somebody else's\n")
        try FileManager.default.createSymbolicLink(atPath: place.file("leads.csv"), withDestinationPath: "other.csv")
        try await place.succeed("export leads trial -o leads.csv")
        #expect(try kind("leads.csv", in: place) == S_IFREG && place.text("other.csv") == "somebody else's\n")
    }

    @Test("Metrics, which are written again and again, are refused a pipe before anybody is called")
    func metrics() async throws {
        let place = try await place()
        let descriptor = try pipe("pipe", in: place)
        defer { close(descriptor) }
        let command = "run trial --speed 100 --max-duration 9h --metrics-file pipe"
        try await place.fail(command, 73, saying: ["--metrics-file: pipe is a pipe or a device", "name a file"])
        try await place.fail(command + " --lang zh", 73, saying: ["--metrics-file：pipe 是管道或设备"])
        #expect(try kind("pipe", in: place) == S_IFIFO)
    }

    // MARK: - Terminals

    /// What sets a window's title, and then the colour, in both ways of writing orders.
    private static let orders = "\u{1B}]0;pwned\u{7}\u{1B}[31mred\u{9B}0m"

    @Test("A terminal is given no orders that stand in reasons, names and lists; a program is given what there is")
    func orders() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: "phone,name\n+8613800138000,\(Self.orders)\n")
        try await place.succeed("import trial --quiet")
        let add = "exec \(RunningTool.autodialer) dnc add +8613800138000 --because \"$WORDS\""
        let added = try place.start(program: "/bin/sh", ["-c", add], environment: ["WORDS": Self.orders])
        #expect(try await added.ended().code == 0)
        let commands = [
            ("dnc check +8613800138000", Int32(1)), ("export leads trial", 0), ("export leads trial --json", 0),
        ]
        for (command, code) in commands {
            let piped = try await place.run(command)
            #expect(piped.code == code && piped.output.contains("red\u{9B}0m"), "\(command): \(piped)")
            #expect(piped.output.contains("\u{1B}") != command.hasSuffix("--json"), "JSON has a spelling for it")
            let window = try TerminalWindow(columns: 200, rows: 24)
            #expect(try await window.start(command, in: place).ended().code == code, "\(command)")
            try await window.wait(for: "red\u{FFFD}0m")
            #expect(!window.shown.contains("\u{1B}") && !window.shown.contains("\u{9B}"), "\(window.shown)")
            #expect(!window.shown.replacing("\r\n", with: "").contains("\r"), "\(window.shown)")
        }
    }
}
