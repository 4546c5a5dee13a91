import DialModel
import EventWire
import Foundation
import Telephony
import TestSupport
import Testing

@testable import UdeskVendor

/// Spoilt items of agents' pages, from the body to the floor; to replay a seed, put it into `replayed`.
@Suite("Spoilt items of pages", .timeLimit(.minutes(60)))
struct PageFuzzTests {
    /// Seeds of earlier failures.
    private static let replayed: [UInt64] = []
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    private static let seeds: [UInt64] = replayed + (1...(isSoak ? 400_000 : 500))

    private static let names = [
        "Delivered", "Originated", "Established", "ConnectionCleared", "Held", "Retrieved", "Conferenced",
        "Transferred",
    ]
    /// Items of every kind; the answers are to the command `id`.
    private static func items(_ id: String) -> [String] {
        names.map { BridgeDesk.call($0) } + names.map { BridgeDesk.advanced($0, channel: "ch-1") }
            + [
                BridgeDesk.state(), BridgeDesk.state(agent: "busy", call: BridgeDesk.callID, number: "13800138000"),
                BridgeDesk.event("Ready", #"{"CurState":"idle","CurExtState":"idle"}"#),
                BridgeDesk.event("AgentStateChanged", #"{"CurState":"idle"}"#),
                BridgeDesk.event("PhoneModeChanged", #"{"CurExtState":"idle"}"#),
                BridgeDesk.event("PhoneStateChanged", #"{"CurState":"ringing","CallID":"\#(BridgeDesk.callID)"}"#),
                BridgeDesk.event("Disconnected", "null"), BridgeDesk.event("PageClosed", "null"),
                #""id":"\#(id)","Code":"0000","Message":"","Visible":false,"Data":null"#,
                #""id":"\#(id)","Code":"9999","Message":"号码错误","Visible":true,"Data":{"list":[],"defaultId":1}"#,
            ]
    }

    @Test("Every fact is of now and of the call that was asked for, it ends once, and no deadline is beyond all time")
    func survives() {
        let journal = FuzzJournal("udesk-page")
        var connections = 0
        for seed in Self.seeds {
            journal.note(seed)
            var random = SplitMix64(seed: seed)
            var desk = BridgeDesk()
            desk.open()
            let command = desk.place().command
            for _ in 0..<8 {
                let taken = desk.floor.seats[0].session?.taken ?? 0
                let items = Self.items(command?["id"]?.text ?? "")
                let body = (1...3).map { place in
                    #"{"seq":\#(taken + place),\#(items[Int(random.below(UInt64(items.count)))])}"#
                }
                let mutation = Mutation(
                    [Array(#"{"events":[\#(body.joined(separator: ","))]}"#.utf8)],
                    words: ["\"", "{", "}", "[", "]", ",", ":", "seq", "CallID", "Code", "0000", "\\", "\0", "三"])
                let bytes = mutation.fileOfOtherValues(seed: random.next())
                guard let read = PageItem.items(in: bytes) else { continue }
                _ = desk.visit(BridgeDesk.first, .bring(session: desk.session(of: BridgeDesk.first), read))
                desk.pass(.milliseconds(Int64(random.below(3_000))))
            }
            for case .call(let attempt, let progress, let at) in desk.reports {
                #expect(attempt == AttemptID(7), "seed \(seed): \(progress)")
                #expect(at >= BridgeDesk.start && at <= desk.now, "seed \(seed): \(progress)")
            }
            let facts = desk.facts()
            connections += facts.count { if case .connected = $0 { true } else { false } }
            let ends = facts.count { if case .ended = $0 { true } else { false } }
            #expect(ends <= 1, "seed \(seed)")
            if ends == 1, case .ended? = facts.last {} else { #expect(ends == 0, "seed \(seed)") }
            #expect(desk.floor.nextDeadline.map { $0 < desk.now + .seconds(86_400) } ?? true, "seed \(seed)")
        }
        #expect(connections > 0, "no call ever came to anything")
        journal.remove()
    }

    @Test(
        "What cannot be read brings nothing",
        arguments: ["", "{}", "[]", #"{"events":{}}"#, #"{"events":[{"seq":0,"event":"Ready"}]}"#, #"{"events":[{}]}"#])
    func bringsNothing(body: String) {
        #expect(PageItem.items(in: Array(body.utf8)) == nil)
    }
}
