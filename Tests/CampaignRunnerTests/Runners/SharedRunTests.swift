import CampaignRunner
import DialEngine
import DialModel
import Ledger
import Pacing
import PlainLedger
import TestSupport
import Testing

@Suite("Several runners of one campaign")
struct SharedRunTests {
    private let campaign = SharedStage.campaign

    @Test("share its agents and its leads, and nobody is called twice")
    func sharing() async throws {
        let stage = SharedStage(leads: 60, agents: 6)
        let runners = [await stage.join(), await stage.join()]
        #expect(stage.passUntilOver(runners))
        #expect(stage.account.violations == [])
        #expect(Set(stage.account.calls.map(\.number)).count == 60 && stage.account.calls.count == 60)
        for runner in runners {
            #expect(stage.calls(of: runner).count > 15, "each has its part")
            guard case .success(.nothingDue(next: nil)) = runner.result else {
                Issue.record("\(String(describing: runner.result))")
                continue
            }
        }
        let model = await stage.ledger.model
        #expect(model.leads.allSatisfy { $0.record.state == .finished && $0.record.lastOutcome == .connected })
        #expect(model.runs.map(\.record.ending) == ["nothing_due", "nothing_due"])
    }

    @Test("have no more lines together than the campaign wants, and no agent of another's", arguments: [1, 3, 4])
    func shares(maxLines: Int) async throws {
        let stage = SharedStage(leads: 40, agents: 8, maxLines: maxLines)
        var runners = [await stage.join(), await stage.join()]
        stage.pass(.seconds(21))
        // A third changes every share.
        runners.append(await stage.join())
        #expect(stage.passUntilOver(runners))
        #expect(stage.account.violations == [])
        #expect(stage.account.mostAtOnce == maxLines)
        #expect(stage.account.calls.count == 40)
        for (_, publication) in await stage.ledger.publications {
            let agents = publication.parts.flatMap(\.share.agents)
            #expect(Set(agents).count == agents.count)
        }
    }

    @Test("go on without one that was cut off, which is fenced; nothing of it leaves after its lease")
    func fencing() async throws {
        let stage = SharedStage(leads: 200, agents: 4, talk: .seconds(4))
        let (cutOff, other) = (await stage.join(), await stage.join())
        stage.pass(.seconds(20))
        // Requests wait for so long that the lease is over before some leave.
        cutOff.client.queue(for: .seconds(7))
        stage.pass(.seconds(1))
        let renewedAt = try #require(cutOff.line.renewedAt.last)
        cutOff.line.isCut = true
        let cutAt = stage.clock.now
        stage.pass(.seconds(30))
        let late = stage.calls(of: cutOff).filter { $0.at > renewedAt + LeaseTerms.length - LeaseTerms.margin }
        #expect(late == [])
        #expect(cutOff.client.asked.allSatisfy { $0.notAfter <= renewedAt + LeaseTerms.length - LeaseTerms.margin })
        #expect(stage.calls(of: other).contains { $0.at > cutAt + .seconds(20) }, "the other goes on")
        let agents = Set(stage.calls(of: other).filter { $0.at > cutAt + .seconds(20) }.compactMap(\.agent))
        #expect(agents.count == 4, "and has all agents")
        #expect(await stage.ledger.model.runners.first?.isFenced == true)
        #expect(stage.account.violations == [])
        stage.close([cutOff, other])
    }

    @Test("One that wakes after it was given up ends as fenced, and its attempts are another's")
    func waking() async throws {
        let stage = SharedStage(leads: 50, agents: 4, talk: .seconds(40))
        let (stalled, other) = (await stage.join(), await stage.join())
        stage.pass(.seconds(20))
        // While its calls go on it has nothing to write.
        stalled.line.isCut = true
        stage.pass(.seconds(15))
        let open = stage.calls(of: stalled).map(\.attempt)
        #expect(!open.isEmpty && stalled.result == nil)
        stalled.line.isCut = false
        stage.pass(LeaseTerms.rhythm)
        #expect(stalled.result == .success(.fenced))
        #expect(other.told.taken.sorted() == open.sorted())
        stage.pass(.seconds(120))
        let model = await stage.ledger.model
        #expect(open.allSatisfy { model.attempt($0)?.outcome == .connected }, "the taker settles them")
        #expect(model.runs[0].record.ending == nil, "it ended nothing itself")
        #expect(stage.account.violations == [])
        stage.close([other])
    }

