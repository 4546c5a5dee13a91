import CallerID
import CampaignFile
import DialModel
import Telephony

/// What decides on the number that a campaign's callees are shown.
enum CallerIDChoice {
    /// The vendor.
    case vendor
    /// The campaign's own list, in turn.
    case numbers([String])
    /// The members of a number pool, by these rules.
    case pool(String, CallerIDRules)

    init(_ campaign: Campaign) {
        self = campaign.callerIDs.isEmpty ? .vendor : .numbers(campaign.callerIDs)
    }
}

/// A vendor that lists the numbers of its account.
protocol NumberDirectory {
    func outboundNumbers() async throws -> [OutboundNumber]
}

/// Where inventories come from.
enum CallerIDSource {
    /// Reads a file of numbers; any error among the findings means that there are none.
    static func parse(_ bytes: [UInt8], file: String) -> (numbers: [OutboundNumber]?, diagnostics: [Diagnostic]) {
        var reader = CSVReader(separator: .comma)
        guard var rows = try? reader.push(bytes), let end = try? reader.finish() as CSVRow?? else {
            return (nil, [Diagnostic(.error, "this is not CSV", file: file)])
        }
        if let last = end { rows.append(last) }
        guard let header = rows.first?.cells, header.contains("number") else {
            return (nil, [Diagnostic(.error, "there is no column \"number\"", file: file, line: 1)])
        }
        var seen: [String: Int] = [:]
        var diagnostics: [Diagnostic] = []
        let numbers = rows.dropFirst().map { row in
            let cells = Dictionary(zip(header, row.cells).filter { !$0.1.isEmpty }) { first, _ in first }
            let number = cells["number"] ?? ""
            if let line = seen[number] {
                diagnostics.append(
                    Diagnostic(
                        .error, "the number is listed twice", file: file, line: row.line, hint: "see line \(line)"))
            }
            seen[number] = row.line
            return OutboundNumber(
                number, region: NumberRegion(province: cells["province"], city: cells["city"]),
                pools: (cells["pools"] ?? "").split(separator: "|").map(String.init),
                limits: NumberLimits(maxPerDay: cells["max_per_day"].flatMap { Int($0) }))
        }
        return (diagnostics.isEmpty ? numbers : nil, diagnostics)
    }
}
