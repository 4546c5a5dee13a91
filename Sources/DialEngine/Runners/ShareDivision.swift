package import DialModel

/// Divides agents, lines and what may be abandoned among the runners of a campaign.
///
/// Runners that work the same account share its agents and the campaign's lines; what may be abandoned is shared by all.
/// Nothing is given to one runner as long as another may still use it, by a share that it has or by what it said last:
/// whatever order shares and reports arrive in, no agent is used by two and no line twice. No more agents are moved than it
/// takes to give each runner its part.
package struct ShareDivision: Hashable, Sendable {
    private let leadership: Leadership

    /// Divides among the runners that a leader was told of.
    package init(_ leadership: Leadership) {
        self.leadership = leadership
    }

    /// The shares that differ from those that runners have; nil if all may stay as they are.
    package func publication() -> SharePublication? {
        let number = leadership.lastNumber + 1
        var shares = leadership.runners.map { Self.settled($0) }
        var accounts: [String] = []
        for runner in leadership.runners where !accounts.contains(runner.vendor) { accounts.append(runner.vendor) }
        for account in accounts {
            let members = leadership.runners.indices.filter { leadership.runners[$0].vendor == account }
            divideAgents(among: members, &shares, number)
            divideLines(among: members, &shares, orphans: leadership.orphans[account] ?? 0)
        }
        dividePortions(&shares)
        let parts = zip(leadership.runners, shares).compactMap { runner, share -> SharePublication.Part? in
            if let former = runner.share, former.isLike(share) { return nil }
            var share = share
            share.number = number
            return SharePublication.Part(run: runner.run, share: share)
        }
        return parts.isEmpty ? nil : SharePublication(epoch: leadership.epoch, number: number, parts: parts)
    }

    /// A runner's share without those withdrawals and lines that it has confirmed to be free.
    private static func settled(_ runner: LivingRunner) -> RunnerShare {
        guard var share = runner.share else { return RunnerShare() }
        share.withdrawn.removeAll { $0.number <= runner.report.applied && !runner.report.held.contains($0.agent) }
        if runner.report.applied >= share.number { share.formerLines = share.lines }
        return share
    }

    // MARK: Agents

    private func divideAgents(among members: [Int], _ shares: inout [RunnerShare], _ number: Int64) {
        let present = Set(members.flatMap { leadership.runners[$0].report.present }).sorted()
        let leaving = Set(members.flatMap { shares[$0].withdrawn.map(\.agent) })
        let bound = leaving.union(members.flatMap { shares[$0].agents })
        let wanting = members.filter { leadership.runners[$0].report.wantsAgents }
        let takers = wanting.isEmpty ? members : wanting
        // By what a runner holds that it was never given, nobody else may be given it either.
        let held = Set(members.flatMap { leadership.runners[$0].report.held })
        var free = present.filter { !bound.contains($0) && !held.contains($0) }

        func count(_ member: Int) -> Int { shares[member].agents.count { present.contains($0) } }
        // Those who are between two runners are counted, or they would be made up for by others in the meantime.
        let all = members.reduce(free.count + leaving.count(where: present.contains)) { $0 + count($1) }
        let byWealth = takers.sorted { (-count($0), $0) < (-count($1), $1) }
        var targets: [Int: Int] = [:]
        for (place, member) in byWealth.enumerated() {
            targets[member] = all / takers.count + (place < all % takers.count ? 1 : 0)
        }
        while !free.isEmpty {
            let neediest = takers.max { lacking($0, count, targets, $1) }
            guard let neediest else { break }
            shares[neediest].agents.append(free.removeFirst())
        }
        for member in members {
            var surplus = count(member) - (targets[member] ?? 0)
            let isRelieved = targets[member] == nil || members.contains { count($0) < (targets[$0] ?? 0) }
            guard isRelieved else { continue }
            for agent in shares[member].agents.sorted().reversed() where surplus > 0 && present.contains(agent) {
                shares[member].agents.removeAll { $0 == agent }
                shares[member].withdrawn.append(RunnerShare.Withdrawal(agent: agent, number: number))
                surplus -= 1
            }
        }
        for member in members {
            shares[member].agents.sort()
            shares[member].withdrawn.sort { $0.agent < $1.agent }
        }
    }

    /// Whether the first of two runners lacks fewer agents than the second, or as many and comes later.
    private func lacking(_ one: Int, _ count: (Int) -> Int, _ targets: [Int: Int], _ other: Int) -> Bool {
        let (first, second) = ((targets[one] ?? 0) - count(one), (targets[other] ?? 0) - count(other))
        return (first, -one) < (second, -other)
    }

    // MARK: Lines

    /// Gives each runner lines by its agents, and none that another may still use.
    ///
    /// Calls of runners that are gone take lines, and go on doing so beside the lines of whoever takes them over.
    private func divideLines(among members: [Int], _ shares: inout [RunnerShare], orphans: Int) {
        let most = members.map { leadership.runners[$0].report.maxLines }.max() ?? 0
        let agents = members.map { shares[$0].agents.count }
        let all = agents.reduce(0, +)
        var targets = members.indices.map { place in
            all == 0 ? most / members.count : most * agents[place] / all
        }
        var left = most - targets.reduce(0, +)
        for place in members.indices.sorted(by: { (-agents[$0], $0) < (-agents[$1], $1) }) where left > 0 {
            targets[place] += 1
            left -= 1
        }
        // Whoever was given fewer lines than it has calls uses them until these are over.
        let used = members.map { max(shares[$0].formerLines, leadership.runners[$0].ownCalls) }
        let taken = members.reduce(0) { $0 + leadership.runners[$1].takenCalls }
        var free = most - orphans - taken - used.reduce(0, +)
        for (place, member) in members.enumerated() {
            if targets[place] > shares[member].lines {
                // What it may still use is its own to begin with.
                let lines = min(targets[place], used[place] + max(0, free))
                free -= max(0, lines - used[place])
                shares[member].lines = max(shares[member].lines, lines)
            } else {
                shares[member].lines = targets[place]
            }
            shares[member].formerLines = max(shares[member].formerLines, shares[member].lines)
        }
    }

    // MARK: Abandonment

    /// Each runner answers for as much of what may be abandoned as it has of the campaign's agents.
    private func dividePortions(_ shares: inout [RunnerShare]) {
        let all = shares.reduce(0) { $0 + $1.agents.count }
        for place in shares.indices {
            let part = Double(shares[place].agents.count) / Double(max(1, all))
            shares[place].portion = all == 0 ? 1 / Double(shares.count) : part
        }
    }
}
