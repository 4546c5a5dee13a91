import Foundation
import FoundationNetworking
import Testing

/// What the simulator says of its Well beside the vendor's own interface.
struct WellStanding: Decodable {
    /// How many calls were asked for.
    var dials: Int
    /// How many of them came within two seconds of the one before from the same phone.
    var dial_interval_violations: Int
    /// The job numbers of those who are signed in.
    var signed_in: [String]

    /// Asks the simulator that listens on a port.
    init(port: UInt16) async throws {
        let url = try #require(URL(string: "http://127.0.0.1:\(port)/simulator/well"))
        let (body, response) = try await URLSession.shared.data(from: url)
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
        self = try JSONDecoder().decode(Self.self, from: body)
    }
}
