/// A credential that cannot be printed by accident.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The credential itself, for signing and nothing else.
    package let revealed: String

    /// Wraps a credential.
    package init(_ revealed: String) { self.revealed = revealed }

    package var description: String { "(secret)" }
    package var debugDescription: String { "(secret)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
