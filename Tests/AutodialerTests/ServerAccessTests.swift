import Foundation
import TestSupport
import Testing

@Suite(
    "Whom a server lets in, and whom a command believes, is settled by libpq's usual means", .timeLimit(.minutes(5)),
    .enabled(if: TestCertificate.openssl != nil, "the openssl command is not installed"))
struct ServerAccessTests {
    private static let password = "correct-horse"
    private static let wrong = "battery-staple"

    /// A server that wants encryption and a password of `dialer`, and a campaign to be run on it.
    private struct Setting {
        let place: Workplace
        let certificate: TestCertificate
        let server: PostgresServer
        var port: UInt16 { server.port }

        init() async throws {
            certificate = try await TestCertificate(for: "IP:127.0.0.1")
            server = try await PostgresServer(certificate: certificate)
            let role = "CREATE ROLE dialer LOGIN PASSWORD '\(ServerAccessTests.password)'"
            _ = try await server.answer("\(role); CREATE SCHEMA dialer AUTHORIZATION dialer", in: "public")
            place = try await Workplace()
            try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 2))
            try keep(ServerAccessTests.password, in: "passwords")
            try keep(ServerAccessTests.wrong, in: "wrong")
        }

        /// Writes a file of passwords that only its owner may read.
        func keep(_ password: String, in file: String) throws {
            try place.write(file, "127.0.0.1:\(port):*:dialer:\(password)\n")
            chmod(place.file(file), 0o600)
        }

        /// What a command is told of the server.
        func environment(_ options: String, passwords: String?) -> [String: String] {
            let address = "postgresql://dialer@127.0.0.1:\(port)/postgres?\(options)"
            var environment = ["AUTODIALER_DATABASE": address]
            environment["PGPASSFILE"] = passwords.map { place.file($0) }
            return environment
        }

        /// Demands encryption, and a server whose certificate is vouched for by this one.
        func verified(by certificate: TestCertificate) -> String {
            "sslmode=verify-full&sslrootcert=\(certificate.certificate)"
        }

        func end() { certificate.remove() }
    }

    @Test("A campaign runs over TLS with a password from a file, and doctor says what protects the connection")
    func access() async throws {
        let setting = try await Setting()
        defer { setting.end() }
        let place = setting.place
        let good = setting.environment(setting.verified(by: setting.certificate), passwords: "passwords")
        try await place.succeed("run trial --speed 1000 --max-duration 9h --quiet", environment: good)
        let status = try await place.succeed("status trial", environment: good)
        #expect(!status.output.contains("dialer@"))
        let text = try await place.succeed("doctor", environment: good).output
        #expect(text.contains("the connection is encrypted (TLSv1"), "\(text)")
        #expect(try await place.succeed("doctor --lang zh", environment: good).output.contains("连接已加密（TLSv1"))
        // The file that is looked at where no variable names one.
        try setting.keep(Self.password, in: ".pgpass")
        let encrypted = setting.environment("sslmode=require", passwords: nil)
        let report = try await place.succeed("doctor --json", environment: encrypted).output
        #expect(report.contains("\"server_local\"") && !report.contains("server_proved"), "\(report)")
    }

    @Test("Whatever stands in the way is one message with what to do, in both languages, and no secret in it")
    func refusals() async throws {
        let setting = try await Setting()
        defer { setting.end() }
        let place = setting.place
        let other = try await TestCertificate(for: "IP:127.0.0.1")
        defer { other.remove() }
        let (good, bad) = (setting.verified(by: setting.certificate), setting.verified(by: other))
        try place.write("loose", "127.0.0.1:\(setting.port):*:dialer:\(Self.password)\n")
        chmod(place.file("loose"), 0o644)
        let cases: [(environment: [String: String], words: String, chinese: String)] = [
            (setting.environment(bad, passwords: "passwords"), "not as secure as sslmode", "不符合 sslmode"),
            (setting.environment(good, passwords: "none"), "was given none; put it into ~/.pgpass", "请写入 ~/.pgpass"),
            (setting.environment(good, passwords: "loose"), "was given none; put it into ~/.pgpass", "请写入 ~/.pgpass"),
            (
                setting.environment(good, passwords: "wrong"), "does not accept this user with this password",
                "不接受该用户的此密码"
            ),
            (setting.environment("sslmode=disable", passwords: "passwords"), "pg_hba.conf", "pg_hba.conf"),
        ]
        for (environment, words, chinese) in cases {
            for (command, start, words) in [
                ("import trial --lang en", "error: postgresql://127.0.0.1:", words),
                ("status trial --lang zh", "错误：数据库服务器拒绝登录，或其证书不可信", chinese),
            ] {
                let errors = try await place.fail(command, 77, saying: [words], environment: environment).errors
                let lines = errors.split(separator: "\n").filter { !$0.hasPrefix("WARNING: password file") }
                #expect(lines.count == 1 && lines[0].hasPrefix(start), "\(errors)")
                #expect(!errors.contains(Self.password) && !errors.contains(Self.wrong))
            }
            let doctor = try await place.run("doctor --lang en", environment: environment)
            #expect(doctor.code == 78 && doctor.output.contains(words), "\(doctor)")
        }
    }
}
