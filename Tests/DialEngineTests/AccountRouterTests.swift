import DialEngine
import DialModel
import Testing

/// Accounts whose agents come and go, each asking for calls whenever it has an agent free; every call lasts a while.
private struct CallFloor {
    struct Account {
        var agents: Int
        var isReachable = true
        /// When each open call ends.
        var ends: [Timestamp] = []
    }

    var router: AccountRouter
    var accounts: [Account]
    var now = Timestamp(milliseconds: 1_000_000)
    var random: SplitMix64
    var attempts = 0
    /// The most calls that were open at a time.
    var mostOpen = 0
    /// Calls of each account since the start.
    var carried: [Int]
    /// Times at which somebody could have worked and nobody was allowed to.
    var deadlocks = 0

    init(_ router: AccountRouter, agents: [Int], seed: UInt64) {
        self.router = router
        accounts = agents.map { Account(agents: $0) }
        carried = agents.map { _ in 0 }
        random = SplitMix64(seed: seed)
    }

    /// Tells the router what an account could carry.
    mutating func tell(_ index: Int) {
        let account = accounts[index]
        var standing = AccountStanding()
        standing.isRunning = true
        standing.isReachable = account.isReachable
        standing.hasAgents = account.agents > 0
        standing.openCalls = account.ends.count
        standing.isFull = account.ends.count >= account.agents
        standing.attemptsMade = carried[index]
        router.note(standing, of: index, at: now)
    }

    /// Half a second of the floor; `talk` is how long calls last, in seconds.
    mutating func step(talk: ClosedRange<UInt64>, claims: (_ granted: Int) -> Int = { $0 }) {
        now = now + .milliseconds(500)
        for index in accounts.indices {
            accounts[index].ends.removeAll { $0 <= now }
            tell(index)
        }
        var (asked, allowed) = (0, 0)
        var order = Array(accounts.indices)
        if random.below(2) == 0 { order.reverse() }
        for index in order where accounts[index].isReachable {
            let free = accounts[index].agents - accounts[index].ends.count
            guard free > 0 else { continue }
            asked += 1
            guard case .place(let count, _) = router.answer(free, for: index, at: now) else { continue }
            precondition((1...free).contains(count), "\(count) of \(free)")
            allowed += 1
            let taken = claims(count)
            router.claimed(taken, of: count, by: index, holdUntil: nil, at: now)
            for _ in 0..<taken {
                let length = talk.lowerBound + random.below(talk.upperBound - talk.lowerBound + 1)
                accounts[index].ends.append(now + .seconds(Int64(length)))
            }
            carried[index] += taken
            attempts += taken
            tell(index)
        }
        mostOpen = max(mostOpen, accounts.reduce(0) { $0 + $1.ends.count })
        if asked == accounts.count(where: { $0.isReachable && $0.agents > 0 }), asked > 0, allowed == 0 {
            deadlocks += 1
        }
    }
}

@Suite("Which account carries the next call")
struct AccountRouterTests {
    private static let names = ["first", "second", "third"]

    private static func router(
        _ rule: RoutingRule, count: Int = 2, prices: [CallPrice] = [], maxLines: Int? = nil, maxAttempts: Int? = nil
    ) -> AccountRouter {
        let accounts = (0..<count).map { index in
            RoutedAccount(names[index], price: prices.indices.contains(index) ? prices[index] : CallPrice())
        }
        return AccountRouter(accounts, by: rule, maxLines: maxLines, maxAttempts: maxAttempts)
    }

