import Foundation
import GRDB
import Testing

@Suite("Leads that are exported come back as they were", .timeLimit(.minutes(15)))
struct RoundTripTests {
    /// Everything that is kept of a lead but its import, and the attempts that an export only counts; a lead that is not
    /// dialled any more has no turn.
    private static let columns = """
        id, line, number, original_number, name, fields, state, ending, not_before, hold_reason, priority, part, place,
        iif(state = 'finished', NULL, turn) AS turn, contact, expires_at, callback_at, callback_agent
        """

    /// Callees with two or three numbers each, some of whom have been dialled, and what they said.
    private func place() async throws -> Workplace {
        let place = try await Workplace()
        var setup = CampaignSetup()
        setup.leads = "{ file: leads.csv, country: CN, columns: { alternates: [second, third], priority: rank } }"
        let firsts: [ScriptedList.Callee] = [
            .answers, .busy, .invalid, .declines, .ringsOut, .answers, .answers, .busy,
        ]
        let rows = firsts.enumerated().map { index, callee in
            let second = ScriptedList.number(index % 2 == 0 ? .answers : .busy, index + 20)
            let third = index % 3 == 0 ? ScriptedList.number(.invalid, index + 40) : ""
            return "\(ScriptedList.number(callee, index)),\(second),\(third),\(index % 3),name \(index)\n"
        }
        try place.write(campaign: setup, list: "phone,second,third,rank,name\n" + rows.joined())
        try await place.succeed("run trial --speed 1000 --max-attempts 11 --max-duration 9h --quiet")
        let tomorrow = Date().addingTimeInterval(86_400).formatted(.iso8601)
        let said = """
            phone,disposition,callback_at,agent
            \(ScriptedList.number(.answers, 0)),callback,\(tomorrow),wang
            \(ScriptedList.number(.busy, 21)),callback,2020-01-01 10:00,
            \(ScriptedList.number(.answers, 5)),not_interested,,
            \(ScriptedList.number(.declines, 3)),wrong_number,,
            """
        try place.write("results.csv", said)
        try await place.succeed("dispositions import trial results.csv")
        return place
    }

    private func leads(_ file: String) throws -> [Row] {
        try DatabaseQueue(path: file).read { db in
            try Row.fetchAll(db, sql: "SELECT \(Self.columns) FROM leads ORDER BY id")
        }
    }

    @Test(
        "Further numbers and call-backs among them: a fresh database is in the same state, and dials the same leads next"
    )
    func contactsAndCallbacks() async throws {
        let place = try await place()
        try await place.succeed("export leads trial --reveal -o leads-out.csv")
        let imported = try await place.succeed("import trial leads-out.csv --strict --database fresh.sqlite")
        let before = try leads(place.file("autodialer.sqlite"))
        let after = try leads(place.file("fresh.sqlite"))
        #expect(imported.errors.contains("\(before.count) come back as they were exported"), "\(imported)")
        #expect(before == after)
        // None of it is proven by leads that have nothing to lose.
        #expect(Set(before.map { $0["state"] as String }) == ["waiting", "finished", "standby"])
        #expect(before.count { $0["callback_at"] != nil } == 2 && before.count { $0["callback_agent"] != nil } == 1)
        #expect(before.count { $0["contact"] != nil } == before.count)

        let again = try await place.succeed("export leads trial --reveal --database fresh.sqlite").output
        #expect(again == place.text("leads-out.csv"))
        let noon = Date().addingTimeInterval(2 * 86_400).formatted(.iso8601.year().month().day()) + "T12:00"
        let plans = try await [
            place.succeed("plan trial -n 20 --reveal --at \(noon)").output,
            place.succeed("plan trial -n 20 --reveal --at \(noon) --database fresh.sqlite").output,
        ]
        #expect(plans[0] == plans[1] && plans[0].contains("LEAD"), "\(plans)")
    }
}
