import Glibc

/// What the shell handed on.
enum Environment {
    /// The text of a variable; nil if it is not set.
    static func text(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