    @Test("The attempts of one that died are taken over and settled, also by one that joins later")
    func death() async throws {
        let stage = SharedStage(leads: 12, agents: 4, talk: .seconds(30))
        let first = await stage.join()
        stage.pass(.seconds(12))
        let open = stage.calls(of: first).map(\.attempt)
        #expect(open.count == 4)
        first.kill()
        stage.pass(.seconds(12))
        let second = await stage.join()
        #expect(stage.passUntilOver([second]))
        guard case .started(let leftOpen) = second.told.events.first(where: { $0.isStart }) else {
            Issue.record("the second never started")
            return
        }
        #expect(leftOpen.map(\.claim.attempt) == open)
        #expect(stage.account.calls.count == 12 && stage.account.violations == [])
        #expect(await stage.ledger.model.attempts.allSatisfy { $0.record.outcome == .connected })
    }

    @Test("When one after the other dies, each attempt is taken over once")
    func deaths() async throws {
        let stage = SharedStage(leads: 100, agents: 9, talk: .seconds(90))
        let three = { (settings: inout EngineSettings) in settings.maxAttempts = 3 }
        let (first, taker) = (await stage.join(adjusting: three), await stage.join(adjusting: three))
        stage.pass(.seconds(15))
        first.kill()
        stage.pass(.seconds(14))
        #expect(taker.told.taken == stage.calls(of: first).map(\.attempt))
        // Its calls are still going on when another dies.
        let second = await stage.join(adjusting: three)
        stage.pass(.seconds(15))
        second.kill()
        stage.pass(.seconds(14))
        #expect(taker.told.taken == [first, second].flatMap(stage.calls).map(\.attempt))
        #expect(stage.calls(of: first).count == 3 && stage.calls(of: second).count == 3)
        #expect(stage.passUntilOver([taker]))
        let model = await stage.ledger.model
        #expect(model.attempts.allSatisfy { $0.record.outcome == .connected })
        #expect(stage.account.violations == [])
    }

    @Test("Where each process has a vendor of its own, nobody is asked of calls that another had placed")
    func vendorOfItsOwn() async throws {
        let stage = SharedStage(leads: 50, agents: 4, talk: .seconds(200))
        let (first, other) = (await stage.join(), await stage.join(isVendorNew: true))
        stage.pass(.seconds(12))
        let open = stage.calls(of: first).map(\.attempt)
        #expect(!open.isEmpty)
        first.kill()
        stage.pass(.seconds(20))
        #expect(other.told.taken == open)
        let model = await stage.ledger.model
        #expect(open.allSatisfy { model.attempt($0)?.outcome == .unknown })
        stage.close([other])
    }

    @Test("A run that ended has ended, though the answer was lost")
    func lostEnd() async throws {
        let stage = SharedStage(leads: 4, agents: 2)
        let runner = await stage.join()
        runner.line.loseAnswerToEnd()
        #expect(stage.passUntilOver([runner]))
        #expect(runner.result == .success(.nothingDue(next: nil)))
        #expect(await stage.ledger.model.runs[0].record.ending == "nothing_due")
    }

    @Test("When the leader dies, another leads in a new epoch and takes its agents")
    func leader() async throws {
        let stage = SharedStage(leads: 200, agents: 6, talk: .seconds(4))
        let (leader, other) = (await stage.join(), await stage.join())
        stage.pass(.seconds(20))
        #expect(await stage.ledger.publications.allSatisfy { $0.by == leader.run })
        #expect(await other.runner.agents().filter(\.isOurs).count == 3)
        leader.kill()
        stage.pass(.seconds(25))
        let last = try #require(await stage.ledger.publications.last)
        #expect(last.by == other.run && last.1.epoch == 2)
        #expect(await other.runner.agents().filter(\.isOurs).count == 6)
        #expect(stage.account.violations == [])
        stage.close([other])
    }

