import Foundation
import TestSupport
import Testing

/// A server from a script in `Fixtures`, which prints `port` and its port first.
struct PythonServer {
    /// The `websockets` package in the version that the tests are written for.
    static let websockets = "websockets==15.0.1"
    /// The `wsproto` package in the version that the tests are written for.
    static let wsproto = "wsproto==1.2.0"

    let process: ChildServer
    let port: Int

    /// Starts the script with a Python that has `packages`.
    init(_ script: String, packages: [String], _ arguments: [String] = []) async throws {
        let python = try await PythonEnvironment.python(with: packages)
        let path = try #require(
            Bundle.module.url(forResource: script, withExtension: "py", subdirectory: "Fixtures")
        ).path
        process = try ChildServer(python, ["-u", path] + arguments)
        await process.printed("port ")
        await process.printed("\n")
        let digits = process.text.components(separatedBy: "port ").last?.prefix { $0.isNumber } ?? ""
        port = try #require(Int(digits), "\(process.text)")
    }

    /// Runs `body` with the server, and ends it afterwards.
    static func with(
        _ script: String, packages: [String], _ arguments: [String] = [], _ body: (PythonServer) async throws -> Void
    ) async throws {
        let server = try await PythonServer(script, packages: packages, arguments)
        defer { server.process.stop() }
        try await body(server)
    }
}
