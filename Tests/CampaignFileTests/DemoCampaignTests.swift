import CampaignFile
import DialModel
import Foundation
import Regions
import Testing

/// The campaign that is shipped, read as the command reads it.
@Suite("The demo campaign")
struct DemoCampaignTests {
    private struct Expected: Decodable, Equatable {
        var encoding: String
        var separator: String
        var leads: Int
        var duplicates: Int
        var empty_rows: Int
        var rejected: [String: Int]
    }

    private let campaigns = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("campaigns")

    private func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: campaigns.appendingPathComponent(path)))
    }

    @Test("Its file is read without a finding, and says what the guide says it does")
    func campaign() throws {
        let (campaign, diagnostics) = Campaign.parse(try bytes("demo/campaign.yaml"), file: "campaign.yaml")
        #expect(diagnostics == [])
        let demo = try #require(campaign)
        #expect(demo.routing == AccountRouting(["simulator.alibaba"]))
        #expect(demo.mode == .progressive)
        #expect(demo.retry[.noAnswer] == RetryRule(after: .seconds(180), attempts: 2))
        #expect(
            demo.simulator
                == SimulatorSection(agents: 12, seed: 7, answer: 0.35, talk: .seconds(60), wrapUp: .seconds(15)))
    }

    @Test("Its list is imported as expected: counts, and the rejects file byte for byte", arguments: [1, 7, 65_536])
    func list(chunk: Int) throws {
        let demo = try #require(Campaign.parse(try bytes("demo/campaign.yaml"), file: "campaign.yaml").campaign)
        let list = try readList(try bytes("demo/leads.csv"), settings: demo.leads, chunk: chunk)
        let header = try #require(list.reader.header)
        #expect(header.columns == ["客户编号", "姓名", "手机号", "城市", "备注"])
        var numbers: Set<PhoneNumber> = []
        var expected = try JSONDecoder().decode(Expected.self, from: Data(try bytes("demo/expected/import.json")))
        let total = expected
        for lead in list.leads {
            if numbers.insert(lead.number).inserted { expected.leads -= 1 } else { expected.duplicates -= 1 }
        }
        let file = RejectsFile(header)
        var written = file.head
        for row in list.rejects {
            expected.rejected[row.reasonCode, default: 0] -= 1
            written += file.row(row)
        }
        #expect(expected.leads == 0 && expected.duplicates == 0, "\(expected)")
        #expect(expected.rejected.values.allSatisfy { $0 == 0 }, "\(expected.rejected)")
        #expect(list.reader.counts.emptyRows == total.empty_rows)
        #expect(list.reader.encoding.rawValue == total.encoding)
        #expect(list.reader.separator?.rawValue == total.separator)
        #expect(
            String(decoding: written, as: UTF8.self)
                == String(decoding: try bytes("demo/expected/rejects.csv"), as: UTF8.self))
    }

    @Test("None of its numbers can reach anybody")
    func numbers() throws {
        let list = try readList(
            try bytes("demo/leads.csv"), settings: LeadListSettings(file: "leads.csv", country: "CN"))
        #expect(list.leads.count > 450)
        for lead in list.leads {
            // A mobile prefix that was never allocated, or a subscriber number that no exchange has.
            let national = lead.number.e164.dropFirst(3)
            let area = national.hasPrefix("10") || national.hasPrefix("2") ? 2 : 3
            #expect(national.hasPrefix("154") || national.dropFirst(area).hasPrefix("9"), "line \(lead.line)")
        }
    }

    @Test("Its rejects file is read again: mended rows become leads, the others are rejected for the same reasons")
    func rejectsAreReadAgain() throws {
        let settings = LeadListSettings(file: "leads.csv", country: "CN")
        let first = try readList(try bytes("demo/leads.csv"), settings: settings)
        let mended = String(decoding: try bytes("demo/expected/rejects.csv"), as: UTF8.self)
            .replacingOccurrences(of: "1.54E+10", with: "154 0000 0001")
        let second = try readList(Array(mended.utf8), settings: settings)
        #expect(second.reader.header?.columns == first.reader.header?.columns)
        #expect(second.leads.map(\.number.e164).filter { $0 == "+8615400000001" }.count == 3)
        // The row with too many cells has its surplus in the last cell now, so it too is a lead.
        #expect(second.leads.count == 4)
        let unmended = first.rejects.filter { !["scientific_notation", "too_many_cells"].contains($0.reasonCode) }
        #expect(second.rejects.map(\.cells) == unmended.map(\.cells))
        #expect(second.rejects.map(\.reasonCode) == unmended.map(\.reasonCode))
    }

    @Test("The accounts file is read without a finding, also with its example uncommented")
    func accounts() throws {
        let shipped = try bytes("vendors.yaml")
        let empty = VendorAccounts.parse(
            shipped, file: "vendors.yaml", environment: { _ in nil }, readSecretFile: noFile)
        #expect(empty.diagnostics == [])
        #expect(empty.accounts?.accounts == [])
        let lines = String(decoding: shipped, as: UTF8.self).split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex(of: "# shanghai:"))
        let example = lines[start...].filter { $0.hasPrefix("# ") }.map { $0.dropFirst(2) }.joined(separator: "\n")
        let read = VendorAccounts.parse(
            Array(example.utf8), file: "vendors.yaml", environment: { "value of \($0)" },
            readSecretFile: { path in
                let isOfPages = path.hasSuffix("udesk-agents.csv")
                return .success(
                    Secret(
                        isOfPages ? "agent,key\n78,4be19d6a0f3c2758" : "agent,password,phone\n5001,secret,8001"))
            })
        #expect(read.diagnostics == [])
        let account = try #require(read.accounts?["shanghai"])
        guard case .alibaba(let service) = account.service else {
            Issue.record("\(account.service)")
            return
        }
        #expect(service.accessKeySecret.revealed == "value of AUTODIALER_ALIBABA_KEY_SECRET")
        #expect(service.requestsPerSecond == 5)
    }
}
