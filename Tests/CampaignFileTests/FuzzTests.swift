import CampaignFile
import DialModel
import Foundation
import Regions
import TestSupport
import Testing
import Wording

/// Spoilt files of every kind that operators hand us.
///
/// To replay a seed that failed, or that `autodialer-fuzz-*.seed` among the temporary files names after a crash, put it into
/// `replayed`; there it stays. What a seed found goes into the folder `Corpus` besides, where every file is read each time.
@Suite("Spoilt files", .timeLimit(.minutes(60)))
struct FuzzTests {
    /// Seeds of earlier failures.
    private static let replayed: [UInt64] = []
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"

    private static let seeds: [UInt64] = replayed + (1...(isSoak ? 400_000 : 1_500))

    private static func files(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
        let url = Bundle.module.bundleURL.appendingPathComponent(folder)
        return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted().map { name in
            (name, [UInt8](try Data(contentsOf: url.appendingPathComponent(name))))
        }
    }

    private static func shipped(_ path: String) throws -> [UInt8] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
    }

    private func run(_ name: String, _ mutation: Mutation, _ check: ([UInt8], String) throws -> Void) throws {
        let journal = FuzzJournal(name)
        for seed in Self.seeds {
            journal.note(seed)
            try check(mutation.file(seed: seed), "\(name), seed \(seed)")
        }
        journal.remove()
    }

    @Test("Lists")
    func lists() throws {
        let exported =
            LeadColumn.allCases.map(\.rawValue).joined(separator: ",") + ",state\r\n"
            + "1,spring,2,+8613800138000,13800138000,Li,waiting,,,2026-01-02T03:04:05.678Z,2,busy,,2026-01-02T03:04:05Z,FL\r\n"
        let mutation = Mutation(
            try Self.files("Fixtures").map(\.bytes) + [
                try Self.shipped("campaigns/demo/leads.csv"), Array(exported.utf8),
            ],
            words: [
                ",", ";", "\t", "|", "\"", "\"\"", "\r\n", "\n", "\r", "'", "=", "+86", "1E5", "phone", "手机", "lead_id",
                "\u{FEFF}", "\0", "reason_code", "waiting", "*", "ext. 5",
            ])
        try run("lists", mutation, Self.checkList)
    }

    /// Every row is accounted for, however the bytes arrive, and nothing comes out that did not go in.
    private static func checkList(_ bytes: [UInt8], _ name: String) throws {
        let header: [String]? = bytes.count % 3 == 0 ? ["phone", "name", "note", "more"] : nil
        let settings = LeadListSettings(
            file: "leads.csv", header: header, country: "CN", acceptsExponent: bytes.count % 2 == 0)
        var outcomes: [String] = []
        for chunk in [7, 4096] {
            do {
                let list = try readList(bytes, settings: settings, chunk: chunk, campaign: "spring")
                let counts = list.reader.counts
                #expect(counts.leads == list.leads.count && counts.rejects == list.rejects.count, "\(name)")
                let width = list.reader.header?.columns.count ?? 0
                #expect(list.leads.allSatisfy { $0.cells.count == width }, "\(name)")
                let size = (list.leads.flatMap(\.cells) + list.rejects.flatMap(\.cells)).reduce(0) {
                    $0 + $1.utf8.count
                }
                #expect(size <= bytes.count * 3, "\(name)")
                outcomes.append("\(list.leads.map(\.cells)) \(list.rejects.map(\.cells))")
            } catch {
                // Which of several defects is met first depends on how the bytes arrive.
                outcomes.append("a defect")
                #expect(!error.diagnostic.rendered.english.contains("138001"), "no number in a finding: \(name)")
            }
        }
        #expect(outcomes[0] == outcomes[1], "\(name)")
    }

    private static let yamlWords = [
        ": ", "- ", "\n", "  ", "{", "}", "[", "]", "&a ", "*a", "? ", "| ", "> ", "!!str ", "\"", "'", "#", "---\n",
        "~", "%",
        "<<: *a\n", "15m", "3 per 24h", "09:00-12:00", "file", "hours:", "rules: us", "\t", "\u{FEFF}", "\0",
    ]

    @Test("Campaign files")
    func campaigns() throws {
        let mutation = Mutation(
            try [Self.shipped("campaigns/demo/campaign.yaml"), Array(Self.campaign.utf8)], words: Self.yamlWords)
        try run("campaigns", mutation, Self.checkCampaign)
    }

    private static func checkCampaign(_ bytes: [UInt8], _ name: String) {
        let (campaign, diagnostics) = Campaign.parse(bytes, file: "c.yaml") { _ in bytes }
        #expect((campaign == nil) == diagnostics.contains { $0.severity == .error }, "\(name)")
        let size = diagnostics.reduce(0) { $0 + $1.rendered.english.utf8.count }
        #expect(size <= 2_000 * (bytes.count + 10), "\(name)")
    }

    @Test("Files of rules")
    func rules() throws {
        let files = try ["us", "uk", "cn", "none"].map { try Self.shipped("Sources/CampaignFile/Rules/\($0).yaml") }
        try run("rules", Mutation(files, words: Self.yamlWords + ["source:", "value:", "limit", "08:00-21:00", "FL"])) {
            bytes, name in
            let (profile, diagnostics) = RuleProfile.parse(bytes, file: "own.yaml")
            #expect((profile == nil) == diagnostics.contains { $0.severity == .error }, "\(name)")
        }
    }

    @Test("Inventories of numbers, and files of regions")
    func inventories() throws {
        let inventory = """
            number,province,city,pools,max_concurrent,max_per_day,min_gap,hours,paused,usage
            057180000001,浙江,杭州,"main;late",2,100,30s,09:00-18:00,false,Outbound
            +862150001234,上海,上海,main,1,,,,true,
            """
        let regions =
            "prefix,country,province,city,zones\n86154,CN,浙江,杭州,Asia/Shanghai\n1415,US,CA,,America/Los_Angeles\n"
        let words = [",", "\"", "\n", "main", "-1", "99999999999", "24:00", "Asia/", "true", "浙江", "\u{FEFF}", ";"]
        try run("inventories", Mutation([Array(inventory.utf8), Array(regions.utf8)], words: words)) { bytes, name in
            let (numbers, findings) = CallerIDList.parse(bytes: bytes, file: "numbers.csv")
            #expect((numbers == nil) == findings.contains { $0.severity == .error }, "\(name)")
            guard let rows = CSVTable.parse(bytes: bytes, file: "regions.csv").rows else { return }
            _ = RegionOverrides.parse(rows.map { ($0.line, $0.cells) }, file: "regions.csv")
        }
    }

    @Test("Every file of the corpus, by each reader")
    func corpus() throws {
        let files = try Self.files("Corpus")
        #expect(files.count > 5)
        for (name, bytes) in files { try Self.checkList(bytes, name) }
        for (name, bytes) in files + Self.hostile {
            _ = try? readList(bytes)
            Self.checkCampaign(bytes, name)
            _ = RuleProfile.parse(bytes, file: name)
            _ = CallerIDList.parse(bytes: bytes, file: name)
        }
    }

    /// Files that are hostile by their size or shape, and too dull to be kept.
    private static var hostile: [(name: String, bytes: [UInt8])] {
        let doubling = (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
        return [
            ("deep lists", Array(repeating: UInt8(ascii: "["), count: 20_000)),
            ("deep mappings", Array(String(repeating: "{a: ", count: 10_000).utf8)),
            ("deep blocks", Array((0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined().utf8)),
            ("doubling aliases", Array("a0: &a0 [x]\n\(doubling)name: *a40\n".utf8)),
            ("doubling keys", Array("a0: &a0 [x]\n\(doubling)? *a40\n: x\n".utf8)),
            (
                "one long cell",
                Array("phone,name\n13800138000,\"".utf8) + Array(repeating: UInt8(ascii: "x"), count: 1_100_000)
            ),
            ("many cells", Array("phone\n".utf8) + Array(repeating: UInt8(ascii: ","), count: 5_000)),
            ("one long header", Array(repeating: UInt8(ascii: "x"), count: 100_000)),
        ]
    }

    private static let campaign = """
        name: spring
        vendor: simulator.alibaba
        leads: { file: a.csv, columns: { phone: 手机号 }, header: [a, b], country: CN, encoding: gbk, dedupe: all }
        mode: power
        agents: { group: sales }
        dial: { prefix: "9", ring_timeout: 30s, ratio: 1.5, max_lines: 40 }
        caller_id: { pool: main, region: city_province_any, strategy: least_used }
        hours: { rules: own.yaml, weekdays: "09:00-12:00, 14:00-20:00", holidays: [2026-10-01], zone: Asia/Shanghai }
        limits: { per_number: 3 per 24h, per_lead: 10 in all }
        consent: { reference: "form 7" }
        compliance: { message: a, caller_id_proof: b }
        records: { seller: a, callees: consumers }
        dnc: { lists: [national, house], max_age: 31d }
        retry: { busy: { after: 15m, attempts: 3 }, machine: never }
        simulator: { agents: 12, seed: 7, answer: 35%, talk: 60s }
        """
}
