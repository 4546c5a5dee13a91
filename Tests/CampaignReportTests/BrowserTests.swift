import Foundation
import TestSupport
import Testing
import Wording

@testable import CampaignReport

@Suite("A report in a real browser", .serialized, .timeLimit(.minutes(15)))
struct BrowserTests {
    /// A folder with the page, in which a browser without a window leaves its pictures; it reaches no network.
    private final class Studio {
        let folder = FileManager.default.temporaryDirectory.appending(path: "autodialer-report-\(UUID())")

        init(_ source: String) throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(source.utf8).write(to: folder.appending(path: "report.html"))
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        /// What the browser said, once it has ended.
        func browse(_ options: String...) async throws -> String {
            let tool = ["chromium", "google-chrome"].lazy.compactMap(ChildServer.tool).first
            let browser = try ChildServer(
                try #require(tool, "there is no browser: make setup-tests installs one"),
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--hide-scrollbars",
                    "--window-size=1280,4000", "--user-data-dir=\(folder.appending(path: "profile").path)",
                ] + options + [folder.appending(path: "report.html").absoluteString])
            defer { browser.stop() }
            // Nothing prints this, so that the wait lasts until the browser has ended.
            await browser.printed("\u{0}")
            return browser.text
        }

        func bytes(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }

        func path(_ name: String) -> String { folder.appending(path: name).path }
    }

    @Test("is drawn by day and by night and printed, and asks for nothing that its policy would refuse")
    func drawn() async throws {
        let studio = try Studio(ReportPage(SampleReport.full(), in: .chinese).source)
        let day = try await studio.browse("--screenshot=\(studio.path("day.png"))")
        let night = try await studio.browse(
            "--blink-settings=preferredColorScheme=0", "--screenshot=\(studio.path("night.png"))")
        for words in [day, night] { #expect(!words.contains("CONSOLE"), "\(words)") }
        let pictures = try (day: studio.bytes("day.png"), night: studio.bytes("night.png"))
        #expect(pictures.day.count > 50_000 && pictures.night.count > 50_000 && pictures.day != pictures.night)
        let paper = try await studio.browse("--print-to-pdf=\(studio.path("report.pdf"))")
        #expect(!paper.contains("CONSOLE"))
        let pages = try studio.bytes("report.pdf")
        #expect(pages.starts(with: Data("%PDF".utf8)) && pages.count > 50_000)
    }
}
