import CallerID
import DialModel
import Testing

/// The index gives the answers of the definition, whatever happened before.
@Suite struct IndexAgreementTests {
    @Test(arguments: CallerIDStrategy.allCases)
    func `After any sequence of events both choose alike`(strategy: CallerIDStrategy) {
        var answers = AnswerKinds()
        for seed in 1...30 as ClosedRange<UInt64> {
            var world = World(strategy: strategy, seed: seed)
            for step in 0..<80 {
                let (answer, expected) = world.step()
                answers.count(expected)
                guard answer == expected else {
                    Issue.record("seed \(seed), step \(step): the index says \(answer), not \(expected)")
                    return
                }
            }
        }
        // A sequence that never comes to one of the answers would show nothing about it.
        #expect(answers.chosen.allSatisfy { $0 > 50 }, "\(answers)")
        #expect(min(answers.retries, answers.none, answers.deferrals) > 15, "\(answers)")
    }

    @Test(arguments: CallerIDStrategy.allCases)
    func `What is kept of a pick chooses the same number again`(strategy: CallerIDStrategy) {
        for seed in 1...8 as ClosedRange<UInt64> {
            var world = World(strategy: strategy, seed: seed)
            for step in 0..<40 {
                let (kept, whole) = world.explain()
                let context = "seed \(seed), step \(step)"
                #expect(kept.reevaluated() == kept.answer.pick?.number, "\(context)")
                #expect(whole.reevaluated() == kept.answer.pick?.number, "\(context)")
                #expect(kept.reasons == whole.reasons, "\(context)")
                #expect(kept.field?.contenders == whole.field?.contenders, "\(context)")
                #expect(kept.decision == whole.decision, "\(context)")
                _ = world.step()
            }
        }
    }

    @Test func `A rebuilt index goes on where the old one was`() {
        for strategy in CallerIDStrategy.allCases {
            var world = World(strategy: strategy, seed: 7)
            for step in 0..<200 {
                if step % 10 == 0 { world.rebuild() }
                let (answer, expected) = world.step()
                #expect(answer == expected, "\(strategy), step \(step)")
            }
        }
    }

    @Test func `A pool that does not exist, and one without numbers, have no number`() {
        var index = CallerIDIndex(
            inventory: NumberInventory(numbers: [], groups: []), pools: [CallerIDPool(id: "p")], at: .ten)
        let request = CallerIDRequest(region: .jiangsu("扬州"))
        #expect(index.select(request, from: "p", at: .ten, seed: 1) == .noNumber(ReasonCounts()))
        #expect(index.select(request, from: "q", at: .ten, seed: 1) == .noNumber(ReasonCounts()))
        let reservation = CallerIDReservation(attempt: AttemptID(1), number: "0251", at: .ten)
        #expect(index.reserve(reservation, from: "p") == false)
        #expect(index.release(reservation, at: .ten) == false)
        #expect(index.setStatus(.paused, of: "0251", at: .ten) == false)
        #expect(index.snapshot(of: "q") == nil)
    }
}

/// How often each kind of answer was given.
struct AnswerKinds {
    var chosen = [0, 0, 0]
    var retries = 0
    var none = 0
    var deferrals = 0

    mutating func count(_ answer: CallerIDAnswer) {
        switch answer {
        case .chosen(let pick): chosen[pick.tier.rawValue] += 1
        case .retryAt: retries += 1
        case .noNumber: none += 1
        case .deferCallee: deferrals += 1
        }
    }
}
