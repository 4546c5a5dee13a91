package import Foundation

/// Pythons with published packages in them, each made once and kept with the system's temporary files.
package enum PythonEnvironment {
    /// How a command ended.
    package struct Finished: Sendable {
        /// The exit status.
        package var status: Int32
        /// What it wrote to its standard output.
        package var output: Data
        /// What it wrote to its standard error.
        package var errors: String
    }

    /// There is no Python, or no package index.
    package struct CannotPrepare: Error, CustomStringConvertible {
        package var description: String
    }

    /// The interpreter of an environment that has `packages`, given as `name==version`; installs them if need be.
    ///
    /// It is made in a folder of its own and moved into place when complete, so that several test runs may do it at once.
    package static func python(with packages: [String]) async throws -> String {
        let name = (["autodialer-python"] + packages).joined(separator: "-").replacingOccurrences(of: "==", with: "-")
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        let python = place + "/bin/python"
        if FileManager.default.isExecutableFile(atPath: python), try await run(python, ["-c", ""]).status == 0 {
            return python
        }
        let site = "\(place)-\(UUID().uuidString)"
        let made = try await run("/usr/bin/env", ["python3", "-m", "venv", site])
        guard made.status == 0 else {
            throw CannotPrepare(description: "python3 cannot make a virtual environment: \(made.errors)")
        }
        let installed = try await run(site + "/bin/python", ["-m", "pip", "install", "--quiet"] + packages)
        guard installed.status == 0 else {
            throw CannotPrepare(
                description: "pip could not install \(packages); this test needs a package index: \(installed.errors)")
        }
        try settle(site, at: place)
        return python
    }

    /// Moves a finished environment to its place, unless another run was faster.
    private static func settle(_ site: String, at place: String) throws {
        let files = FileManager.default
        do {
            try files.moveItem(atPath: site, toPath: place)
        } catch {
            try files.removeItem(atPath: site)
            guard files.isExecutableFile(atPath: place + "/bin/python") else { throw error }
        }
    }

    /// Runs a command to its end; its output goes through files, so that none can fill a pipe.
    package static func run(_ command: String, _ arguments: [String]) async throws -> Finished {
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
