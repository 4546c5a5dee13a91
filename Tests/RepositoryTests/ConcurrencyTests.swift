import Testing

@Suite("No stray tasks, no waiting by sleeping, no crash on purpose")
struct ConcurrencyTests {
    /// Where an unstructured task is unavoidable, with how many there are and why; it may only shrink.
    private static let allowedTasks: [(path: String, count: Int, reason: String)] = [
        ("Sources/VendorSimulator/VendorSimulator.swift", 1, "the caller goes on while it serves; stop() ends it"),
        ("Sources/Telephony/Uncancelled.swift", 1, "signing out outlives cancellation; the caller awaits it"),
    ]

    private func strayTasks(_ file: SourceFile) -> [Finding] {
        let pattern = #"\bTask\b\s*(<[^>{]*>)?\s*(\.\s*(detached|immediate\w*)|(\.init)?\s*(\([^{)]*\))?\s*\{)"#
        return file.code.matches(pattern).map {
            Finding(path: file.path, line: $0.line, message: "`\($0.text)` outlives its caller")
        }
    }

    private func sleeps(_ file: SourceFile) -> [Finding] {
        let pattern =
            #"\b(Task|Thread|(Continuous|Suspending)Clock(\(\))?)\s*\.\s*sleep\b|(?<![.\w])(?<!func )(u|nano)?sleep\s*\("#
        return file.code.matches(pattern).map {
            Finding(path: file.path, line: $0.line, message: "`\($0.text)` waits for time instead of an event")
        }
    }

    private func crashes(_ file: SourceFile) -> [Finding] {
        file.code.matches(#"\b(try|as)!|\bfatalError\s*\("#).map {
            Finding(path: file.path, line: $0.line, message: "`\($0.text)` crashes where an error could be handled")
        }
    }

    private func prints(_ file: SourceFile) -> [Finding] {
        file.code.matches(#"(?<![.\w])(?<!func )(print|debugPrint|dump)\s*\("#).map {
            Finding(path: file.path, line: $0.line, message: "`\($0.text)` writes past the command's output")
        }
    }

    @Test("Sources start no unstructured task outside the allow-list, which holds nothing that is gone")
    func tasks() {
        let findings = Repository.swiftFiles(under: "Sources").flatMap(strayTasks)
        #expect(findings.filter { finding in !Self.allowedTasks.contains { $0.path == finding.path } } == [])
        for allowed in Self.allowedTasks {
            #expect(findings.count { $0.path == allowed.path } == allowed.count, "\(allowed.path): \(allowed.reason)")
        }
    }

    @Test("Tests never sleep")
    func testsDoNotSleep() {
        #expect(Repository.swiftFiles(under: "Tests").flatMap(sleeps) == [])
    }

    @Test("Nothing is forced")
    func nothingForced() {
        #expect(Repository.swiftFiles.flatMap(crashes) == [])
    }

    @Test("Sources print through the command's output only")
    func noPrints() {
        #expect(Repository.swiftFiles(under: "Sources").flatMap(prints) == [])
    }

    @Test(
        "The rule for tasks catches",
        arguments: [
            "Task { f() }", "Task.detached { f() }", "let a = Task<Void, Never> { f() }",
            "Task(priority: .high) { f() }",
            "Task\n{ f() }", "Task.immediate { f() }", "Task.detached(operation: f)", "Task.init { f() }",
        ])
    func offendingTasks(text: String) {
        #expect(strayTasks(SourceFile(path: "Sample.swift", text: text)).count == 1)
    }

    @Test(
        "The rule for tasks lets pass",
        arguments: [
            "Task.isCancelled", "try await Task.sleep(for: a)", "await Task.yield()", "withTaskGroup { f() }",
            "// Task { f() }",
            "group.addTask { f() }", "var running: Task<Void, Never>?", "if Task.isCancelled { f() }",
        ])
    func passingTasks(text: String) {
        #expect(strayTasks(SourceFile(path: "Sample.swift", text: text)) == [])
    }

    @Test(
        "The rule for sleeping catches",
        arguments: [
            "try await Task.sleep(for: .seconds(1))", "usleep(5)", "Thread.sleep(forTimeInterval: 1)", "sleep(1)",
            "nanosleep(&a, nil)", "try await ContinuousClock().sleep(until: a)",
        ])
    func offendingSleeps(text: String) {
        #expect(sleeps(SourceFile(path: "Sample.swift", text: text)).count == 1)
    }

    @Test(
        "The rule for sleeping lets pass",
        arguments: [
            "try await clock.sleep(until: deadline)", "func sleep(until deadline: Timestamp) {}", "// usleep(5)",
            "asleep(1)",
        ])
    func passingSleeps(text: String) {
        #expect(sleeps(SourceFile(path: "Sample.swift", text: text)) == [])
    }

    @Test(
        "The rules for forcing and printing catch", arguments: ["try! f()", "a as! B", "fatalError(\"a\")", "print(a)"])
    func offendingCode(text: String) {
        let sample = SourceFile(path: "Sample.swift", text: text)
        #expect((crashes(sample) + prints(sample)).count == 1)
    }

    @Test(
        "The rules for forcing and printing let pass",
        arguments: ["try? f()", "a as? B", "out.print(a)", "// try! f()"])
    func passingCode(text: String) {
        let sample = SourceFile(path: "Sample.swift", text: text)
        #expect(crashes(sample) + prints(sample) == [])
    }
}
