import Foundation
import Testing

/// What an import of a shipped campaign's list comes to, as `expected/import.json` says.
struct ExpectedImport: Decodable {
    var encoding: String
    var leads: Int
    var duplicates: Int
    var rejected: [String: Int]
}

extension Workplace {
    /// A folder with a copy of the campaigns that are shipped, because an import leaves its rejects file beside the list.
    static func withShippedCampaigns() async throws -> Workplace {
        let place = try await Workplace()
        let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("campaigns")
        try FileManager.default.copyItem(atPath: shipped.path, toPath: place.file("campaigns"))
        for campaign in place.names(in: "campaigns") {
            try? FileManager.default.removeItem(atPath: place.file("campaigns/\(campaign)/leads.rejects.csv"))
        }
        return place
    }

    /// What the import of a shipped campaign's list is to come to.
    func expectedImport(of campaign: String) throws -> ExpectedImport {
        let json = try #require(text("campaigns/\(campaign)/expected/import.json"))
        return try JSONDecoder().decode(ExpectedImport.self, from: Data(json.utf8))
    }
}
