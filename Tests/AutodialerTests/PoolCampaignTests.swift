import Foundation
import Testing

@Suite("A campaign that shows numbers of a pool", .timeLimit(.minutes(15)))
struct PoolCampaignTests {
    /// Numbers of the built-in simulator, so that it takes calls with them.
    private static let inventory = """
        号码,省份,城市,号码池,并发
        057180000001,浙江,杭州,main,2
        02580000001,江苏,南京,main,2
        051480000001,江苏,扬州,main,2
        01080000001,北京,北京,other,2

        """

    /// Landlines of Hangzhou, Suzhou and Yangzhou with subscriber numbers that no exchange has.
    private static let list = """
        phone,name
        0571-90990001,a
        0571-91990001,b
        0512-90990001,c
        0512-91990001,d
        0514-90990001,e
        0514-91990001,f

        """

    private func place() async throws -> Workplace {
        let place = try await Workplace()
        var setup = CampaignSetup()
        setup.more = "caller_id: { pool: main, strategy: least_used, region: city_province_any }"
        try place.write(campaign: setup, list: Self.list)
        try place.write("numbers.csv", Self.inventory)
        return place
    }

    @Test("A rehearsal shows the numbers of the campaign's own pool, which the simulator did not have")
    func ownNumbers() async throws {
        let place = try await place()
        let foreign = Self.inventory.replacing("80000001,", with: "61230001,")
        try place.write("numbers.csv", foreign)
        try await place.succeed("caller-ids import numbers.csv --account simulator.alibaba")
        let run = try await place.succeed("run trial --speed 1000 --max-duration 26h")
        #expect(run.output.contains("finished   6: 6 reached"), "\(run)")
        let rows = try CSVTable(try await place.succeed("export attempts trial").output).rows
        #expect(rows.allSatisfy { $0["caller_id"]?.hasSuffix("61230001") == true }, "\(rows)")
    }

    @Test("Each callee is shown the nearest number, and explain says why and comes to the same one again")
    func runsAndExplains() async throws {
        let place = try await place()
        try await place.succeed("caller-ids import numbers.csv --account simulator.alibaba")
        // People are rung from eight to ten at night; whenever this test runs, such hours are near at this speed.
        let run = try await place.succeed("run trial --speed 1000 --max-duration 26h")
        #expect(run.output.contains("finished   6: 6 reached"), "\(run)")
        let export = try await place.succeed("export attempts trial --reveal").output
        let rows = try CSVTable(export)
        // Each number has two lines, so the province helps out where the city's number is busy.
        let jiangsu = ["02580000001", "051480000001"]
        let nearest = ["+86571": ["057180000001"], "+86512": jiangsu, "+86514": jiangsu]
        for row in rows.rows where row["outcome"] == "connected" {
            let phone = try #require(row["phone"])
            let shown = try #require(row["caller_id"])
            #expect(nearest[String(phone.prefix(6))]?.contains(shown) == true, "\(phone) was shown \(shown)")
            #expect(row["shown_caller_id"] == shown)
            let told = try await place.succeed("explain \(try #require(row["attempt_id"]))").output
            #expect(told.contains(shown) && told.contains("same number"), "\(told)")
        }
        let days = try await place.succeed("export caller-ids --account simulator.alibaba").output
        #expect(days.contains("051480000001") && days.contains("057180000001"))
    }

    @Test("A pool that does not exist, or has nothing that dials out, is refused before anything is dialled")
    func refusesPools() async throws {
        let place = try await place()
        try await place.fail(
            "run trial --speed 1000", 65, saying: ["trial/campaign.yaml: error: ", "\"main\"", "it has none"])
        try place.write("numbers.csv", "number,pools\n01080000001,other\n")
        try await place.succeed("caller-ids import numbers.csv --account simulator.alibaba")
        try await place.fail("run trial --speed 1000", 65, saying: ["\"main\"", "it has: other"])
    }

    @Test(
        "A pool with a number that the vendor does not have is refused before anything is dialled, unless it is paused")
    func refusesForeignNumbers() async throws {
        let place = try await place()
        // A vendor in another process has numbers of its own, as a real one has.
        let simulator = try await place.startSimulator("--agents 5 --speed 1000")
        try place.write("vendors.yaml", VendorSetup.text(port: simulator.port))
        let campaign = try #require(place.text("trial/campaign.yaml"))
        try place.write("trial/campaign.yaml", campaign.replacing("vendor: simulator.alibaba", with: "vendor: local"))
        try place.write("numbers.csv", Self.inventory + "02199990001,上海,上海,main,2\n")
        try await place.succeed("caller-ids import numbers.csv --account local")
        let secret = VendorSetup.environment
        try await place.fail("run trial", 77, saying: ["0001", "skill group"], environment: secret)
        let exported = try await place.succeed("export attempts trial", environment: secret).output
        #expect(try CSVTable(exported).rows.isEmpty)
        try await place.succeed("caller-ids pause 02199990001 --account local")
        try await place.succeed("run trial --max-duration 26h", environment: secret)
        _ = try await simulator.stop()
    }
}
