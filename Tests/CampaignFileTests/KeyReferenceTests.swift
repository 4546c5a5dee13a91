import CampaignFile
import DialModel
import Foundation
import Testing
import Wording

@Suite("The guide lists every key that campaign.yaml and vendors.yaml may have, and no other")
struct KeyReferenceTests {
    /// A key that nobody can have meant, so that the finding lists all that are known.
    private static let stranger = "zzzzzzzzzz"
    private static let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/autodialer/autodialer.docc")
    private static let kinds = ["alibaba", "well", "wincall", "udesk"]

    /// A part of the page: its heading, without marks of code, and the keys in the first column of its table.
    struct Part: CustomTestStringConvertible {
        var isVendors: Bool
        var heading: String
        var keys: [String]
        var testDescription: String { "\(isVendors ? "vendors" : "campaign"): \(heading)" }

        /// The part's section of a file with a key that is not known in it.
        var sample: String {
            let inner = "{ \(KeyReferenceTests.stranger): 1 }"
            switch heading {
            case "campaign.yaml": return "\(KeyReferenceTests.stranger): 1"
            case "vendors": return "vendors: { use: [a, b], \(KeyReferenceTests.stranger): 1 }"
            case "vendors.yaml": return "a: { kind: alibaba, \(KeyReferenceTests.stranger): 1 }"
            case "cost": return "a: { kind: alibaba, cost: \(inner) }"
            case "bridge": return "a: { kind: udesk, bridge: \(inner) }"
            case _ where heading.hasPrefix("kind: "): return "a: { \(heading), \(KeyReferenceTests.stranger): 1 }"
            default:
                let path = heading.split(separator: ".").map(String.init)
                // Some sections are read only once what every campaign needs is there.
                let needed = [
                    "name: a", "vendor: simulator.alibaba", "leads: { file: a.csv, country: CN }", "mode: progressive",
                    "agents: { group: a }",
                ].filter { !$0.hasPrefix(path[0] + ":") }
                let value = path.dropFirst().reversed().reduce(inner) { "{ \($1): \($0) }" }
                return (needed + ["\(path[0]): \(value)"]).joined(separator: "\n")
            }
        }
    }

    private static let parts: [Part] = {
        let file = guide.appendingPathComponent("CampaignKeys.md")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        var isVendors = false
        return text.components(separatedBy: "\n##").dropFirst().map { chunk in
            let lines = chunk.split(separator: "\n")
            let heading = (lines.first ?? "").filter { !"#`".contains($0) }.trimmingCharacters(in: .whitespaces)
            isVendors = isVendors || heading == "vendors.yaml"
            let keys = lines.compactMap { $0.firstMatch(of: /^\| `([a-z_]+)` \|/).map { String($0.output.1) } }
            return Part(isVendors: isVendors, heading: heading, keys: keys)
        }
    }()

    /// What a finding says is known where the stranger stands.
    private func known(_ sample: String, isVendors: Bool) throws -> [String] {
        let bytes = Array(sample.utf8)
        let findings =
            isVendors
            ? VendorAccounts.parse(
                bytes, file: "f", environment: { _ in "-" }, readSecretFile: { _ in .success(Secret("-")) }
            ).diagnostics
            : Campaign.parse(bytes, file: "f").diagnostics
        let finding = try #require(
            findings.first { $0.message.english.contains(Self.stranger) }, "\(sample): \(findings)")
        let hint = try #require(finding.hint?.english)
        #expect(hint.hasPrefix("known here: "), "\(hint)")
        return hint.dropFirst("known here: ".count).components(separatedBy: ", ")
    }

    /// Keys that accounts of every kind have.
    private func shared() throws -> Set<String> {
        let all = try Self.kinds.map { Set(try known("a: { kind: \($0), \(Self.stranger): 1 }", isVendors: true)) }
        return all.dropFirst().reduce(all[0]) { $0.intersection($1) }.subtracting(["endpoint"])
    }

    @Test("The keys of each part", arguments: parts)
    func keys(part: Part) throws {
        var known = Set(try known(part.sample, isVendors: part.isVendors))
        let shared = try shared()
        if part.heading == "vendors.yaml" { known = shared }
        if part.heading.hasPrefix("kind: ") { known.subtract(shared) }
        #expect(part.keys.sorted() == known.sorted())
        #expect(Set(part.keys).count == part.keys.count)
    }

    @Test("There is a part for each section, and for each kind of account")
    func complete() {
        let headings = Self.parts.map(\.heading)
        let campaign = Self.parts.first { $0.heading == "campaign.yaml" }?.keys ?? []
        let single: Set = ["name", "vendor", "mode", "regions"]
        #expect(campaign.filter { !single.contains($0) && !headings.contains($0) } == [])
        #expect(Set(headings).isSuperset(of: ["leads.columns", "dial.cpa", "retry.busy", "hours.override", "bridge"]))
        #expect(Self.kinds.filter { !headings.contains("kind: \($0)") } == [])
    }

    @Test("The columns of a file of numbers to show")
    func numberColumns() throws {
        let bytes = Array("number,\(Self.stranger)\n057180000001,\n".utf8)
        let findings = CallerIDList.parse(bytes: bytes, file: "f").diagnostics
        let hint = try #require(findings.first { $0.message.english.contains(Self.stranger) }?.hint?.english)
        let known = hint.dropFirst("known here: ".count).components(separatedBy: ", ")
        let text = try String(contentsOf: Self.guide.appendingPathComponent("CallerNumbers.md"), encoding: .utf8)
        #expect(text.matches(of: /(?m)^\| `([a-z_]+)` \|/).map { String($0.output.1) } == known)
    }
}
