import CampaignFile
import DialModel
import Testing
import Wording

/// Random bytes that look enough like our files to get past the first check.
private struct ByteSource {
    let seed: UInt64
    var random: SplitMix64
    let words: [[UInt8]]

    init(seed: UInt64, words: [String], bytes: [[UInt8]] = []) {
        self.seed = seed
        random = SplitMix64(seed: seed)
        self.words = words.map { Array($0.utf8) } + bytes
    }

    mutating func next() -> [UInt8] {
        (0..<random.below(14)).flatMap { _ in
            random.below(4) == 0
                ? [UInt8(truncatingIfNeeded: random.next())] : words[Int(random.below(UInt64(words.count)))]
        }
    }
}

@Suite("Bytes of any kind")
struct StressTests {
    @Test("No list traps the reader, and every row of one is counted")
    func lists() {
        var source = ByteSource(
            seed: 41, words: ["phone", "姓名", ",", ";", "\t", "|", "\"", "\n", "\r\n", "\r", "13800138000", "'", "+86"],
            bytes: [[0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0xD0, 0xD5], [0x00], [0x81, 0x30]])
        var readable = 0
        for round in 0..<20_000 {
            let bytes = (round % 2 == 0 ? Array("phone\n".utf8) : []) + source.next()
            var settings = LeadListSettings(file: "leads.csv", country: "CN")
            if round % 5 == 0 { settings.encoding = TextEncoding.allCases[round / 5 % TextEncoding.allCases.count] }
            let chunk = 1 + Int(source.random.below(8))
            guard let list = try? readList(bytes, settings: settings, chunk: chunk) else { continue }
            readable += 1
            let counts = list.reader.counts
            #expect(
                counts.leads == list.leads.count && counts.rejects == list.rejects.count, "seed 41, round \(round)")
            let whole = try? readList(bytes, settings: settings)
            #expect(whole?.leads == list.leads && whole?.rejects == list.rejects, "seed 41, round \(round)")
        }
        #expect(readable > 2500)
    }

    @Test("No campaign file traps the parser, and there is a campaign or an error")
    func campaigns() {
        var source = ByteSource(
            seed: 43,
            words: [
                "name: x\n", "vendor: v\n", "leads: { file: f }\n", "mode: progressive\n", "agents: { group: g }\n",
                "dial",
                "retry", ": ", "{", "}", "[", "]", "- ", "\n  ", "\n", "&a ", "*a", "? ", "| ", "> ", "!!", "\"", "'",
                "# ",
                "<<", "---\n", "%", "15m", "~", ",",
            ])
        for round in 0..<20_000 {
            let bytes = source.next()
            let (campaign, diagnostics) = Campaign.parse(bytes, file: "c.yaml")
            let hasError = diagnostics.contains { $0.severity == .error }
            #expect((campaign == nil) == hasError, "seed 43, round \(round)")
        }
    }

    @Test("No accounts file traps the parser, and there are accounts or an error")
    func accounts() {
        var source = ByteSource(
            seed: 47,
            words: [
                "a:\n", "  kind: alibaba\n", "  instance_id: i\n", "  access_key_id: k\n",
                "  access_key_secret: ${S}\n",
                "  endpoint: ", "http://", "127.0.0.1", "[::1]", ":80", "${", "}", "$", "{", "\n", "- ", "*a", "&a ",
                "''",
            ])
        for round in 0..<20_000 {
            let (accounts, diagnostics) = VendorAccounts.parse(
                source.next(), file: "v.yaml", environment: { "value of \($0)" }, readSecretFile: noFile)
            #expect((accounts == nil) == !diagnostics.isEmpty, "seed 47, round \(round)")
        }
    }
}
