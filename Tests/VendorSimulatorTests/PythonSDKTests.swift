import CallModel
import DialModel
import Foundation
import Telephony
import Testing

@testable import VendorSimulator

/// The vendor's own SDK as the client: it was written against the real service and knows nothing of the simulator.
@Suite struct PythonSDKTests {
    private struct Report: Decodable {
        var group: String
        var caller: String
        var caller_city: String
        var candidates: Int
        var ready: Int
        var status_codes: [String]
        var events: [[String]]
        var reasons: [String]
        var bound_agent: String
        var tasks: [String]
    }

    @Test func `The vendor's SDK signs, picks, lists, dials, follows and reads records without special treatment`()
        async throws
    {
        let python = try await PythonEnvironment.withSDK()
        // The SDK signs with the real time, from which the simulator's runs away.
        let settings = SimulatorSettings(
            callModel: CallModelSettings(wrapUp: .constant(.seconds(5))), timestampTolerance: .seconds(86_400))
        let simulator = try VendorSimulator(settings: settings, clock: SystemClock(speed: 200))
        let port = try await simulator.start()
        let script = try #require(
            Bundle.module.url(forResource: "drive_simulator", withExtension: "py", subdirectory: "Fixtures"))
        let account = settings.account
        let result = try await PythonEnvironment.run(
            python,
            [
                script.path, String(port), account.accessKeyID, account.accessKeySecret.revealed, account.instanceID,
                account.skillGroupName, account.subdomain,
            ])
        await simulator.stop()
        try #require(result.status == 0, "\(result.errors)")
        let report = try JSONDecoder().decode(Report.self, from: result.output)
        #expect(report.group == "sales")
        #expect(report.caller == "051480000001")
        #expect(report.caller_city == "扬州")
        #expect(report.candidates == 3)
        #expect(report.ready == 5)
        #expect(report.status_codes == ["200", "200", "200"])
        #expect(report.events[0] == ["Dial", "EnterQueue", "Ring", "NormalEnd", "Talk", "End", "Handle"])
        #expect(report.events[1] == report.events[0])
        #expect(report.events[2] == ["Dial"])
        #expect(report.reasons == ["200-OK", "200-OK", "486-Busy Here"])
        let whole = try #require(JSONSerialization.jsonObject(with: result.output) as? [String: Any])
        let records = try #require(whole["records"] as? [String: [Any]])
        let bound = try #require(records[report.tasks[1]])
        #expect(bound[0] as? String == "Success")
        #expect(bound[1] as? String == report.bound_agent)
        #expect(bound[2] as? Int == 30)
        #expect(records[report.tasks[2]]?[0] as? String == "NoAnswer")
    }
}

/// A Python with the vendor's SDK in it, made once and kept with the system's temporary files.
enum PythonEnvironment {
    struct Finished: Sendable {
        var status: Int32
        var output: Data
        var errors: String
    }

    struct CannotPrepare: Error, CustomStringConvertible {
        var description: String
    }

    private static let package = "alibabacloud-ccc20170705==1.0.3"

    /// The interpreter of an environment that has the SDK; installs it if need be.
    static func withSDK() async throws -> String {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("autodialer-python-sdk").path
        let python = place + "/bin/python"
        if FileManager.default.isExecutableFile(atPath: python),
            try await run(python, ["-c", "import alibabacloud_ccc20170705.client"]).status == 0
        {
            return python
        }
        let made = try await run("/usr/bin/env", ["python3", "-m", "venv", "--clear", place])
        guard made.status == 0 else {
            throw CannotPrepare(description: "python3 cannot make a virtual environment: \(made.errors)")
        }
        let installed = try await run(python, ["-m", "pip", "install", "--quiet", package])
        guard installed.status == 0 else {
            throw CannotPrepare(
                description: "pip could not install \(package); this test needs a package index: \(installed.errors)")
        }
        return python
    }

    /// Runs a command to its end; its output goes through files, so that none can fill a pipe.
    static func run(_ command: String, _ arguments: [String]) async throws -> Finished {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["out", "err"].map { folder.appendingPathComponent($0) }
        for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command)
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Finished(
            status: process.terminationStatus, output: try Data(contentsOf: files[0]),
            errors: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self))
    }
}
