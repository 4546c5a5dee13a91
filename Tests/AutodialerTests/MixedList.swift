import DialModel

/// A list with all sorts of rows, and what must become of each.
struct MixedList {
    private(set) var text = "phone,name,city\n"
    /// The numbers that become leads, by line.
    private(set) var leads: [Int: String] = [:]
    /// The reason codes of the rows that do not, by line.
    private(set) var rejects: [Int: String] = [:]
    private var line = 1

    /// About `count` rows, one in six of them of no use.
    init(count: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var numbers: [String] = []
        for index in 0..<count {
            switch index % 30 {
            case 3: reject("", "no_number")
            case 8: reject("1.54E+10", "scientific_notation")
            case 13: reject("call later", "not_a_number")
            case 18: reject("12345", "not_callable")
            case 23 where !numbers.isEmpty:
                let earlier = numbers[Int(random.below(UInt64(numbers.count)))]
                reject("+86 \(earlier)", "duplicate")
            case 28: addEmptyRow()
            default:
                let number = Self.number(index, &random)
                numbers.append(number)
                add(number, as: Self.spelling(of: number, &random))
            }
        }
    }

    var duplicateCount: Int { rejects.values.count { $0 == "duplicate" } }

    /// A number that nobody has: scripted callees and ordinary ones by turns; the index keeps them apart.
    private static func number(_ index: Int, _ random: inout SplitMix64) -> String {
        let sorts = ScriptedList.Callee.allCases.filter { $0 != .talksLong }
        if index % 2 == 0 { return "154" + String(10 + index % 90) + sorts[index / 2 % sorts.count].rawValue }
        let tail = String(100 + index) + String(1000 + random.below(9000))
        return "154" + "7" + tail
    }

    private static func spelling(of number: String, _ random: inout SplitMix64) -> String {
        let groups = [number.prefix(3), number.dropFirst(3).prefix(4), number.suffix(4)]
        switch random.below(5) {
        case 0: return "+86" + number
        case 1: return groups.joined(separator: " ")
        case 2: return groups.joined(separator: "-")
        case 3:
            return String(
                String.UnicodeScalarView(number.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
        default: return number
        }
    }

    private mutating func add(_ number: String, as spelling: String) {
        line += 1
        leads[line] = "+86" + number
        text += "\(spelling),\"Li, \(line)\",上海\n"
    }

    private mutating func reject(_ cell: String, _ reason: String) {
        line += 1
        rejects[line] = reason
        text += "\(cell),Wu,北京\n"
    }

    private mutating func addEmptyRow() {
        line += 1
        text += ",,\n"
    }
}
