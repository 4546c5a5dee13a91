import Foundation
import Glibc

/// A real PostgreSQL of this machine on loopback, with a database of its own, which ends with the process that started it.
package actor PostgresServer {
    /// The server that the tests of a process share, each in a schema of its own.
    package static let shared = Task { try await PostgresServer() }

    /// Why there is no server.
    package struct CannotStart: Error, CustomStringConvertible {
        /// What it printed last.
        package var description: String
    }

    /// Where it listens.
    package nonisolated let port: UInt16
    private let server: ChildServer
    private let tools: String
    private var readyCount = 1

    /// Starts a server and returns when it answers.
    ///
    /// With a certificate, `autodialer` alone is let in without encryption and a password. With a primary, it is a copy of that
    /// server and follows it; one that is followed keeps nothing before its follower has it, and waits for one.
    package init(
        certificate: TestCertificate? = nil, isFollowed: Bool = false, following primary: PostgresServer? = nil
    ) async throws {
        tools = try await Self.tools()
        port = try Self.freePort()
        let folder = FileManager.default.temporaryDirectory.path + "/autodialer-postgres-\(UUID().uuidString)"
        let followers = isFollowed ? "*" : ""
        let primaryPort = primary.map { String($0.port) } ?? ""
        let wishes = [primaryPort, followers, certificate?.certificate ?? "", certificate?.key ?? ""]
        server = try ChildServer("/bin/bash", ["-c", Self.script, "bash", folder, tools, String(port)] + wishes)
        try await awaitReady()
    }

    /// The address of a schema, made if it is not there; `user` and the rest are as libpq takes them.
    package func address(of schema: String) async throws -> String {
        let base = "postgresql://autodialer@127.0.0.1:\(port)/postgres"
        _ = try await ChildServer.run(
            tools + "/psql", ["--quiet", "--command", "CREATE SCHEMA IF NOT EXISTS \"\(schema)\"", base])
        return base + "?options=-csearch_path%3D\(schema)"
    }

    /// Answers a question, in psql's way of printing.
    package func answer(_ sql: String, in schema: String) async throws -> String {
        let base = try await address(of: schema)
        let text = try await ChildServer.run(
            tools + "/psql", ["--quiet", "--no-align", "--tuples-only", "--command", sql, base])
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Ends every process of the server at once, as when its machine dies, and starts it again.
    package func crash() async throws {
        server.write(Array("crash\n".utf8))
        readyCount += 1
        try await awaitReady()
    }

    /// Ends every process of the server at once, and for ever.
    package func die() async throws {
        server.write(Array("die\n".utf8))
        try await awaitWords("server is dead")
    }

    /// Has a server that follows another go on by itself.
    package func promote() async throws {
        server.write(Array("promote\n".utf8))
        try await awaitWords("server is promoted")
    }

    private func awaitReady() async throws {
        try await awaitWords("server \(readyCount) is ready")
    }

    private func awaitWords(_ words: String) async throws {
        await server.printed(words)
        guard server.text.contains(words) else { throw CannotStart(description: server.text) }
    }

    /// Serves until its input ends.
    ///
    /// PostgreSQL does not run as root, so root becomes somebody else for it. What it says is read until it is ready, and
    /// thrown away from then on.
    private static let script = """
        set -u
        folder=$1 tools=$2 port=$3 primary=$4 followers=$5 certificate=$6 key=$7
        as() {
            [ "$(id -u)" != 0 ] || set -- setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
            exec "$@"
        }
        give() { [ "$(id -u)" != 0 ] || chown postgres "$@"; }
        mkdir -m 700 "$folder" && give "$folder" && cd "$folder" || exit 1
        trap 'rm -rf "$folder"' EXIT
        make() {
            if [ "$primary" ]; then
                as "$tools/pg_basebackup" --pgdata=data --write-recovery-conf --checkpoint=fast --no-sync \\
                    --dbname="host=127.0.0.1 port=$primary user=autodialer"
            else
                as "$tools/initdb" --pgdata=data --username=autodialer --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync
            fi
        }
        (make) >making 2>&1 || { cat making; exit 1; }
        ssl=off starts=0
        if [ "$certificate" ]; then
            ssl=on
            cp "$certificate" data/server.crt && cp "$key" data/server.key || exit 1
            printf '%s\n' 'host all autodialer 127.0.0.1/32 trust' 'hostssl all all 127.0.0.1/32 scram-sha-256' \
                >data/pg_hba.conf
            chmod 600 data/server.key data/pg_hba.conf && give data/server.crt data/server.key || exit 1
        fi
        start() {
            rm -f news && mkfifo news || exit 1
            as "$tools/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 \\
                -c unix_socket_directories= -c fsync=off -c max_connections=400 -c deadlock_timeout=100ms \\
                -c log_destination=stderr -c ssl=$ssl -c "synchronous_standby_names=$followers" 2>news &
            child=$!
            exec 3<news
            said= line=
            while [[ $line != *"ready to accept "*connections* ]]; do
                IFS= read -r line <&3 || { printf %s "$said"; exit 1; }
                said+=$line$'\n'
            done
            cat <&3 >/dev/null &
            exec 3<&-
            starts=$((starts + 1))
            echo "server $starts is ready"
        }
        start
        while read -r order; do
            case $order in
                crash) kill -QUIT "$child"; wait "$child"; start ;;
                die) kill -QUIT "$child"; wait "$child"; echo "server is dead" ;;
                promote) (as "$tools/pg_ctl" promote --pgdata=data) >/dev/null && echo "server is promoted" ;;
            esac
        done
        kill -QUIT "$child"
        wait "$child"
        """

    /// The folder of the server's programs.
    private static func tools() async throws -> String {
        guard let config = ChildServer.tool("pg_config") else { throw CannotStart(description: "no pg_config") }
        let folder = try await ChildServer.run(config, ["--bindir"]).trimmingCharacters(in: .whitespacesAndNewlines)
        if access(folder + "/postgres", X_OK) == 0 { return folder }
        // Debian keeps each release of the server in a folder of its own.
        let releases = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let folders = releases.sorted().reversed().map { "/usr/lib/postgresql/\($0)/bin" }
        guard let found = folders.first(where: { access($0 + "/postgres", X_OK) == 0 }) else {
            throw CannotStart(description: "PostgreSQL is not installed; `make setup-tests` does it")
        }
        return found
    }

    /// A port that nobody listens at.
    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard result else { throw CannotStart(description: "no port is free") }
        return UInt16(bigEndian: address.sin_port)
    }
}
