import CampaignFile
import DialModel
import Regions
import Wording

/// A list read to its end.
struct ReadList {
    var reader: LeadListReader
    var leads: [ListedLead] = []
    var rejects: [RejectedRow] = []
}

/// Reads a list as a command does, twice and in chunks; throws the defect that ends the reading.
func readList(
    _ bytes: [UInt8], settings: LeadListSettings = LeadListSettings(file: "leads.csv", country: "CN"),
    chunk: Int = 4096,
    campaign: String? = nil
) throws(ListDefect) -> ReadList {
    var survey = EncodingSurvey(forced: settings.encoding)
    let chunks = stride(from: 0, to: bytes.count, by: chunk).map { Array(bytes[$0..<min($0 + chunk, bytes.count)]) }
    for chunk in chunks { survey.push(chunk) }
    let reader = LeadListReader(
        settings, encoding: survey.encoding, file: settings.file, campaign: campaign,
        readNumber: NumberReader(country: settings.country, acceptsExponent: settings.acceptsExponent).read)
    var rows: [ListedRow] = []
    for chunk in chunks { rows += try reader.push(chunk) }
    rows += try reader.finish()
    var list = ReadList(reader: reader)
    for row in rows {
        switch row {
        case .lead(let lead): list.leads.append(lead)
        case .reject(let reject): list.rejects.append(reject)
        }
    }
    return list
}

/// The finding that ends the reading of a list, or nil if nothing does.
func defect(
    _ bytes: [UInt8], settings: LeadListSettings = LeadListSettings(file: "leads.csv", country: "CN")
) -> Diagnostic? {
    do {
        _ = try readList(bytes, settings: settings)
        return nil
    } catch {
        return error.diagnostic
    }
}

/// A disk without files.
@Sendable func noFile(_ path: String) -> Result<Secret, SecretFileError> {
    .failure(SecretFileError(Phrase("does not exist", "不存在")))
}
