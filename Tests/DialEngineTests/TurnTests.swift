import DialEngine
import DialModel
import Testing

@Suite("An engine that is one of several")
struct TurnTests {
    @Test("One that has to wait asks again when it was told to, and stays meanwhile")
    func waits() {
        var bench = Bench()
        #expect(bench.begin(idle: 2).contains(.claimLeads(2)))
        let until = bench.now + .seconds(1)
        let answer = bench.tell(.turnAwaited(requested: 2, until: until))
        #expect(answer == [.setTimer(.leadsDue, at: until)])
        #expect(bench.engine.snapshot(at: bench.now).pause == .othersTurn)
        #expect(bench.tell(.timerFired(.leadsDue), after: 1).contains(.claimLeads(2)))
    }

    @Test("The attempts of all accounts being made, it sees its own calls out and ends")
    func attemptLimit() {
        var bench = Bench.withOneCall()
        bench.tell(.agentsObserved(Bench.agents(2), asOf: bench.now))
        let end = bench.tell(.attemptLimitReached(requested: 1))
        #expect(!end.contains(.finish(.attemptLimit)))
        let ending = CallEnding(outcome: .busy, vendorReason: "busy")
        let last = bench.tell(.callProgressed(AttemptID(1), .ended(ending), at: bench.now), after: 5)
        #expect(last.contains(.finish(.attemptLimit)))
    }

    @Test("Patience with a vendor does not end while others carry the campaign, and does when they are gone")
    func patience() {
        var bench = Bench()
        bench.begin(idle: 1)
        bench.tell(.othersAtWork(true))
        bench.tell(.vendorTroubled)
        let patience = bench.engine.settings.vendorPatience
        #expect(
            bench.tell(.timerFired(.vendorPatience), after: patience)
                == [.setTimer(.vendorPatience, at: bench.now + patience)])
        bench.tell(.othersAtWork(false))
        #expect(bench.tell(.timerFired(.vendorPatience), after: patience) == [.finish(.vendorUnavailable)])
    }

    @Test("An account that may carry no more calls ends the run by that name")
    func accountFull() {
        var bench = Bench()
        bench.begin(idle: 1)
        let hold = ClaimHold(until: bench.now + .seconds(7_200), reason: "enough", isOfAccount: true)
        let answer = bench.tell(.leadsClaimed(requested: 1, claims: [], nextDueAt: bench.now, hold: hold))
        #expect(answer.last == .finish(.accountFull(hold)))
    }

    @Test("What it could carry is told as it is")
    func standing() {
        var bench = Bench()
        #expect(!bench.engine.standing(at: bench.now).isAtWork)
        bench.begin(idle: 1)
        var standing = bench.engine.standing(at: bench.now)
        #expect(standing.isAtWork && !standing.isFull && standing.openCalls == 0)
        bench.claim(1)
        standing = bench.engine.standing(at: bench.now)
        #expect(standing.isFull && standing.openCalls == 1 && standing.placing == 1 && standing.attemptsMade == 1)
        bench.tell(.vendorTroubled)
        #expect(!bench.engine.standing(at: bench.now).isAtWork)
    }
}
