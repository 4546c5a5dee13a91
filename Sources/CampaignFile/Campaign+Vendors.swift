import DialModel
import Wording
import Yams

extension Campaign {
    private enum Rule: String, CaseIterable {
        case order, shares, cost
    }

    /// More accounts than anybody has agents for.
    private static let accountLimit = 8
    private static let vendorsShape = "vendors: [main, second], or vendors: { main: 70%, second: 30% }"
    private static let useShape = "vendors: { use: [main, second], by: cost }"

    /// Reads which accounts carry the calls, and by what is decided which one does.
    static func readRouting(_ section: Section) -> AccountRouting? {
        guard let field = section["vendors"] else {
            return section.required("vendor").flatMap(readVendor).map { AccountRouting([$0]) }
        }
        if let vendor = section["vendor"] {
            return vendor.reject(FormPhrase.beside.filled("vendors"), hint: FixPhrase.removeOne.phrase)
        }
        if field.word != nil {
            return field.reject(
                SettingPhrase.severalAccounts.phrase, hint: FixPhrase.oneAccountGoes.filled(vendorsShape))
        }
        if let items = listItems(field) { return readAccounts(items, of: field).map { AccountRouting($0) } }
        guard let names = Section(names: field.node, path: field.name, shape: vendorsShape, findings: field.findings)
        else { return nil }
        // With shares the keys are names of accounts; a name is followed by a percentage, `use` by names.
        let isExplicit = names["use"].map { $0.word == nil } ?? false
        return isExplicit ? readExplicit(section) : readShares(names.fields, of: field)
    }

    /// Reports what does not go with several accounts.
    static func complainOfSeveral(_ routing: AccountRouting?, _ section: Section, _ mode: DialingMode?) {
        guard let routing, routing.accounts.count > 1 else { return }
        if case .broadcast? = mode {
            let _: String? = section["mode"]?.reject(
                SettingPhrase.broadcastSeveral.phrase, hint: FixPhrase.write.filled("vendor: ..."))
        }
        if case .vendorPaced? = mode {
            let _: String? = section["mode"]?.reject(
                SettingPhrase.pacedSeveral.phrase,
                hint: FixPhrase.write.filled("vendor: ..."))
        }
        let callerID = section["caller_id"].flatMap {
            Section(names: $0.node, path: $0.name, shape: "caller_id: { pool: main }", findings: $0.findings)
        }
        let _: String? = callerID?["numbers"]?.reject(
            SettingPhrase.numbersSeveral.phrase,
            hint: FixPhrase.importNumbers.phrase)
    }

    /// The name of an account, which may be that of a simulator.
    private static func readVendor(_ field: Field) -> String? {
        guard let vendor = field.text() else { return nil }
        guard !VendorAccounts.isSimulator(vendor) || VendorAccounts.builtIn.contains(vendor) else {
            return field.reject(
                SettingPhrase.noSimulator.phrase, hint: Suggestion.hint(for: vendor, among: VendorAccounts.builtIn))
        }
        return vendor
    }

    private static func listItems(_ field: Field) -> [Field]? {
        guard case .sequence = field.node else { return nil }
        return field.items(hint: FixPhrase.write.filled(vendorsShape))
    }

    /// Reads names, each once and two at least.
    private static func readAccounts(_ items: [Field], of field: Field) -> [String]? {
        let names = items.compactMap(readVendor)
        guard names.count == items.count else { return nil }
        for (index, item) in items.enumerated() where names[..<index].contains(names[index]) {
            return item.reject(SettingPhrase.nameTwice.filled(names[index]), hint: FixPhrase.remove.phrase)
        }
        guard names.count >= 2 else {
            return field.reject(SettingPhrase.severalAccounts.phrase, hint: FixPhrase.oneAccount.phrase)
        }
        guard names.count <= accountLimit else {
            return field.reject(SettingPhrase.manyAccounts.filled(accountLimit))
        }
        return names
    }

    private static func readExplicit(_ section: Section) -> AccountRouting? {
        guard let vendors = section.section("vendors", keys: ["use", "by"], shape: useShape),
            let use = vendors.required("use")
        else { return nil }
        let rule = vendors["by"]?.word(Rule.self)
        if let items = listItems(use) {
            guard let accounts = readAccounts(items, of: use) else { return nil }
            switch rule {
            case nil, .order?: return AccountRouting(accounts)
            case .cost?: return AccountRouting(accounts, by: .cost)
            case .shares?:
                return use.reject(
                    SettingPhrase.noShares.phrase, hint: FixPhrase.write.filled("use: { main: 70%, second: 30% }"))
            }
        }
        guard let names = Section(names: use.node, path: use.name, shape: useShape, findings: use.findings) else {
            return nil
        }
        if let by = vendors["by"], rule != .shares {
            return by.reject(
                SettingPhrase.mustBeShares.phrase, hint: FixPhrase.sharesOrUse.phrase)
        }
        return readShares(names.fields, of: use)
    }

    /// Reads accounts with their shares, in the order of the file.
    private static func readShares(_ fields: [Field], of field: Field) -> AccountRouting? {
        let hint = FixPhrase.write.filled("{ main: 70%, second: 30% }")
        let shares = fields.compactMap { field -> Int? in
            guard let share = field.share() else { return nil }
            let percent = Int((share * 100).rounded())
            guard Double(percent) / 100 == share, percent > 0 else {
                return field.reject(FormPhrase.wholePercentage.phrase, hint: hint)
            }
            return percent
        }
        // The names stand where the values of a list would.
        let names = fields.map {
            Field(name: $0.name, key: $0.key, line: $0.line, node: Node($0.key), findings: $0.findings)
        }
        guard shares.count == fields.count, let accounts = readAccounts(names, of: field) else { return nil }
        let sum = shares.reduce(0, +)
        guard sum == 100 else { return field.reject(FormPhrase.sum.filled(sum), hint: hint) }
        return AccountRouting(accounts, by: .shares(shares))
    }
}
