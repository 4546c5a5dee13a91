import Testing

@Suite("Pure targets have no clock, no input or output and no chance of their own")
struct PurityTests {
    private static let pureTargets = [
        "CallModel", "CallerID", "CampaignFile", "CampaignReport", "Compliance", "DialEngine", "DialModel", "EventWire",
        "Monitoring", "Pacing",
    ]

    private static let banned: [(pattern: String, what: String)] = [
        (#"\bimport\s+(Foundation\w*|Dispatch|Synchronization)\b"#, "a library with clocks, files or locks"),
        (#"\bDate\s*[(.]"#, "the wall clock"),
        // `request.now` is an argument and `case .now` may be one's own; the system's instants need a name banned below.
        (#"\b\w*[cC]lock(\([^()]*\))?\??\.now\b|\bInstant\.now\b"#, "a clock"),
        (#"\b(ContinuousClock|SuspendingClock)\b"#, "a clock"),
        (#"\b(clock_gettime|gettimeofday|getenv|fopen|usleep|nanosleep|arc4random\w*)\s*\("#, "the system"),
        (#"\bSystemRandomNumberGenerator\b"#, "the system's randomness"),
        (#"\.(random|randomElement|shuffle|shuffled)\((?![^()]*\busing:)"#, "the system's randomness"),
        (#"\b(Task|TaskGroup|async|await|actor)\b"#, "concurrency"),
        (#"(?<![.\w])(?<!func )(print|debugPrint|dump)\s*\("#, "output"),
    ]

    private func impurities(_ file: SourceFile) -> [Finding] {
        Self.banned.flatMap { rule in
            file.code.matches(rule.pattern).map {
                Finding(path: file.path, line: $0.line, message: "`\($0.text)` brings in \(rule.what)")
            }
        }
    }

    @Test("Pure targets use nothing that is banned there")
    func pureSources() {
        let files = Self.pureTargets.flatMap { Repository.swiftFiles(under: "Sources/\($0)") }
        #expect(files.contains { $0.path.hasPrefix("Sources/DialModel/") })
        #expect(files.contains { $0.path.hasPrefix("Sources/DialEngine/") })
        #expect(files.flatMap(impurities) == [])
    }

    @Test(
        "The rule catches",
        arguments: [
            "import Foundation", "private import FoundationEssentials", "let a = Date()", "let a = Date.now",
            "let a = ContinuousClock()", "let a: ContinuousClock.Instant = .now", "let a = Instant.now",
            "let a = clock.now",
            "let a = RunClock().now",
            "Task { f() }", "func f() async {}", "await f()", "Int.random(in: 0..<3)", "list.shuffled()",
            "list.randomElement()", "print(a)", "let a = \"\\(Date())\"", "actor A {}",
            "clock_gettime(CLOCK_REALTIME, &a)",
        ])
    func offending(text: String) {
        #expect(!impurities(SourceFile(path: "Sample.swift", text: text)).isEmpty)
    }

    @Test(
        "The rule lets pass",
        arguments: [
            "let a = request.now", "let a = self.now + rule.after", "f(now: now)", "// Date() and await",
            "let a = \"await\"",
            "Int.random(in: 0..<3, using: &generator)", "list.shuffled(using: &generator)", "row.print(a)",
            "let a = update(b)", "struct TaskRow {}", "let a = lastDate(b)", "let awaited = 1", "let a = list[0].now",
            "switch due { case .now: f() }", "let a = Due.now",
        ])
    func passing(text: String) {
        #expect(impurities(SourceFile(path: "Sample.swift", text: text)) == [])
    }
}
