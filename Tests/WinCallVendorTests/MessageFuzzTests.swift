import DialModel
import EventWire
import Foundation
import Telephony
import TestSupport
import Testing

@testable import WinCallVendor

/// Spoilt messages of the server, from the packet to the floor; to replay a seed, put it into `replayed`.
@Suite("Spoilt messages to agents", .timeLimit(.minutes(60)))
struct MessageFuzzTests {
    /// Seeds of earlier failures.
    private static let replayed: [UInt64] = []
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    private static let seeds: [UInt64] = replayed + (1...(isSoak ? 400_000 : 1_000))

    private static let call =
        #","Caller":"01080000001","Called":"13811112222","CallId":"c-1","QueId":10,"AcPro":7,"AcTask":3"#
    private static let messages =
        [
            #"{"MT":1,"Retact":22,"Ret":0,"Retmsg":""}"#, #"{"MT":1,"Retact":22,"Ret":8,"Retmsg":"线路忙"}"#,
            #"{"MT":1,"Retact":6,"Ret":3,"Retmsg":""}"#, #"{"MT":1,"Retact":5,"Ret":0,"Retmsg":""}"#,
            #"{"MT":1,"Retact":44,"Ret":0,"Retmsg":""}"#, #"{"MT":1,"Retact":9,"Ret":0,"Retmsg":""}"#,
            #"{"MT":1,"Retact":100,"Ret":0,"Retmsg":"[[10],['01080000001'],'']"}"#, #"{"MT":2}"#,
            #"{"MT":4,"AgSta":5,"AgStaParam":30}"#, #"{"MT":4,"AgSta":3,"AgStaParam":0}"#,
            #"{"MT":4,"AgSta":2,"AgStaParam":1}"#, #"{"MT":5,"Que":1}"#, #"{"MT":7,"IvrResult":"1","CallId":"c-1"}"#,
            #"{"MT":8,"Param":1,"Data":[10,"11"]}"#, #"{"MT":8,"Param":2,"Data":"['01080000001']"}"#,
            #"{"MT":10,"Code":5}"#, #"{"MT":10,"Code":101}"#,
        ]
        + ["0", "4", "6", "8", "9", "10", "35", "55", "31"].map { #"{"MT":3,"PhoSta":\#($0)\#(call)}"# }
        + (1...12).map { #"{"MT":4,"AgSta":5,"AgStaParam":\#($0)}"# }
        + (0...5).map { #"{"MT":3,"PhoSta":5,"RingType":\#($0)\#(call)}"# }

    @Test("Every fact is of now and of a call that was asked for, a call ends once, and no deadline is beyond all time")
    func survives() {
        let mutation = Mutation(
            Self.messages.map { Array($0.utf8) },
            words: ["\"", "{", "}", "\\", ",", ":", "\r\n", "MT", "Ret", "PhoSta", "AgStaParam", "5", "-", "\0", "三"])
        let journal = FuzzJournal("wincall-message")
        var bench = FloorBench(agents: 0)
        var asked: Set<AttemptID> = []
        var ended: Set<AttemptID> = []
        var connections = 0
        for seed in Self.seeds {
            journal.note(seed)
            if seed % 16 == 1 {
                bench = FloorBench(agents: 2, diallers: 1, project: 7)
                bench.signInAll()
                (asked, ended) = ([], [])
            }
            let attempt = Int64(seed % 16) + 1
            _ = bench.dial(by: seed % 3 == 0 ? nil : "5001", attempt: attempt)
            asked.insert(AttemptID(attempt))
            var random = SplitMix64(seed: seed)
            let seat = Int(random.below(3))
            // What one message says of an agent the next may take back, so that each is looked at by itself.
            let payloads = (0..<6).map { _ in
                JSONValue.string(String(decoding: mutation.fileOfOtherValues(seed: random.next()), as: UTF8.self))
            }
            let packets = payloads.compactMap {
                SocketIOPacket("2" + JSONValue.array([.string("toAgent"), $0]).serialized)
            }
            for message in packets.flatMap(ServerMessage.messages(of:)) {
                let wanted = bench.tell(.received(bench.floor.seats[seat].channel, message))
                for case .report(.call(let attempt, let progress, let at)) in wanted {
                    #expect(asked.contains(attempt) && at == bench.now, "seed \(seed): \(progress)")
                    #expect(!ended.contains(attempt), "seed \(seed): \(progress)")
                    if case .ended = progress { ended.insert(attempt) }
                    if case .connected = progress { connections += 1 }
                }
                let latest = bench.now + .seconds(2 * 86_400)
                #expect(bench.floor.seats[seat].lookAt.map { $0 < latest } ?? true, "seed \(seed)")
            }
        }
        #expect(connections > 0, "no call ever came to anything")
        journal.remove()
    }

    @Test(
        "What cannot be read says nothing", arguments: ["", "{", "[1]", #"{"MT":1,"Retact":22}"#, #"{"MT":4}"#, "{{}}"])
    func saysNothing(payload: String) {
        var bench = FloorBench()
        bench.signInAll()
        let ticket = bench.dial()
        #expect(bench.say(payload).isEmpty)
        #expect(bench.reply(to: ticket) == nil && bench.progress() == [])
    }
}
