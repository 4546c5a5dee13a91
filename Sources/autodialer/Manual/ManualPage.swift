/// The manual page `autodialer(1)`: all commands, made from what they say of themselves.
struct ManualPage {
    /// The program with its commands.
    let program: HelpDump.Command
    /// The release that the page is of.
    let version: String
    /// The day that the page is of, 2026-11-27.
    let day: String

    /// What every command takes, which is told once.
    private static let everywhere: Set = ["version", "help"]

    /// The page, in the macros of man(7).
    var text: String {
        var page = Roff()
        page.request("TH AUTODIALER 1 \"\(day)\" \"autodialer \(version)\" \"User Commands\"")
        // Names of variables and files are not broken, and blanks are not stretched.
        page.request("nh")
        page.request("ad l")
        section("NAME", &page)
        page.marked("autodialer \\- \(Roff.prose(Self.name(of: program.abstract)))")
        section("SYNOPSIS", &page)
        page.marked("\(Roff.bold(program.commandName)) \(Roff.italic("command")) [\(Roff.italic("option"))]...")
        section("DESCRIPTION", &page)
        page.paragraph(program.abstract ?? "")
        let chapters = Discussion(program.discussion).chapters
        for chapter in chapters where chapter.title == nil { write(chapter, &page) }
        section("COMMANDS", &page)
        for command in program.subcommands ?? [] { write(command, under: program.commandName, &page) }
        section("OPTIONS OF ALL COMMANDS", &page)
        for argument in program.arguments ?? [] { write(argument, &page) }
        list("EXIT STATUS", ManualFacts.exitCodes, &page)
        list("ENVIRONMENT", ManualFacts.environment, &page)
        list("FILES", ManualFacts.files, &page)
        section("EXAMPLES", &page)
        for chapter in chapters where chapter.title == "EXAMPLES" { write(chapter.blocks, &page) }
        section("SEE ALSO", &page)
        page.paragraph(
            "The guide begins with guide/autodialer.md, in share/doc/autodialer below where the program is installed.")
        return page.text
    }

    private func section(_ title: String, _ page: inout Roff) { page.request("SH \(title)") }

    /// A sentence as what stands behind a name: without its capital letter and full stop.
    private static func name(of abstract: String?) -> String {
        let sentence = abstract ?? ""
        let bare = sentence.hasSuffix(".") ? sentence.dropLast() : sentence[...]
        return bare.prefix(1).lowercased() + bare.dropFirst()
    }

    private func list(_ title: String, _ entries: [ManualFacts.Entry], _ page: inout Roff) {
        section(title, &page)
        for entry in entries {
            page.request("TP")
            page.marked(Roff.bold(entry.word))
            page.paragraph(entry.meaning)
        }
    }

    private func write(_ command: HelpDump.Command, under parent: String, _ page: inout Roff) {
        // `help` says nothing that --help does not.
        guard command.shouldDisplay, command.commandName != "help" else { return }
        let name = "\(parent) \(command.commandName)"
        page.request("SS \"\(name)\"")
        page.marked(([Roff.bold(name)] + usage(of: command)).joined(separator: " "))
        page.request("PP")
        page.paragraph(command.abstract ?? "")
        for argument in taken(by: command) { write(argument, &page) }
        for chapter in Discussion(command.discussion).chapters { write(chapter, &page) }
        for subcommand in command.subcommands ?? [] { write(subcommand, under: name, &page) }
    }

    private func taken(by command: HelpDump.Command) -> [HelpDump.Argument] {
        (command.arguments ?? []).filter { argument in
            argument.shouldDisplay && !(argument.names ?? []).contains { Self.everywhere.contains($0.name) }
        }
    }

    /// How a command is written: what has to be there, and that there are options.
    private func usage(of command: HelpDump.Command) -> [String] {
        guard (command.subcommands ?? []).isEmpty else { return [Roff.italic("command")] }
        let arguments = taken(by: command)
        let words = arguments.filter { $0.kind == .positional || !$0.isOptional }.map { argument in
            let option = argument.kind == .option ? Roff.bold(Self.name(of: argument)) + " " : ""
            let word = option + Roff.italic(argument.valueName ?? "") + (argument.isRepeating ? "..." : "")
            return argument.isOptional ? "[\(word)]" : word
        }
        let hasOptions = arguments.contains { $0.kind != .positional && $0.isOptional }
        return words + (hasOptions ? ["[\(Roff.italic("option"))]..."] : [])
    }

    private func write(_ argument: HelpDump.Argument, _ page: inout Roff) {
        page.request("TP")
        let value = Roff.italic(argument.valueName ?? "") + (argument.isRepeating ? "..." : "")
        let names = (argument.names ?? []).sorted { $0.text.count < $1.text.count }.map { Roff.bold($0.text) }
        switch argument.kind {
        case .positional: page.marked(value)
        case .option: page.marked(names.joined(separator: ", ") + " " + value)
        case .flag: page.marked(names.joined(separator: ", "))
        }
        let standard = argument.kind == .option ? argument.defaultValue.map { " (default: \($0))" } : nil
        page.paragraph((argument.abstract ?? "") + (standard ?? ""))
    }

    private static func name(of argument: HelpDump.Argument) -> String {
        argument.names?.max { $0.text.count < $1.text.count }?.text ?? ""
    }

    private func write(_ chapter: Discussion.Chapter, _ page: inout Roff) {
        if let title = chapter.title {
            page.request("PP")
            page.marked(Roff.bold(title.prefix(1) + title.dropFirst().lowercased() + ":"))
        }
        write(chapter.blocks, &page)
    }

    private func write(_ blocks: [Discussion.Block], _ page: inout Roff) {
        for block in blocks {
            switch block {
            case .text(let text):
                page.request("PP")
                page.paragraph(text)
            case .lines(let lines): page.literal(lines)
            }
        }
    }
}
