import Testing

@Suite("Wrong usage is told apart from everything else", .timeLimit(.minutes(15)))
struct UsageTests {
    @Test(
        "Flags and words that make no sense",
        arguments: [
            ("frobnicate", "frobnicate"), ("run", "campaign"), ("run trial --bogus", "--bogus"),
            ("run trial --speed 0", "--speed"), ("run trial --speed fast", "--speed"),
            ("run trial --speed 10001", "--speed"), ("run trial --until 25:00", "--until"),
            ("run trial --max-duration 5", "add a unit: 5s, 5m"), ("rnu trial", "did you mean \"run\"?"),
            ("dnc imprt x", "did you mean \"import\"?"), ("run trial --max-attempts 0", "--max-attempts"),
            ("export nothing trial", "nothing"), ("export attempts trial --since-id x", "--since-id"),
            ("status trial --database", "--database"), ("simulator --agents 0", "--agents"),
            ("simulator --port 99999", "--port"), ("simulator --speed 0.5", "--speed"), ("check trial twice", "twice"),
        ])
    func wrong(command: String, word: String) async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 1))
        try await place.fail(command, 64, saying: ["Error: ", word, "Usage: autodialer", "--help"])
        #expect(!place.names().contains { $0.contains("sqlite") })
    }
}
