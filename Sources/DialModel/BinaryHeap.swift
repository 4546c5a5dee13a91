/// A heap whose smallest element is at hand: adding and taking cost the logarithm of its size.
///
/// Public, because the compiler makes no special versions of another module's `package` generics for their uses, and
/// without these a virtual world takes twice as long.
public struct BinaryHeap<Element: Comparable & Sendable>: Sendable {
    @usableFromInline var elements: [Element] = []

    /// No elements.
    @inlinable public init() {}

    /// How many elements there are.
    @inlinable public var count: Int { elements.count }

    /// The smallest element, if there is one.
    @inlinable public var first: Element? { elements.first }

    /// Adds an element.
    @inlinable public mutating func add(_ element: Element) {
        elements.append(element)
        var child = elements.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard element < elements[parent] else { break }
            elements[child] = elements[parent]
            child = parent
        }
        elements[child] = element
    }

    /// Takes the smallest element out, if there is one.
    @inlinable public mutating func popFirst() -> Element? {
        guard let first = elements.first, let last = elements.popLast() else { return nil }
        if !elements.isEmpty { sink(last) }
        return first
    }

    /// Lets an element that stands for the first one down to its place.
    @inlinable mutating func sink(_ element: Element) {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < elements.count else { break }
            if child + 1 < elements.count, elements[child + 1] < elements[child] { child += 1 }
            guard elements[child] < element else { break }
            elements[parent] = elements[child]
            parent = child
        }
        elements[parent] = element
    }
}
