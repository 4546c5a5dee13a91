import CampaignFile
import DialModel
import Regions
import Testing
import Wording

@Suite("Do-not-call lists are read like lists of leads")
struct DoNotCallListTests {
    /// Reads a list to its end; an end is so many milliseconds.
    private func read(
        _ bytes: [UInt8], column: String? = nil, isHashed: Bool = false, chunk: Int = 7
    ) throws(ListDefect) -> (rows: [DoNotCallRow], rejected: Int) {
        var survey = EncodingSurvey()
        survey.push(bytes)
        let cells = DoNotCallListReader.Cells(
            pattern: DoNotCallReader(country: "CN").read, expiry: { Int64($0).map(Timestamp.init(milliseconds:)) })
        let reader = DoNotCallListReader(encoding: survey.encoding, file: "dnc.csv", column: column, cells: cells)
        var rows: [DoNotCallRow] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            rows += try reader.push(Array(bytes[start..<min(start + chunk, bytes.count)]), isHashed: isHashed)
        }
        rows += try reader.finish(isHashed: isHashed)
        return (rows, reader.rejectedCount)
    }

    private func entry(_ text: String, until milliseconds: Int64? = nil) throws -> DoNotCallRow {
        let pattern = try #require(DoNotCallPattern(normalForm: text))
        return .entry(pattern, expiresAt: milliseconds.map(Timestamp.init(milliseconds:)))
    }

    private func reject(_ line: Int, _ rejection: DoNotCallRejection, _ cells: [String]) -> DoNotCallRow {
        .reject(
            RejectedRow(line: line, reasonCode: rejection.reasonCode, reason: rejection.reason, cells: cells))
    }

    @Test(
        "Numbers, wildcards and ends, in columns with the usual names",
        arguments: ["phone,expires", "号码;有效期至", "手机号\t到期 日"])
    func rows(header: String) throws {
        let separator = try #require(header.first { ",;\t".contains($0) })
        let lines = ["13800138000,", "138*,60000", "+1201XXXXXXX,", "13900139000,5", ""]
        let text = ([header] + lines.map { $0.replacing(",", with: String(separator)) }).joined(separator: "\r\n")
        let list = try read(Array(text.utf8))
        let expected = [
            try entry("+8613800138000"), try entry("+86138*", until: 60_000), try entry("+1201XXXXXXX"),
            try entry("+8613900139000", until: 5),
        ]
        #expect(list.rows == expected && list.rejected == 0)
    }

    @Test("What cannot be kept is turned away with its line, its cells and the reason")
    func rejects() throws {
        let text = "name,number,until\nA,,\nB,+44207*,soon\n,13800138000,soon\nD,138*138,\nE,nobody,\nF,12,\n"
        let list = try read(Array(text.utf8))
        let expected = [
            reject(2, .number(.empty), ["A", "", ""]), try entry("+44207*"), try entry("+8613800138000"),
            reject(5, .malformedWildcard, ["D", "138*138", ""]),
            reject(6, .number(.notANumber), ["E", "nobody", ""]), reject(7, .number(.tooShort), ["F", "12", ""]),
        ]
        #expect(
            list.rows == expected && list.rejected == 4, "whoever is on the list stays on it, whatever its end means")
    }

    @Test("A list that keeps hashes turns wildcards away")
    func hashes() throws {
        let list = try read(Array("phone\n138*\n13800138000\n".utf8), isHashed: true)
        #expect(list.rows == [reject(2, .hashedWildcard, ["138*"]), try entry("+8613800138000")])
    }

    @Test("A list without a column of numbers is refused in the words of the command")
    func defects() throws {
        for (text, column) in [("a,b\n1,2\n", nil), ("phone\n138*\n", "tel"), ("", nil)] as [(String, String?)] {
            do throws(ListDefect) {
                _ = try read(Array(text.utf8), column: column)
                Issue.record("\(text) is no list")
            } catch {
                #expect(
                    error.diagnostic.hint?.english.contains("leads") == false, "\(error.diagnostic.rendered.english)")
            }
        }
    }
}
