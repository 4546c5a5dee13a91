import ArgumentParser

@main
struct Autodialer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "autodialer")
}
