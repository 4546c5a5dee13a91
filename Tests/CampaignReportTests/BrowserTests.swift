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

    /// A word on paper, with its place from the left edge and the width of the page, in points.
    private struct Word {
        var text: String
        var left: Double
        var right: Double
        var page: Double
    }

    /// The words of a printed page, in their order.
    private func words(in studio: Studio) async throws -> [Word] {
        let tool = try #require(ChildServer.tool("pdftotext"), "there is none: make setup-tests installs it")
        _ = try await ChildServer.run(tool, ["-bbox", studio.path("report.pdf"), studio.path("words.html")])
        let text = String(decoding: try studio.bytes("words.html"), as: UTF8.self)
        var page = 0.0
        return text.split(separator: "\n").compactMap { line in
            if let match = line.firstMatch(of: /<page width="([0-9.]+)"/) { page = Double(match.1) ?? 0 }
            guard let match = line.firstMatch(of: /<word xMin="([0-9.-]+)" .* xMax="([0-9.-]+)" .*>(.*)<\/word>/),
                let left = Double(match.1), let right = Double(match.2)
            else { return nil }
            return Word(text: String(match.3), left: left, right: right, page: page)
        }
    }

    @Test("On paper names that are too long for a line are broken, and the letters stay as large as they were")
    func printed() async throws {
        let name = (1...40).map { "follow_up_\($0)_" }.joined()
        var report = SampleReport.full(named: name)
        report.accounts = [String(name.reversed())]
        let usual = try Studio(ReportPage(SampleReport.full(), in: .english).source)
        let studio = try Studio(ReportPage(report, in: .english).source)
        for place in [usual, studio] { _ = try await place.browse("--print-to-pdf=\(place.path("report.pdf"))") }
        let words = try await words(in: studio)
        let outside = words.filter { $0.left < 0 || $0.right > $0.page }.map(\.text)
        #expect(!words.isEmpty && outside == [])
        let text = words.map(\.text).joined()
        #expect(text.contains(name) && text.contains(report.accounts[0]), "they are there to their ends")
        // A browser makes a page smaller that has something too wide on it.
        let widths = try [await self.words(in: usual), words].map { words in
            let word = try #require(words.first { $0.text == "Outcomes" || $0.text == "Abandoned" })
            return word.right - word.left
        }
        #expect(abs(widths[0] - widths[1]) < 0.01)
    }
}