    @Test(
        "Shares are kept within two points from a few hundred calls on, whoever has how many agents", arguments: 0..<40)
    func shares(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let count = 2 + Int(random.below(2))
        var shares = (0..<count).map { _ in 10 + Int(random.below(40)) }
        shares[count - 1] += 100 - shares.reduce(0, +)
        guard shares.allSatisfy({ $0 > 0 }) else { return }
        let agents = (0..<count).map { _ in 1 + Int(random.below(30)) }
        var floor = CallFloor(Self.router(.shares(shares), count: count), agents: agents, seed: UInt64(seed))
        var checks = 0
        while floor.attempts < 3_000 {
            floor.step(talk: 5...40)
            guard floor.attempts >= 300, floor.attempts >= 300 * (checks + 1) else { continue }
            checks += 1
            for (index, share) in shares.enumerated() {
                let had = Double(floor.carried[index]) * 100 / Double(floor.attempts)
                #expect(abs(had - Double(share)) <= 2, "seed \(seed): \(floor.carried) for \(shares)")
            }
        }
        #expect(floor.deadlocks == 0, "seed \(seed)")
    }

    @Test("An account that is away is nobody's debtor: the others go on at once, and shares hold again when it is back")
    func sharesAroundAnAbsence() {
        var floor = CallFloor(Self.router(.shares([50, 50])), agents: [10, 10], seed: 1)
        for _ in 0..<400 { floor.step(talk: 10...20) }
        floor.accounts[0].isReachable = false
        let before = floor.carried
        for _ in 0..<1_200 { floor.step(talk: 10...20) }
        let during = floor.carried[1] - before[1]
        #expect(floor.carried[0] == before[0])
        // Ten agents, fifteen seconds a call: some four hundred in ten minutes.
        #expect(during > 350)
        floor.accounts[0].isReachable = true
        let back = floor.carried
        for _ in 0..<600 { floor.step(talk: 10...20) }
        let (first, second) = (floor.carried[0] - back[0], floor.carried[1] - back[1])
        #expect(abs(first - second) <= (first + second) / 50 + 2, "\(first) and \(second)")
    }

    @Test("An account whose agents are seen a little later has its share of what was carried before, and stops nobody")
    func sharesFromTheStart() {
        var floor = CallFloor(Self.router(.shares([50, 50])), agents: [10, 10], seed: 3)
        floor.accounts[1].isReachable = false
        for _ in 0..<60 { floor.step(talk: 10...20) }
        let ahead = floor.carried[0]
        #expect(ahead >= 20 && floor.carried[1] == 0)
        floor.accounts[1].isReachable = true
        while floor.attempts < 300 { floor.step(talk: 10...20) }
        #expect(abs(floor.carried[0] - floor.carried[1]) <= 6, "\(floor.carried)")
        // One that does not come at all is owed nothing that anybody would have to wait for.
        var alone = CallFloor(Self.router(.shares([50, 50])), agents: [10, 0], seed: 4)
        for _ in 0..<1_200 { alone.step(talk: 10...20) }
        #expect(alone.carried[0] > 350)
    }

