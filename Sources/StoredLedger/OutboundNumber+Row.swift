import DialModel
import Ledger

extension OutboundNumber {
    /// What an inventory says of a number, column by column; its name and its status are not among them.
    var columns: [(name: String, value: StoreValue)] {
        [
            ("kind", kind.rawValue.storeValue), ("usage", usage.rawValue.storeValue),
            ("allows_outbound", allowsOutbound.storeValue),
            ("province", region.province.storeValue), ("city", region.city.storeValue),
            ("skill_groups", NameListText.encode(skillGroups).storeValue),
            ("pools", NameListText.encode(pools).storeValue),
            ("owner", owner.storeValue), ("provider", provider.storeValue),
            ("virtual_number", (virtual?.number).storeValue),
            ("virtual_province", (virtual?.region.province).storeValue),
            ("virtual_city", (virtual?.region.city).storeValue),
            ("virtual_pool", (virtual?.pool?.id).storeValue),
            ("virtual_pool_size", (virtual?.pool?.size).storeValue),
            ("weight", limits.weight.storeValue), ("max_concurrent", limits.maxConcurrent.storeValue),
            ("max_per_day", limits.maxPerDay.storeValue),
            ("min_gap_ms", limits.minGap.milliseconds.storeValue),
            ("blocked_provinces", NameListText.encode(limits.blockedProvinces).storeValue),
            ("opens", limits.window.opens.storeValue), ("closes", limits.window.closes.storeValue),
        ]
    }

    /// The status that a number has when it is listed for the first time.
    var statusColumns: [(name: String, value: StoreValue)] {
        var until: Timestamp?
        if case .quarantined(let instant) = status { until = instant }
        return [
            ("paused", (status == .paused).storeValue),
            ("quarantined_until", (until?.milliseconds).storeValue),
            ("quarantine_ms", until.map { _ in Quarantine.shortest.milliseconds }.storeValue),
        ]
    }

    /// A number's row; `lists` remembers the lists that were read before.
    init(_ row: StoreRow, lists: inout NameListText) throws {
        self.init(
            try row.required("number"),
            region: NumberRegion(province: try row.optional("province"), city: try row.optional("city")),
            usage: try row.word("usage"), allowsOutbound: try row.required("allows_outbound"),
            skillGroups: try row.names("skill_groups", &lists), pools: try row.names("pools", &lists),
            owner: try row.optional("owner"), virtual: try row.virtualNumber(), kind: try row.word("kind"),
            provider: try row.optional("provider"), status: try row.status(), limits: try row.limits(&lists))
    }
}

extension StoreRow {
    fileprivate func names(_ column: String, _ lists: inout NameListText) throws -> [String] {
        guard let names = lists.decode(try required(column)) else { throw Refusal.impossible(column) }
        return names
    }

    fileprivate func virtualNumber() throws -> VirtualNumber? {
        guard let number: String = try optional("virtual_number") else { return nil }
        let region = NumberRegion(province: try optional("virtual_province"), city: try optional("virtual_city"))
        let pool = try (optional("virtual_pool") as String?).map { pool in
            VirtualPool(id: pool, size: try required("virtual_pool_size"))
        }
        return VirtualNumber(number, region: region, pool: pool)
    }

    /// A pause outlasts every quarantine; one that is over is told as well, for whoever asks knows the time.
    fileprivate func status() throws -> OutboundNumber.Status {
        if try required("paused") { return .paused }
        return try optionalInstant("quarantined_until").map { .quarantined(until: $0) } ?? .active
    }

    fileprivate func limits(_ lists: inout NameListText) throws -> NumberLimits {
        guard let window = DailyWindow(opens: try required("opens"), closes: try required("closes")) else {
            throw Refusal.impossible("closes")
        }
        return NumberLimits(
            weight: try required("weight"), maxConcurrent: try required("max_concurrent"),
            maxPerDay: try optional("max_per_day"), minGap: .milliseconds(try required("min_gap_ms") as Int64),
            blockedProvinces: try names("blocked_provinces", &lists), window: window)
    }
}
