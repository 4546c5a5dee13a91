import Foundation

/// A value that several tasks share.
///
/// `@unchecked Sendable`: every access to the value goes through `lock`.
package final class Locked<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    /// Shares a value from now on.
    package init(_ value: sending Value) {
        self.value = value
    }

    /// Gives exclusive access to the value for as long as `body` runs.
    package func with<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return body(&value)
    }
}
