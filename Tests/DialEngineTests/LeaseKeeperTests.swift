import DialEngine
import DialModel
import Testing

@Suite("What a lease allows")
struct LeaseKeeperTests {
    private let start = Bench.start
    private let share = RunnerShare(number: 1, agents: [AgentID("a")], lines: 3, formerLines: 3, portion: 0.5)

    private func at(_ seconds: Double) -> Timestamp { start + .milliseconds(Int64((seconds * 1_000).rounded())) }

    /// A keeper whose renewal set out at the start and was answered after a second.
    private func keeper(_ adjust: (inout LeaseAnswer) -> Void = { _ in }) -> LeaseKeeper {
        var keeper = LeaseKeeper()
        var answer = LeaseAnswer(now: at(0.5), share: share, leaderAge: .zero)
        adjust(&answer)
        _ = keeper.answered(answer, sentAt: start, at: at(1))
        return keeper
    }

    @Test("Nothing is allowed before the first answer")
    func new() {
        let keeper = LeaseKeeper()
        #expect(keeper.stage(at: start) == .spent && keeper.lastDeparture == nil)
        #expect(keeper.allowance(at: start) == .nothing)
    }

    @Test("It counts from when its renewal set out, and nothing is begun in what is left in the end")
    func length() {
        let keeper = keeper()
        #expect(keeper.lapsesAt == at(10) && keeper.lastDeparture == at(8))
        #expect(keeper.stage(at: at(6)) == .good)
        #expect(keeper.stage(at: at(8)) != .spent && keeper.stage(at: at(8.001)) == .spent)
        let allowed = RunnerAllowance(agents: [AgentID("a")], lines: 3, portion: 0.5, dialsAhead: true)
        #expect(keeper.allowance(at: at(6)) == allowed)
        #expect(keeper.allowance(at: at(8.001)) == .nothing)
        #expect(keeper.rhythm == LeaseTerms.rhythm)
    }

    @Test("A share that the leader has not looked at for too long places one call for each idle agent")
    func freshness() {
        let young = keeper { $0.leaderAge = .seconds(3) }
        #expect(young.stage(at: at(3)) == .good && young.stage(at: at(3.001)) == .outOfDate)
        #expect(!young.allowance(at: at(3.001)).dialsAhead && young.allowance(at: at(3.001)).lines == 3)
        let unled = keeper { $0.leaderAge = nil }
        #expect(unled.stage(at: at(1)) == .outOfDate)
    }

    @Test("A late answer to an earlier question takes nothing back")
    func order() {
        var keeper = keeper()
        let newer = RunnerShare(number: 2, lines: 1, formerLines: 1)
        _ = keeper.answered(
            LeaseAnswer(now: at(4), share: newer, leaderAge: .zero, lastOrder: 7), sentAt: at(4), at: at(4))
        _ = keeper.answered(
            LeaseAnswer(now: at(2), share: share, leaderAge: .seconds(5), lastOrder: 6), sentAt: at(2), at: at(5))
        #expect(keeper.lapsesAt == at(14) && keeper.share == newer && keeper.heard == 7)
        #expect(keeper.stage(at: at(10)) == .good)
    }

    @Test("A clock that differs from the ledger's by more than a question takes is not trusted", arguments: [-1.0, 1])
    func clocks(sign: Double) {
        let (edge, far) = (sign > 0 ? 3.0 : -2, sign > 0 ? 3.001 : -2.001)
        #expect(keeper { $0.now = at(edge) }.isClockRight)
        let off = keeper { $0.now = at(far) }
        #expect(!off.isClockRight && off.stage(at: at(1)) == .spent && off.lastDeparture == nil)
    }

    @Test("In a rehearsal the terms are as long in real time, and the clocks have nothing to do with each other")
    func speed() {
        var keeper = LeaseKeeper(speed: 10)
        _ = keeper.answered(
            LeaseAnswer(now: at(9_000), share: share, leaderAge: .seconds(1)), sentAt: start, at: at(1))
        #expect(keeper.isClockRight && keeper.lapsesAt == at(100) && keeper.lastDeparture == at(80))
        #expect(keeper.stage(at: at(50)) == .good && keeper.stage(at: at(51)) == .outOfDate)
        #expect(keeper.rhythm == LeaseTerms.rhythm * 10)
    }

    @Test("Each order is obeyed once, and attempts of runners that are gone are taken over")
    func directives() {
        var keeper = LeaseKeeper()
        let orders = (3...5).map { RunnerOrder(number: $0, kind: .pause, giver: "ana") }
        var answer = LeaseAnswer(now: start, orders: Array(orders.prefix(2)), lastOrder: 4, hasOrphans: true)
        #expect(
            keeper.answered(answer, sentAt: start, at: start) == [.obey(orders[0]), .obey(orders[1]), .takeOver])
        answer = LeaseAnswer(now: start, orders: orders, lastOrder: 5)
        #expect(keeper.answered(answer, sentAt: start, at: start) == [.obey(orders[2])])
        #expect(keeper.heard == 5)
    }

    @Test("A leader publishes what has to change")
    func leading() {
        var keeper = LeaseKeeper()
        let report = RunnerReport(present: [AgentID("a")], maxLines: 2)
        let runner = LivingRunner(run: RunID(1), vendor: "v", report: report, ownCalls: 0, takenCalls: 0)
        let leadership = Leadership(epoch: 4, lastNumber: 8, runners: [runner], orphans: [:])
        let directives = keeper.answered(
            LeaseAnswer(now: start, leadership: leadership), sentAt: start, at: start)
        guard case .publish(let publication) = directives.first else {
            Issue.record("\(directives)")
            return
        }
        #expect(publication.epoch == 4 && publication.number == 9 && publication.parts.map(\.run) == [RunID(1)])
    }
}
