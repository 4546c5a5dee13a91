import PostgresLedger
import Testing

@Suite("What stands in the way of a connection is told, and who could listen to it")
struct ConnectionTests {
    @Test(
        "libpq's words are read for what they are",
        arguments: [
            ("FATAL:  sorry, too many clients already", nil, .noConnectionLeft),
            ("fe_sendauth: no password supplied", false, .noPassword),
            ("FATAL:  password authentication failed for user \"dialer\"", true, .wrongPassword),
            ("致命错误:  用户 \"dialer\" 认证失败; password retrieved from file \"~/.pgpass\"", true, .wrongPassword),
            (
                "FATAL:  password authentication failed for user \"a\"; FATAL:  no pg_hba.conf entry for host \"b\"",
                nil,
                .wrongPassword
            ),
            ("致命错误:  没有用于主机 \"10.0.0.1\" 的 pg_hba.conf 记录", nil, .refused),
            ("致命错误:  对不起, 已经有太多的客户", true, nil),
            ("SSL error: certificate verify failed", nil, .noTrust),
            ("server certificate for \"a\" does not match host name \"b\"", nil, .noTrust),
            ("root certificate file \"/root.crt\" does not exist", nil, .noTrust),
            ("SSL error: tlsv13 alert certificate required", nil, .noTrust),
            ("SSL error: tlsv1 alert unknown ca", nil, .noTrust),
            ("host name must be specified for a verified SSL connection", nil, .noTrust),
            ("server does not support SSL, but SSL was required", nil, .noTrust),
            ("FATAL:  no pg_hba.conf entry for host \"10.0.0.1\", user \"x\"", nil, .refused),
            ("FATAL:  role \"x\" does not exist", nil, .refused),
            ("FATAL:  database \"x\" does not exist", true, .noDatabase),
            ("server closed the connection unexpectedly", true, nil),
            ("FATAL:  terminating connection due to administrator command", true, nil),
            ("SSL SYSCALL error: EOF detected", true, nil),
            ("SSL connection has been closed unexpectedly", true, nil),
            ("connection to server at \"a\" failed: Connection refused; session is read-only", true, nil),
            ("could not translate host name \"certificates.lan\" to address: Name or service not known", nil, nil),
            ("connection to server at \"10.0.0.1\", port 5432 failed: Connection refused", nil, nil),
            ("FATAL:  the database system is starting up", nil, nil),
        ] as [(String, Bool?, PostgresHindrance?)])
    func hindrances(words: String, usedPassword: Bool?, hindrance: PostgresHindrance?) {
        let read = PostgresHindrance(
            words: words, needsPassword: usedPassword == false, usedPassword: usedPassword == true)
        #expect(read == hindrance)
    }

    @Test(
        "only a server that has proved who it is, or is on this machine, is beyond doubt",
        arguments: [
            ("TLSv1.3", "verify-full", false, .proved("TLSv1.3")), ("TLSv1.3", "verify-ca", true, .proved("TLSv1.3")),
            ("TLSv1.3", "require", true, .local), (nil, "disable", true, .local),
            ("TLSv1.3", "prefer", false, .unproved("TLSv1.3")), (nil, "prefer", false, .open), (nil, nil, false, .open),
        ] as [(String?, String?, Bool, ConnectionSecrecy)])
    func secrecy(encryption: String?, mode: String?, isLocal: Bool, expected: ConnectionSecrecy) {
        #expect(ConnectionSecrecy(encryption: encryption, mode: mode, isLocal: isLocal) == expected)
    }
}
