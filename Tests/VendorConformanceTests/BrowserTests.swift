import CurlTransport
import DialModel
import Foundation
import PushServer
import Telephony
import TestSupport
import Testing
import UdeskVendor
import VendorSimulator

@Suite("The bridge's page in a real browser", .serialized, .timeLimit(.minutes(15)))
struct BrowserTests {
    /// A server of pages that takes no more than one item of a page's at a time.
    private struct Fussy: PageHosting {
        let host: PageServer

        func open() async throws(PushListeningError) { try await host.open() }

        var address: String? { host.address }

        func serve(
            _ answer: @escaping @Sendable (PageRequest) async -> PageAnswer
        ) async throws(PushListeningError) {
            try await host.serve { request in
                let items = String(decoding: request.body, as: UTF8.self).ranges(of: #""seq":"#).count
                return items > 1 ? PageAnswer(status: 413) : await answer(request)
            }
        }
    }

    /// A browser without a window, which reaches nothing but this machine.
    private static func openBrowser(at address: String, profile: URL) throws -> ChildServer {
        let tool = ["chromium", "google-chrome"].lazy.compactMap(ChildServer.tool).first
        return try ChildServer(
            try #require(tool, "there is no browser: make setup-tests installs one"),
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--enable-logging=stderr",
                "--user-data-dir=\(profile.path)", address,
            ])
    }

    @Test("A call goes through the page from the command to its end, however little is taken of it at a time")
    func call() async throws {
        let clock = PacedClock(speed: 20)
        let settings = VendorUnderTest.udeskBridge.settings(.init(agents: 1))
        let simulator = try VendorSimulator(settings: settings, clock: clock)
        let port = try await simulator.start()
        let pages = Fussy(host: try await VendorUnderTest.udeskBridge.pages(of: settings))
        let transport = CurlTransport(settings: CurlSettings(), environment: [:])
        let vendor = VendorUnderTest.udeskBridge.client(
            of: settings, port: port, transport: transport, listener: nil, pages: pages, clock: clock)
        let profile = FileManager.default.temporaryDirectory.appending(path: "autodialer-browser-\(UUID())")
        let reports = Reports()
        let address = try #require(pages.address) + "#" + settings.pageLogins[0].password.revealed
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await vendor.run { reports.take($0) } }
            let browser = try Self.openBrowser(at: address, profile: profile)
            defer { browser.stop() }
            try await Self.talk(vendor, reports, clock)
            tasks.cancelAll()
        }
        await transport.shutdown()
        let calls = simulator.callCentre.calls
        await simulator.stop()
        try? FileManager.default.removeItem(at: profile)
        #expect(calls.count == 1)
        #expect(calls.allSatisfy { $0.agent == 0 && $0.caller == "02180000001" })
    }

    /// Has the agent talk with a callee; the number that is shown is another than the one that is selected at first.
    private static func talk(_ vendor: any TelephonyVendor, _ reports: Reports, _ clock: any RunClock) async throws {
        let agent = AgentID("5001")
        await reports.wait { $0.activity(of: agent) == .idle }
        let number = try #require(PhoneNumber(e164: "+8613800990001"))
        let call = try await vendor.placeCall(
            CallRequest(
                attempt: AttemptID(1), number: number, prefix: "", callerID: "02180000001", agent: agent,
                notAfter: clock.now + .seconds(600)))
        #expect(call.value == "5001/1")
        await reports.wait { !$0.endings(of: AttemptID(1)).isEmpty }
        let ending = reports.events.endings(of: AttemptID(1))[0]
        #expect(ending.outcome == .connected)
        #expect(ending.shownCallerID == "02180000001")
        #expect(
            reports.events.facts(of: AttemptID(1)).map(\.progress).dropLast()
                == [.ringing, .answered(.unknown), .connected(agent)])
    }
}
