import CallModel
import DialModel
import Foundation
import Telephony
import TestSupport
import Testing

@testable import VendorSimulator

/// A published socket.io client of the vendor's generation, which knows nothing of our codec.
@Suite(.timeLimit(.minutes(15))) struct WinCallPythonTests {
    private struct Report: Decodable {
        var not_initialised: Int
        var bad_password: Int
        var granted: String
        var twice: Int
        var not_signed_in: Int
        var signed_in: Int
        var idle: Int
        var already_idle: Int
        var busy: [Int]
        var elsewhere: Int
        var free: String
        var queues: String
        var codes: [Int]
        var scripted: Int
        var foreign_caller: Int
        var no_call: Int
        var project: Int
        var signed_out: [Int]
    }

    @Test(arguments: ["websocket", "polling"])
    func `A published socket.io client signs in, dials, is told of phones and signs out`(transport: String) async throws
    {
        let python = try await PythonEnvironment.python(with: [
            "python-engineio==3.14.2", "python-socketio==4.6.1", "requests==2.32.3", "websocket-client==1.8.0",
        ])
        let simulator = try VendorSimulator(
            settings: WinCallStage.settings(agents: 2), clock: PacedClock(speed: 20))
        let port = try await simulator.start()
        let script = try #require(
            Bundle.module.url(forResource: "drive_wincall", withExtension: "py", subdirectory: "Fixtures"))
        let result = try await PythonEnvironment.run(python, [script.path, String(port), transport])
        await simulator.stop()
        try #require(result.status == 0, "\(result.errors)")
        let report = try JSONDecoder().decode(Report.self, from: result.output)
        #expect(report.not_initialised == 1 && report.bad_password == 806 && report.twice == 2)
        #expect(report.granted.hasPrefix(#"[[10],["01080000001","#))
        #expect(report.not_signed_in == 0 && report.signed_in == 0 && report.idle == 1 && report.already_idle == 3)
        #expect(report.busy == [0, 2, 0])
        #expect(report.elsewhere == 1)
        #expect(report.free.contains(#""ag_num":"5001""#) && !report.free.contains("5002"))
        #expect(report.queues == #"f({"code":200,"message":"ok","data":[{"id":10,"que_name":"sales"}]})"#)
        #expect(report.codes == [401, 402])
        #expect(report.scripted == 504 && report.foreign_caller == 8 && report.no_call == 2)
        #expect(report.project == 4)
        #expect(report.signed_out == [0, 0, 10])
        let whole = try #require(JSONSerialization.jsonObject(with: result.output) as? [String: Any])
        #expect(Self.states(whole["answered"]) == "5/2 10 4 55 6 0")
        #expect(Self.states(whole["rings_out"]) == "5/2 10 4 55 0")
        #expect(Self.states(whole["busy_callee"]) == "5/2 10 4 0")
    }

    /// The states of a phone in order, a ring with its kind.
    private static func states(_ row: Any?) -> String? {
        guard let states = (row as? [Any])?.last as? [[Any]] else { return nil }
        return states.map { state in
            state.compactMap { ($0 as? Int).map(String.init) }.joined(separator: "/")
        }.joined(separator: " ")
    }
}
