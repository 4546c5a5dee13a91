import CallModel
import DialModel
import Foundation
import Telephony
import TestSupport
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
        let python = try await PythonEnvironment.python(with: ["alibabacloud-ccc20170705==1.0.3"])
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
