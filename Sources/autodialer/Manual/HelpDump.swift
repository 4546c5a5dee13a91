import Foundation

/// What the commands take and do, as the library that parses them tells it (`--experimental-dump-help`).
struct HelpDump: Decodable {
    /// A command with its subcommands.
    struct Command: Decodable {
        var commandName: String
        var abstract: String?
        var discussion: String?
        var shouldDisplay: Bool
        var subcommands: [Command]?
        var arguments: [Argument]?
    }

    /// A word, an option or a flag that a command takes.
    struct Argument: Decodable {
        /// How it is given.
        enum Kind: String, Decodable {
            case positional, option, flag
        }

        /// One way to write it.
        struct Name: Decodable {
            /// How many dashes stand before it.
            enum Kind: String, Decodable {
                case long, short, longWithSingleDash
            }

            var kind: Kind
            var name: String

            /// As it is typed.
            var text: String { (kind == .long ? "--" : "-") + name }
        }

        var kind: Kind
        var shouldDisplay: Bool
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var valueName: String?
        var defaultValue: String?
        var abstract: String?
    }

    var command: Command

    /// Reads what the library tells.
    init(json: String) throws {
        self = try JSONDecoder().decode(HelpDump.self, from: Data(json.utf8))
    }
}