    @Test("One that ends by itself leaves its share to the others at once")
    func leaving() async throws {
        let stage = SharedStage(leads: 200, agents: 6, talk: .seconds(4))
        let (first, other) = (await stage.join(), await stage.join())
        stage.pass(.seconds(20))
        first.runner.requestStop()
        #expect(stage.passUntilOver([first], within: .seconds(10)))
        #expect(first.result == .success(.stopped))
        stage.pass(LeaseTerms.rhythm * 2)
        #expect(await other.runner.agents().filter(\.isOurs).count == 6)
        #expect(await stage.ledger.model.runs[0].record.ending == "stopped")
        stage.close([other])
    }

    @Test("An order reaches all of them at once, and those that join later")
    func orders() async throws {
        let stage = SharedStage(leads: 200, agents: 4, talk: .seconds(3))
        var runners = [await stage.join(), await stage.join()]
        stage.pass(.seconds(20))
        await stage.ledger.give(.pause, to: campaign, by: "ana")
        // Without any time that passes: a wake has each renew its lease.
        stage.pass(.zero)
        for runner in runners { #expect(await runner.runner.snapshot().pause == .byOperator("ana")) }
        let placed = stage.account.calls.count
        runners.append(await stage.join())
        stage.pass(.seconds(30))
        #expect(stage.account.calls.count == placed)
        #expect(await runners[2].runner.snapshot().pause == .byOperator("ana"))
        await stage.ledger.give(.resume, to: nil, by: "ana")
        stage.pass(.seconds(30))
        #expect(Set(stage.account.calls.dropFirst(placed).map(\.run)) == Set(runners.map(\.run)))
        await stage.ledger.give(.drain, to: campaign, by: "ana")
        #expect(stage.passUntilOver(runners, within: .seconds(30)))
        #expect(runners.allSatisfy { $0.result == .success(.stopped) })
        #expect(stage.account.violations == [])
    }

    @Test(
        "A commit whose answer is lost is repeated with its number, and happens once",
        arguments: [LedgerLine.Fate.unanswered, .lost], 1...5)
    func lostAnswer(fate: LedgerLine.Fate, commit: Int) async throws {
        let stage = SharedStage(leads: 10, agents: 3, talk: .seconds(3))
        let runner = await stage.join()
        runner.line.commits(meet: Array(repeating: .kept, count: commit) + [fate, fate])
        #expect(stage.passUntilOver([runner]))
        #expect(runner.result == .success(.nothingDue(next: nil)))
        #expect(runner.line.commits.count == Set(runner.line.commits).count + 2, "two were repeated")
        #expect(stage.account.violations == [] && stage.account.calls.count == 10)
        #expect(await stage.ledger.model.attempts.allSatisfy { $0.record.outcome == .connected })
        #expect(await stage.ledger.model.attempts.count == 10, "nobody was claimed twice")
    }

    @Test("One that cannot write as long as its lease lasts gives up, and has placed nothing more")
    func outOfReach() async throws {
        let stage = SharedStage(leads: 200, agents: 4, talk: .seconds(3))
        let runner = await stage.join()
        stage.pass(.seconds(20))
        let renewedAt = try #require(runner.line.renewedAt.last)
        runner.line.isCut = true
        stage.pass(.seconds(6))
        #expect(runner.result == nil, "it is patient as long as the lease is good")
        let last = stage.account.calls.map(\.at).max()
        stage.pass(.seconds(10))
        guard case .failure(let error) = runner.result else {
            Issue.record("\(String(describing: runner.result))")
            return
        }
        #expect(error.code == .unreachable)
        #expect(stage.account.calls.map(\.at).max() == last)
        #expect(stage.clock.now > renewedAt + LeaseTerms.length)
    }

    @Test("The lease is renewed while a commit takes longer than it lasts")
    func slowCommit() async throws {
        let stage = SharedStage(leads: 20, agents: 2, talk: .seconds(3))
        let (slow, other) = (await stage.join(), await stage.join())
        stage.pass(.seconds(12))
        slow.line.slowCommits(by: .seconds(25))
        #expect(stage.passUntilOver([slow, other]))
        #expect(slow.result == .success(.nothingDue(next: nil)) && other.result == .success(.nothingDue(next: nil)))
        let renewals = slow.line.renewedAt
        #expect(zip(renewals, renewals.dropFirst()).allSatisfy { $1 - $0 <= LeaseTerms.rhythm })
        #expect(stage.account.violations == [] && stage.account.calls.count == 20)
    }

    @Test("Agents are offered no call either once too little of the lease is left")
    func offers() async throws {
        let stage = SharedStage(leads: 6, agents: 0)
        let vendor = SwitchingVendor(clock: stage.clock, agents: [.picksUp, .picksUp])
        let runner = await stage.join(through: vendor) { settings in
            settings.style = .customerFirst(.power(ratio: 1))
            settings.handOff = .byEngine
            settings.pickUpLimit = .seconds(60)
        }
        stage.pass(.seconds(40))
        #expect(!vendor.offerLimits.isEmpty)
        let left = LeaseTerms.length - LeaseTerms.margin
        #expect(vendor.offerLimits.allSatisfy { $0 <= left && $0 >= left - LeaseTerms.rhythm })
        stage.close([runner])
    }

    @Test("What a commit claims that is answered after the lease is handed back, and the vendor is not asked")
    func lateCommit() async throws {
        let stage = SharedStage(leads: 20, agents: 2, talk: .seconds(3))
        let runner = await stage.join()
        stage.pass(.seconds(12))
        runner.line.losesRenewals = true
        runner.line.slowCommits(by: .seconds(12))
        stage.pass(.seconds(30))
        let model = await stage.ledger.model
        #expect(runner.client.asked.allSatisfy { $0.at <= $0.notAfter })
        #expect(model.attempts.count > runner.client.asked.count, "something was claimed that late")
        runner.line.losesRenewals = false
        runner.line.slowCommits(by: .zero)
        #expect(stage.passUntilOver([runner]))
        #expect(await stage.ledger.model.attempts.contains { $0.record.outcome == .notPlaced })
        #expect(stage.account.calls.count == 20 && stage.account.violations == [])
    }

    @Test("An agent who still has a call of one is not another's, whatever the vendor says of them")
    func held() async throws {
        let stage = SharedStage(leads: 60, agents: 6, talk: .seconds(20), lag: .seconds(60))
        var runners = [await stage.join()]
        stage.pass(.seconds(20))
        for _ in 0..<3 {
            runners.append(await stage.join())
            stage.pass(.milliseconds(7_300))
        }
        #expect(stage.passUntilOver(runners))
        #expect(stage.account.violations == [] && stage.account.calls.count == 60)
        #expect(runners.allSatisfy { !stage.calls(of: $0).isEmpty })
    }

    @Test("One whose clock is wrong places no call, and leaves the agents to the others", arguments: [-60, 60])
    func wrongClock(seconds: Int) async throws {
        let stage = SharedStage(leads: 200, agents: 4)
        let (wrong, other) = (await stage.join(clockError: .seconds(seconds)), await stage.join())
        stage.pass(.seconds(60))
        #expect(stage.calls(of: wrong) == [] && wrong.result == nil)
        #expect(Set(stage.calls(of: other).compactMap(\.agent)).count == 4)
        stage.close([wrong, other])
    }

    @Test("Each knows what the whole campaign has had of answers")
    func answers() async throws {
        let stage = SharedStage(leads: 40, agents: 4, talk: .seconds(3))
        let since = stage.clock.now
        let limited = { (settings: inout EngineSettings) in
            settings.abandonment = [AbandonmentAllowance(limit: 0.03, since: since)]
        }
        let runners = [await stage.join(adjusting: limited), await stage.join(adjusting: limited)]
        stage.pass(.seconds(30))
        let closed = await stage.ledger.model.attempts.count { $0.record.outcome == .connected }
        for runner in runners {
            let counts = runner.told.events.compactMap { event -> Int? in
                if case .answersCounted(let counts, _) = event { counts[0].live } else { nil }
            }
            #expect(counts.count == 3)
            #expect(counts.last ?? 0 > stage.calls(of: runner).count && counts.last ?? 0 <= closed)
        }
        stage.close(runners)
    }
}

extension DialEvent {
    fileprivate var isStart: Bool { if case .started = self { true } else { false } }
}
