import Foundation

/// How much is in each collection that something holds, found by looking into it, so that none is left out.
struct Census {
    /// Collections with more elements than this are counted, and not looked into.
    private static let mostElements = 200
    /// Nothing that is held further inside is looked at.
    private static let depth = 16

    /// The numbers of elements by place; what the elements of a collection hold is taken together.
    private(set) var sizes: [String: Int] = [:]
    private var known: Set<ObjectIdentifier> = []

    /// Bytes of memory that this process takes up.
    static var residentMemory: Int {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * sysconf(Int32(_SC_PAGESIZE))
    }

    /// Counts all that something holds, but for what these properties of it do.
    mutating func count(_ whole: AnyObject, leavingOut others: Set<String>) {
        known.insert(ObjectIdentifier(whole))
        for child in Mirror(reflecting: whole).children where !others.contains(child.label ?? "") {
            count(child.value, at: child.label ?? "", Self.depth)
        }
    }

    private mutating func count(_ value: Any, at place: String, _ depth: Int) {
        guard depth > 0 else { return }
        let reflection = Mirror(reflecting: value)
        switch reflection.displayStyle {
        case .collection, .set, .dictionary:
            sizes[place, default: 0] += reflection.children.count
            guard reflection.children.count <= Self.mostElements else { return }
            for child in reflection.children { count(child.value, at: place + "[]", depth - 1) }
        case .optional, .enum:
            for child in reflection.children { count(child.value, at: place, depth - 1) }
        case .class:
            guard let object = value as AnyObject?, known.insert(ObjectIdentifier(object)).inserted else { return }
            for child in reflection.children { count(child.value, at: "\(place).\(child.label ?? "")", depth - 1) }
        default:
            for child in reflection.children { count(child.value, at: "\(place).\(child.label ?? "")", depth - 1) }
        }
    }
}
