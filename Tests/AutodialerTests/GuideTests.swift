import Foundation
import Testing

@Suite("What README and guide show is what the command takes", .timeLimit(.minutes(15)))
struct GuideTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The blocks of a kind in a document.
    private func blocks(_ kind: String, in document: String) throws -> [String] {
        let text = try String(contentsOf: Self.root.appending(path: document), encoding: .utf8)
        return text.components(separatedBy: "```\(kind)\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    private static let list = "手机号,姓名,优先级,有效期,备用电话,家庭电话,省份,时区\n15400990001,甲,1,2099-12-31,,,,\n"

    @Test("The campaign of the README passes its check")
    func campaign() async throws {
        let place = try await Workplace()
        try place.write("spring/campaign.yaml", try #require(try blocks("yaml", in: "README.md").first))
        try place.write("spring/leads.csv", Self.list)
        let transcript = try await place.succeed("check spring")
        #expect(!transcript.errors.contains("error"), "\(transcript)")
    }

    @Test("So do the parts of campaigns that the guide shows")
    func guide() async throws {
        let place = try await Workplace()
        for document in ["WhoIsDialled.md", "AnswersAndAgents.md", "Pacing.md", "ListsAndResults.md"] {
            for block in try blocks("yaml", in: "Sources/autodialer/autodialer.docc/\(document)") {
                let base = block.contains("leads:") ? "" : "leads: { file: leads.csv, country: CN }\n"
                let mode = block.contains("mode:") ? "" : "mode: progressive\n"
                let agents = block.contains("agents:") ? "" : "agents: { group: sales }\n"
                let leads = block.replacing("leads:\n", with: "leads:\n  file: leads.csv\n  country: CN\n")
                let text = block.contains("  file:") ? block : leads
                try place.write(
                    "spring/campaign.yaml",
                    "name: spring\nvendor: simulator.alibaba\n\(mode)\(agents)\(base)\(text)\n"
                )
                try place.write("spring/leads.csv", block.contains("header:") ? "15400990001,甲,北京\n" : Self.list)
                try await place.succeed("check spring")
            }
        }
    }

    @Test("The forecasts that the guide shows can be made")
    func forecasts() async throws {
        let place = try await Workplace()
        var setup = CampaignSetup()
        setup.name = "spring"
        try place.write("campaigns/spring/campaign.yaml", setup.text)
        try place.write("campaigns/spring/leads.csv", "phone\n15410000000\n")
        let lines = try blocks("sh", in: "Sources/autodialer/autodialer.docc/Forecasts.md").flatMap {
            $0.split(separator: "\n")
        }
        #expect(lines.count == 6)
        for line in lines { try await place.succeed(String(line.dropFirst("autodialer ".count))) }
    }

    @Test("The keys of status that the guide lists are those of a real answer, in its order")
    func statusKeys() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 1))
        try await place.succeed("run trial --speed 500 --max-duration 9h --quiet")
        let json = try await place.succeed("status trial --json").output
        let page = try String(
            contentsOf: Self.root.appending(path: "Sources/autodialer/autodialer.docc/Monitoring.md"), encoding: .utf8)
        let part = try #require(page.components(separatedBy: "## Figures for programs\n").last)
        let rows = part.split(separator: "\n").drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }.dropFirst(2)
        let cells = rows.map { row in row.split(separator: "|").map { $0.matches(of: /`(\w+)`/).map { String($0.1) } } }
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(cells.flatMap { $0[0] }.sorted() == answer.keys.sorted())
        for row in cells where row[0].count == 1 && !row[1].isEmpty {
            let value = try #require(answer[row[0][0]])
            let object = try #require((value as? [Any])?.first as? [String: Any] ?? value as? [String: Any])
            // Of counts by a word only some are named.
            let isWhole = row[0][0] != "finished"
            #expect(isWhole ? row[1].sorted() == object.keys.sorted() : row[1].allSatisfy(object.keys.contains))
        }
    }
}
