/// A result as the vendor's own programs show it: three digits for the command, three for its `Ret`
/// (`vendors/well-wincall.md`, B.7).
struct ResultCode: Hashable, Sendable, CustomStringConvertible {
    let command: Int
    let result: Int

    /// Of a command by its `Action`; those below nine, and the sign-in, have prefixes of their own.
    init(action: Int, result: Int) {
        switch action {
        case 100: command = 1
        case 1...6: command = action + 1
        default: command = action
        }
        self.result = result
    }

    init(_ result: CommandResult) {
        self.init(action: result.action, result: result.code)
    }

    /// Six digits; a result of more than three keeps them all.
    var description: String { Self.padded(command) + Self.padded(result) }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
}
