import Testing

@testable import WinCallVendor

@Suite("What the vendor's result codes mean (vendors/well-wincall.md, B.7)")
struct ResultTableTests {
    /// The document's table: codes as it writes them, whom they concern, and what follows.
    private static let document: [(codes: [String], level: Level, reaction: Reaction)] = [
        (["001001"], .agent, .signedInElsewhere),
        (["001002"], .client, .openAnew),
        (["001003", "001004", "001007", "001808", "001809"], .agent, .stop),
        (["001005"], .agent, .stop),
        (["001006"], .campaign, .noMoreAgents),
        (["001020"], .campaign, .stop),
        (["001804", "001805", "001806"], .agent, .stop),
        (["001801", "001802", "001803", "001807", "001700", "001750", "001799"], .vendor, .tryLater),
        (["001810", "001811", "001812", "001813", "001814", "001100"], .client, .stop),
        (["001820"], .agent, .stop),
        (["003001", "003002", "005001", "005002", "006001", "006002", "009001", "010002"], .session, .signInAgain),
        (["005003", "006003"], .nobody, .asWished),
        (["005004"], .agent, .agentNotReady),
        (["009003", "010003"], .campaign, .stop),
        (["009004", "010004"], .nobody, .asWished),
        (["022001"], .session, .signInAgain),
        (["022002"], .attempt, .congestion),
        (["022003", "022004"], .campaign, .stop),
        (["022005"], .agent, .agentNotReady),
        (["022007"], .campaign, .stop),
        (["022008", "022507"], .callerID, .callerIDDeclined),
        (["022009"], .agent, .agentNotReady),
        (["022010"], .trunk, .congestion),
        (["022011"], .agent, .stop),
        (["022020", "022501", "022502", "022503"], .campaign, .stop),
        (["022451", "022452"], .client, .stop),
        (["022504"], .lead, .calleeBlocked),
        (["022505", "022506"], .lead, .invalidNumber),
        (["022999"], .attempt, .unknown),
        (["021001"], .session, .signInAgain),
        (["021002"], .attempt, .congestion),
        (["021006", "021030"], .agent, .agentNotReady),
        (["023002"], .nobody, .asWished),
        (
            ["044001", "044002", "044003", "044004", "044005", "044006", "044007", "044008", "044999"], .attempt,
            .handOverFailed
        ),
        (["046001", "046002", "046003", "046004", "046005", "046006", "046007", "046099"], .attempt, .handOverFailed),
        (["029006"], .client, .declined),
    ]

    private static func code(_ digits: String) throws -> ResultCode {
        let command = try #require(Int(digits.prefix(3)))
        let result = try #require(Int(digits.suffix(3)))
        // The way back from the shown prefix to the action (B.7).
        return ResultCode(action: command == 1 ? 100 : command < 9 ? command - 1 : command, result: result)
    }

    @Test("Each code of the document's table concerns whom it says, and has its reaction")
    func table() throws {
        for (codes, level, reaction) in Self.document {
            for digits in codes {
                let code = try Self.code(digits)
                #expect(code.description == digits)
                #expect(ResultTable.verdict(on: code) == Verdict(level, reaction), "\(digits)")
            }
        }
    }

    @Test("Whom a result can concern occurs in the table, each of them")
    func levels() {
        #expect(Set(Self.document.map(\.level)) == Set(Level.allCases))
    }

    @Test("A dial that is answered with a code that no document names may have been carried out")
    func undocumented() {
        for result in [6, 12, 77, 505_000, -1] {
            #expect(ResultTable.verdict(on: ResultCode(action: 22, result: result)).reaction == .unknown)
        }
    }

    @Test("Only what concerns the whole campaign stops everybody")
    func stops() throws {
        for (codes, level, reaction) in Self.document {
            let verdict = ResultTable.verdict(on: try Self.code(codes[0]))
            #expect(verdict.stopsEverybody == (level == .campaign && reaction == .stop), "\(codes[0])")
        }
    }
}
