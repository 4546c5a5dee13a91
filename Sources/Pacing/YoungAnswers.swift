/// Live answers to calls that were dialled lately, kept from their shape until whoever was dialled at the same moment has had
/// the time to answer as well.
///
/// Of calls placed at once the quick ones answer first. A shape that took them in as they come would believe for the first
/// half minute that nobody answers later than these, and give up callees whose phones still ring.
struct YoungAnswers: Hashable, Sendable {
    /// How many came at each age, in steps since the dial: a row for each step of the dial, one after another.
    private var counts: [Int32]
    /// How many there are in each row.
    private var totals: [Int32]
    private let ages: Int
    private let ripeAge: Int
    private let mask: Int
    private var now = 0

    /// None yet, of calls that are answered within `ages` steps and known for live at most `ripeAge` steps after the dial.
    init(ages: Int, ripeAge: Int) {
        self.ages = ages
        self.ripeAge = ripeAge
        let ring = Ring.size(atLeast: ripeAge + 2)
        mask = ring - 1
        counts = Array(repeating: 0, count: ring * ages)
        totals = Array(repeating: 0, count: ring)
    }

    /// Takes in an answer to a call dialled at `step`, `elapsed` seconds later; that to a ripe call goes on to `shape`.
    mutating func add(_ elapsed: Double, dialledAt step: Int, to shape: inout TimingShape) {
        guard now - step < ripeAge else { return shape.observe(elapsed) }
        let age = min(max(0, Int((elapsed / PacingGrid.step).rounded())), ages - 1)
        counts[(step & mask) * ages + age] += 1
        totals[step & mask] += 1
    }

    /// Lets time go on to `step`; answers to calls that are ripe by then go on to `shape`.
    mutating func advance(to step: Int, into shape: inout TimingShape) {
        now = max(now, step - mask - 1)
        while now < step {
            now += 1
            let row = (now - ripeAge) & mask
            guard totals[row] > 0 else { continue }
            totals[row] = 0
            for age in 0..<ages {
                for _ in 0..<counts[row * ages + age] { shape.observe(Double(age) * PacingGrid.step) }
                counts[row * ages + age] = 0
            }
        }
    }
}
