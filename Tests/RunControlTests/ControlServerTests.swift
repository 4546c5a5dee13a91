import DialModel
import Foundation
import Telephony
import TestSupport
import Testing
import Wording

@testable import RunControl

@Suite(
    "A run's socket takes orders from its owner, and nothing that anybody sends can hurt the run",
    .timeLimit(.minutes(15)))
struct ControlServerTests {
    private func permissions(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? NSNumber).intValue
    }

    @Test("What is asked arrives with who asks, and the answer comes back")
    func exchange() async throws {
        let door = try Door()
        try await door.open {
            for request in ControlWireTests.every {
                if case .order(.call(.listen, _)) = request { door.desk.mayEnd.fire() }
                guard case .order(.call(.drop, _)) = request else {
                    #expect(await door.ask(request) == .success(.done("as asked")))
                    continue
                }
                #expect(
                    await door.ask(request) == .failure(ControlError(.notThere, Phrase(same: "there is no call 4"))))
            }
            #expect(door.desk.heard.with { $0.map(\.request) } == ControlWireTests.every)
            #expect(door.desk.heard.with { $0.allSatisfy { $0.user == geteuid() } })
        }
        #expect(await door.ask(.order(.pause)).failure?.code == .noRun)
    }

    @Test("A program of others can ask, too", .enabled(if: ChildServer.tool("curl") != nil))
    func curl() async throws {
        let door = try Door()
        let curl = try #require(ChildServer.tool("curl"))
        try await door.open {
            let url = "http://localhost/v1/calls/order"
            let order = ["-s", "--unix-socket", door.path, "-d", #"{"call":4,"order":"drop"}"#, url]
            let refused = try await ChildServer.run(curl, order)
            #expect(refused == #"{"error":{"code":"not_there","reason":"there is no call 4"}}"#)
            let pause = ["-s", "-X", "POST", "--unix-socket", door.path, "http://localhost/v1/pause"]
            let paused = try await ChildServer.run(curl, pause)
            #expect(paused == #"{"done":"as asked"}"#)
        }
    }

    @Test("Only its owner may connect, and nothing is left of its making")
    func permissions() async throws {
        let door = try Door()
        try await door.open {
            let mode = try permissions(door.path)
            let names = try FileManager.default.contentsOfDirectory(atPath: door.folder)
            #expect(mode == 0o600 && names == ["calls.sqlite.trial.control"])
        }
        #expect(!FileManager.default.fileExists(atPath: door.path))
    }

    @Test("Names longer than the address of a socket are no matter")
    func longNames() async throws {
        let door = try Door(name: String(repeating: "名", count: 60) + ".trial.control")
        try await door.open { #expect(await door.ask(.order(.pause)) == .success(.done("as asked"))) }
    }

    @Test("What killed runs left takes nobody in, and the next run puts its own in the place")
    func stale() async throws {
        let door = try Door()
        // The descriptor closes with the process; the file stays.
        let left = try ControlSocket.listen(at: door.path)
        close(left.descriptor)
        try FileManager.default.createDirectory(atPath: door.path + ".new", withIntermediateDirectories: false)
        #expect(FileManager.default.createFile(atPath: door.path + ".new/socket", contents: nil))
        #expect(await door.ask(.order(.pause)).failure?.code == .noRun)
        try await door.open { #expect(await door.ask(.order(.pause)) == .success(.done("as asked"))) }
        #expect(!FileManager.default.fileExists(atPath: door.path + ".new"))
    }

    @Test("A folder that cannot be written to is an error with its name")
    func noFolder() throws {
        do throws(ControlError) {
            _ = try ControlSocket.listen(at: "/proc/self/none/calls.control")
            Issue.record("it was made")
        } catch {
            #expect(error.code == .io && error.reason.english.contains("calls.control"))
        }
    }

    @Test("The owner and root may give orders, and nobody else")
    func users() {
        #expect(ControlPeer(user: 1_000).mayCommand(processOf: 1_000))
        #expect(ControlPeer(user: 0).mayCommand(processOf: 1_000))
        #expect(!ControlPeer(user: 1_001).mayCommand(processOf: 1_000))
        #expect(!ControlPeer(user: 1_000).mayCommand(processOf: 0))
        #expect(ControlPeer(user: 0).name == "root")
        #expect(ControlPeer(user: 4_000_000_001).name == "user 4000000001")
    }

    @Test(
        "Whoever connects all the same, because the file was opened to all, is sent away",
        .enabled(if: geteuid() == 0 && ChildServer.tool("setpriv") != nil && ChildServer.tool("curl") != nil))
    func stranger() async throws {
        let door = try Door()
        let setpriv = try #require(ChildServer.tool("setpriv"))
        let request = ["curl", "-s", "-X", "POST", "--unix-socket", door.path, "http://localhost/v1/drain"]
        let stranger = ["--reuid=65534", "--clear-groups"] + request
        try await door.open {
            chmod(door.folder, 0o755)
            let keptOut = try await ChildServer.run(setpriv, stranger)
            #expect(keptOut == "", "the file itself keeps strangers out")
            chmod(door.path, 0o666)
            let sentAway = try await ChildServer.run(setpriv, stranger)
            #expect(sentAway.contains("not_allowed"), "\(sentAway)")
            #expect(door.desk.heard.with { $0.isEmpty })
        }
    }

    @Test(
        "What is no request is refused, and the next one is served",
        arguments: [
            "\r\n\r\n", "EHLO\r\n\r\n", "GET /v9/agents HTTP/1.1\r\n\r\n", "POST /v1/calls/order HTTP/1.1\r\n\r\n",
            "POST /v1/calls/order HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
            "GET /" + String(repeating: "x", count: 60_000),
        ])
    func malformed(text: String) async throws {
        let door = try Door()
        try await door.open {
            let connection = try #require(RawConnection(path: door.path))
            connection.send(text)
            let answer = await connection.everything()
            #expect(answer.hasPrefix("HTTP/1.1 40") && answer.contains("\"reason\""), "\(answer)")
            #expect(await door.ask(.order(.pause)) == .success(.done("as asked")))
            #expect(door.desk.heard.with { $0.count } == 1)
        }
    }

    @Test("Whoever does not come to the point is sent away after a while, also when they take all the places")
    func slow() async throws {
        let door = try Door()
        let start = door.clock.now
        try await door.open {
            var connections: [RawConnection] = []
            for _ in 0..<(ControlServer.connectionLimit + 4) {
                let connection = try #require(RawConnection(path: door.path))
                connection.send("POST /v1/pause HTTP/1.1\r\nHost:")
                connections.append(connection)
            }
            let slow = connections
            let answers = try await door.clock.advancing {
                var answers: [String] = []
                for connection in slow { answers.append(await connection.everything()) }
                return answers
            }
            #expect(answers.allSatisfy { $0.contains("took too long") }, "\(answers)")
            #expect(door.clock.now - start >= ControlServer.patience * 2, "the last ones had to wait for a place")
            #expect(await door.ask(.order(.resume)) == .success(.done("as asked")))
            #expect(door.desk.heard.with { $0.map(\.request) } == [.order(.resume)])
        }
    }

    @Test("Whoever is still asking when the run ends is told that there is none")
    func unheard() async throws {
        let door = try Door()
        var connection: RawConnection?
        try await door.open {
            connection = RawConnection(path: door.path)
            connection?.send("POST /v1/pause HTTP/1.1\r\nHost:")
            // Connections are taken in turn, so that the first has been taken in when this one is answered.
            #expect(await door.ask(.order(.resume)) == .success(.done("as asked")))
        }
        let answer = try #require(await connection?.everything())
        #expect(answer.contains(#""code":"no_run""#), "\(answer)")
    }

    @Test("An order that is being carried out when the run ends is still answered")
    func ending() async throws {
        let door = try Door()
        let (answers, answered) = AsyncStream.makeStream(of: Result<ControlAnswer, ControlError>.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await door.open {
                group.addTask { answered.yield(await door.ask(.order(.call(.listen(phone: "8002"), AttemptID(1))))) }
                await door.desk.isListened.wait()
            }
            for await answer in answers.prefix(1) { #expect(answer == .success(.done("as asked"))) }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
