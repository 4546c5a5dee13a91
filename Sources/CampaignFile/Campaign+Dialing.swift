import DialModel
import Wording

extension Campaign {
    /// Reads how the list is read.
    static func readLeads(_ section: Section) -> LeadListSettings? {
        guard section.required("leads") != nil,
            let leads = section.section(
                "leads",
                keys: [
                    "file", "columns", "header", "country", "encoding", "separator", "dedupe", "accept_exponent",
                ],
                shape: "leads: { file: leads.csv }")
        else { return nil }
        var settings = LeadListSettings(file: "")
        let file = leads.required("file")?.text()
        let columnKeys = ["phone", "name", "priority", "expires", "alternates", "province", "zone"]
        if let columns = leads.section("columns", keys: columnKeys, shape: "columns: { phone: ..., name: ... }") {
            settings.columns = ListColumns(
                priority: columns["priority"]?.text(), expires: columns["expires"]?.text(),
                alternates: columns["alternates"]?.texts(hint: FixPhrase.write.filled("alternates: [电话2, 电话3]")) ?? [],
                province: columns["province"]?.text(), zone: columns["zone"]?.text())
            settings.phoneColumn = columns["phone"]?.text()
            settings.nameColumn = columns["name"]?.text()
            if let phone = settings.phoneColumn, let name = settings.nameColumn,
                CellText.key(phone) == CellText.key(name)
            {
                let _: String? = columns["name"]?.reject(SettingPhrase.sameColumn.phrase)
            }
        }
        settings.country = leads["country"].flatMap { field in field.text().flatMap { readCountry($0, of: field) } }
        settings.encoding = leads["encoding"].flatMap { choice($0, TextEncoding.self) }
        settings.separator = leads["separator"].flatMap { choice($0, CSVSeparator.self) }
        settings.header = leads["header"]?.texts(
            hint: FixPhrase.headerNames.phrase)
        settings.duplicates = leads["dedupe"]?.word(DuplicateScope.self) ?? settings.duplicates
        settings.acceptsExponent = leads["accept_exponent"]?.flag() ?? settings.acceptsExponent
        guard let file else { return nil }
        settings.file = file
        return settings
    }

    /// A country's two letters; whether there is such a country is known to `Regions`.
    private static func readCountry(_ text: String, of field: Field) -> String? {
        let isCode =
            text.utf8.count == 2 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        if isCode, text != "UK" { return text }
        let meant = text.uppercased() == "UK" ? "GB" : text.uppercased()
        let isNear = meant.utf8.count == 2 && meant != text
        return field.reject(
            SettingPhrase.country.filled(text),
            hint: isNear ? FixPhrase.write.filled(meant) : FixPhrase.example.filled("CN"))
    }

    /// A word of a list, or nil for `auto`.
    private static func choice<Value: RawRepresentable & CaseIterable>(_ field: Field, _ type: Value.Type) -> Value?
    where Value.RawValue == String {
        guard let text = field.text(), text != "auto" else { return nil }
        if let value = Value(rawValue: text) { return value }
        let words = ["auto"] + type.allCases.map(\.rawValue)
        return field.reject(FormPhrase.unfit.filled(text), hint: Suggestion.hint(for: text, among: words))
    }

    /// Reads how numbers are dialled; the ratio goes to the mode.
    static func readDial(_ section: Section) -> (settings: DialSettings, ratio: Field?) {
        var settings = DialSettings()
        let keys = ["prefix", "prefixes", "ring_timeout", "cpa", "max_lines", "ratio"]
        guard let dial = section.section("dial", keys: keys, shape: "dial: { ring_timeout: 30s }") else {
            return (settings, nil)
        }
        settings.prefix = dial["prefix"].flatMap(readPrefix) ?? ""
        settings.prefixes = readPrefixes(dial)
        settings.ringTimeout =
            dial["ring_timeout"]?.duration(in: DialSettings.ringTimeouts) ?? settings.ringTimeout
        settings.analysis = readAnalysis(dial)
        settings.maxLines = dial["max_lines"]?.integer(in: 1...100_000)
        return (settings, dial["ratio"])
    }

    /// Reads the prefixes of single countries, ascending by code.
    private static func readPrefixes(_ dial: Section) -> [CountryPrefix] {
        guard let field = dial["prefixes"],
            let section = Section(
                names: field.node, path: field.name, shape: "prefixes: { HK: \"901\" }", findings: field.findings)
        else { return [] }
        let prefixes = section.fields.compactMap { field -> CountryPrefix? in
            let country = readCountry(field.key, of: field)
            // Nothing after the colon may be an oversight, and would call through another line.
            let prefix: String? =
                field.isNull
                ? field.reject(SettingPhrase.noDigits.phrase, hint: FixPhrase.writeFor.filled(field.key))
                : readPrefix(field)
            guard let country, let prefix else { return nil }
            return CountryPrefix(country: country, prefix: prefix)
        }
        return prefixes.sorted { $0.country < $1.country }
    }

    private static func readPrefix(_ field: Field) -> String? {
        if field.word == "" { return "" }
        guard let prefix = field.text() else { return nil }
        let isDigits = prefix.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isDigits && prefix.utf8.count <= 10
            ? prefix : field.reject(SettingPhrase.prefixDigits.filled(prefix))
    }
}
