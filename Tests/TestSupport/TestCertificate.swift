import Foundation

/// A certificate that vouches for itself, made for one test in a folder of its own.
package struct TestCertificate: Sendable {
    private let folder: String
    /// The certificate, which is also its own authority.
    package var certificate: String { "\(folder)/certificate.pem" }
    /// Its private key.
    package var key: String { "\(folder)/key.pem" }

    /// Where the `openssl` command is; nil if it is not installed.
    package static let openssl = ChildServer.tool("openssl")

    /// Makes a certificate for `name`, `IP:127.0.0.1` or `DNS:…`.
    package init(for name: String) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("certificate-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let options = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=test", "-addext", "subjectAltName=\(name)",
        ]
        _ = try await ChildServer.run(Self.openssl ?? "", options + ["-keyout", key, "-out", certificate])
    }

    /// A folder that holds the certificate under the hash of its subject, as `SSL_CERT_DIR` wants it.
    package func hashedFolder() async throws -> String {
        let hash = try await ChildServer.run(Self.openssl ?? "", ["x509", "-hash", "-noout", "-in", certificate])
        let name = hash.trimmingCharacters(in: .whitespacesAndNewlines) + ".0"
        let hashed = folder + "/hashed"
        try FileManager.default.createDirectory(atPath: hashed, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: certificate, toPath: "\(hashed)/\(name)")
        return hashed
    }

    /// Runs `openssl s_server` with this certificate; returns it with its port.
    package func serve(
        _ options: [String], onOutput: @escaping @Sendable (ChildServer, [UInt8]) -> Void = { _, _ in }
    ) async throws -> (server: ChildServer, port: Int) {
        let arguments = ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key] + options
        let server = try ChildServer(Self.openssl ?? "", arguments, onOutput: onOutput)
        await server.printed("ACCEPT 127.0.0.1:")
        let port = server.text.components(separatedBy: "ACCEPT 127.0.0.1:").last?.prefix { $0.isNumber }
        return (server, port.flatMap { Int($0) } ?? 0)
    }

    /// Removes the folder.
    package func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }
}
