/// A virtual number that stands in for a real one (`vendors/alibaba-udesk.md`, A3.4).
package struct VirtualNumber: Hashable, Sendable {
    /// The number that callees see; of a pool, the pool's name, since the vendor shows any of its numbers.
    package var number: String
    /// Where it belongs, which may be elsewhere than the real number's region.
    package var region: NumberRegion
    /// The pool that the vendor takes a number from for each call (AXB); nil for a number of its own (AXN).
    package var pool: VirtualPool?

    /// Memberwise.
    package init(_ number: String, region: NumberRegion, pool: VirtualPool? = nil) {
        self.number = number
        self.region = region
        self.pool = pool
    }

    /// A binding to a pool of virtual numbers.
    package init(pool: VirtualPool, region: NumberRegion) {
        self.init(pool.id, region: region, pool: pool)
    }
}

/// A pool of virtual numbers: within a minute it carries no more calls than it has numbers (A3.4).
package struct VirtualPool: Hashable, Sendable {
    /// The vendor's name of the pool.
    package var id: String
    /// How many numbers it has, none at least.
    package let size: Int

    /// Memberwise; a negative size is taken for an empty pool.
    package init(id: String, size: Int) {
        self.id = id
        self.size = max(0, size)
    }
}
