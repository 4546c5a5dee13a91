package import CallerID
package import DialModel

/// An inventory of numbers in 300 cities of 30 provinces, with lines held.
package struct CallerIDStage {
    /// What is measured.
    package var index: CallerIDIndex
    /// Callees of all cities, and some of whom little is known.
    package let requests: [CallerIDRequest]
    /// Shortly after ten in the morning.
    package private(set) var now = Timestamp(milliseconds: 1_772_416_800_000)
    private var attempts: Int64 = 0

    /// Lines of one call each, of which the first `held` that come up are taken.
    package init(numbers: Int, held: Int, strategy: CallerIDStrategy) {
        let cities = (0..<300).map { NumberRegion(province: "省份\($0 / 10)", city: "城市\($0)") }
        let inventory = (0..<numbers).map { place in
            OutboundNumber(
                String(20_000_000_000 + place * 7), region: cities[place % 300], pools: ["p"],
                limits: NumberLimits(
                    weight: 1 + place % 3, blockedProvinces: place % 2 == 0 ? ["新疆", "西藏"] : []))
        }
        requests =
            cities.map { CallerIDRequest(region: $0) } + [
                CallerIDRequest(region: NumberRegion(province: "省份3")), CallerIDRequest(region: NumberRegion()),
                CallerIDRequest(region: NumberRegion(province: "新疆", city: "喀什")),
            ]
        index = CallerIDIndex(
            inventory: NumberInventory(numbers: inventory, groups: []),
            pools: [CallerIDPool(id: "p", rules: CallerIDRules(strategy: strategy))], at: now)
        for place in 0..<held { hold(inventory[place * 2 % max(1, numbers)].number) }
    }

    private mutating func hold(_ number: String) {
        attempts += 1
        let reservation = CallerIDReservation(
            attempt: AttemptID(attempts), number: number, at: now, lifetime: .seconds(86_400))
        index.reserve(reservation, from: "p")
    }

    /// One choice; something that depends on it.
    package mutating func select(_ iteration: Int) -> UInt64 {
        let request = requests[iteration % requests.count]
        let answer = index.select(request, from: "p", at: now, seed: UInt64(truncatingIfNeeded: iteration))
        if case .chosen(let pick) = answer { return UInt64(pick.tier.rawValue) }
        return 9
    }

    /// One choice with what it hung on.
    package mutating func explained(_ iteration: Int) -> PickExplanation {
        index.explainedSelect(requests[iteration % requests.count], from: "p", at: now, seed: UInt64(iteration))
    }

    /// One call: its number is chosen, held and given back a moment later.
    package mutating func turn(_ iteration: Int) -> UInt64 {
        let request = requests[iteration % requests.count]
        now = now + .milliseconds(1)
        guard case .chosen(let pick) = index.select(request, from: "p", at: now, seed: 1) else { return 9 }
        attempts += 1
        let reservation = CallerIDReservation(attempt: AttemptID(attempts), number: pick.number, at: now)
        index.reserve(reservation, from: "p")
        index.release(reservation, at: now)
        return UInt64(pick.tier.rawValue)
    }
}
