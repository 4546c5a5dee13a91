import Glibc

/// What the shell handed on.
enum Environment {
    /// The text of a variable; nil if it is not set.
    static func text(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// The locale that decides how characters are written: the first of the variables that is not empty, as POSIX has it.
    static var characterLocale: String {
        ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { Environment.text($0) }.first { !$0.isEmpty } ?? ""
    }
}