    @Test("By order the second carries what the first has no agent for, and nothing else")
    func order() {
        var floor = CallFloor(Self.router(.order), agents: [5, 5], seed: 2)
        for _ in 0..<200 {
            floor.step(talk: 600...600)
            if floor.carried[1] > 0 { break }
        }
        #expect(floor.carried[0] == 5)
        var router = Self.router(.order)
        var standing = AccountStanding()
        (standing.isRunning, standing.hasAgents, standing.isFull) = (true, true, false)
        let now = Timestamp(milliseconds: 0)
        for index in 0..<2 { router.note(standing, of: index, at: now) }
        guard case .wait = router.answer(1, for: 1, at: now) else {
            Issue.record("the second is not to call")
            return
        }
        guard case .place(1, let reason) = router.answer(1, for: 0, at: now) else {
            Issue.record("the first is")
            return
        }
        #expect(reason == "through first, the first of the accounts")
        standing.isFull = true
        router.note(standing, of: 0, at: now)
        #expect(
            router.answer(1, for: 1, at: now) == .place(1, because: "through second, because first could not take it"))
    }

    @Test("A first account that is asked and has nobody to call does not stand in the way")
    func nothingToClaim() {
        var router = Self.router(.order)
        var standing = AccountStanding()
        (standing.isRunning, standing.hasAgents, standing.isFull) = (true, true, false)
        let now = Timestamp(milliseconds: 0)
        for index in 0..<2 { router.note(standing, of: index, at: now) }
        _ = router.answer(3, for: 0, at: now)
        router.claimed(0, of: 3, by: 0, holdUntil: now + .seconds(3_600), at: now)
        guard case .place = router.answer(1, for: 1, at: now) else {
            Issue.record("the second may call")
            return
        }
        guard case .wait = router.answer(1, for: 1, at: now + .seconds(3_601)) else {
            Issue.record("the first has numbers again")
            return
        }
    }

    @Test("By cost the cheapest goes first, by the call and by the minute")
    func cost() {
        let prices = [CallPrice(perMinute: 0.12), CallPrice(perCall: 0.01, perMinute: 0.10)]
        var floor = CallFloor(Self.router(.cost, prices: prices), agents: [3, 3], seed: 3)
        floor.step(talk: 600...600)
        floor.step(talk: 600...600)
        #expect(floor.carried[1] == 3 && floor.carried[0] <= 3)
        var router = Self.router(.cost, prices: prices)
        var standing = AccountStanding()
        (standing.isRunning, standing.hasAgents, standing.isFull) = (true, true, false)
        for index in 0..<2 { router.note(standing, of: index, at: floor.now) }
        #expect(
            router.answer(1, for: 1, at: floor.now)
                == .place(1, because: "through second, the cheapest of the accounts"))
        guard case .wait = router.answer(1, for: 0, at: floor.now) else {
            Issue.record("it is the dearer one")
            return
        }
    }

    @Test("Lines and attempts of the campaign are counted over all accounts", arguments: 0..<20)
    func limits(seed: Int) {
        let rules: [RoutingRule] = [.order, .shares([60, 40]), .cost]
        let router = Self.router(rules[seed % 3], maxLines: 7, maxAttempts: 100)
        var floor = CallFloor(router, agents: [8, 8], seed: UInt64(seed))
        for _ in 0..<2_000 { floor.step(talk: 1...30) }
        #expect(floor.mostOpen == 7, "seed \(seed)")
        #expect(floor.attempts == 100, "seed \(seed)")
        #expect(floor.router.answer(1, for: 0, at: floor.now) == .over)
    }

    @Test(
        "Where somebody can work, somebody may, though accounts come and go and find nobody to call", arguments: 0..<30)
    func nobodyIsStuck(seed: Int) {
        let rules: [RoutingRule] = [.order, .shares([60, 30, 10]), .cost]
        var floor = CallFloor(
            Self.router(rules[seed % 3], count: 3), agents: [4, 4, 4], seed: UInt64(seed))
        var random = SplitMix64(seed: UInt64(seed) + 1_000)
        var waiting = 0
        for _ in 0..<5_000 {
            if random.below(40) == 0 {
                let index = Int(random.below(3))
                floor.accounts[index].isReachable.toggle()
                floor.accounts[index].agents = Int(random.below(6))
            }
            let yields = random.below(10) > 0
            let before = (floor.deadlocks, floor.attempts)
            floor.step(talk: 1...20) { yields ? $0 : 0 }
            // An order leaves the others waiting for an account that turns out to have nobody to call, and not for long.
            waiting = floor.deadlocks > before.0 ? waiting + 1 : 0
            #expect(waiting <= 2, "seed \(seed)")
        }
        #expect(floor.carried.allSatisfy { $0 > 0 }, "seed \(seed): \(floor.carried)")
    }

    @Test("An account that is behind and places nothing is waited for five minutes, and no longer")
    func patience() {
        var floor = CallFloor(Self.router(.shares([50, 50])), agents: [2, 2], seed: 4)
        for _ in 0..<40 { floor.step(talk: 5...5) }
        // Both agents of the first get calls without an end: at work, and never free.
        floor.accounts[0].ends = Array(repeating: floor.now + .seconds(86_400), count: 2)
        let before = floor.carried[1]
        for _ in 0..<560 { floor.step(talk: 5...5) }
        #expect(floor.carried[1] - before <= 4)
        for _ in 0..<200 { floor.step(talk: 5...5) }
        #expect(floor.carried[1] - before > 20)
    }
}
