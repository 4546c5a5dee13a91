import DialModel

/// The parameters of one operation, read as the types that the operation expects.
struct AlibabaParameters: Sendable {
    let form: FormParameters

    /// A text that has to be there and may not be blank.
    func required(_ name: String) throws(AlibabaRefusal) -> String {
        guard let value = form[name] else {
            throw .gateway("Missing\(name)", 400, "\(name) is mandatory for this action.")
        }
        guard !value.isEmpty else { throw .parameter("Blank", name) }
        return value
    }

    /// A text that may be left out; blank counts as left out.
    func optional(_ name: String) -> String? {
        guard let value = form[name], !value.isEmpty else { return nil }
        return value
    }

    /// A repeat list that has to have an element.
    func requiredList(_ name: String) throws(AlibabaRefusal) -> [String] {
        let values = form.list(name)
        guard !values.isEmpty else { throw .gateway("Missing\(name)", 400, "\(name) is mandatory for this action.") }
        return values
    }

    /// The elements of a list that is written in one text with commas.
    func commaList(_ name: String) -> [String] {
        (optional(name) ?? "").split(separator: ",").map(String.init)
    }

    /// A whole number, or nil when it is left out.
    func integer(_ name: String) throws(AlibabaRefusal) -> Int64? {
        guard let text = optional(name) else { return nil }
        guard let value = Int64(text) else { throw .parameter("Format", name) }
        return value
    }

    /// A whole number that has to be there.
    func requiredInteger(_ name: String) throws(AlibabaRefusal) -> Int64 {
        let text = try required(name)
        guard let value = Int64(text) else { throw .parameter("Format", name) }
        return value
    }

    /// A truth value, false when it is left out.
    func boolean(_ name: String) throws(AlibabaRefusal) -> Bool {
        switch (optional(name) ?? "false").lowercased() {
        case "true": return true
        case "false": return false
        default: throw .parameter("Format", name)
        }
    }

    /// The page that is asked for, the first ten unless said otherwise; at most a hundred a page.
    func page(isRequired: Bool = false, number: String = "PageNumber") throws(AlibabaRefusal) -> AlibabaPage {
        let page = AlibabaPage(
            number: isRequired ? try requiredInteger(number) : try integer(number) ?? 1,
            size: isRequired ? try requiredInteger("PageSize") : try integer("PageSize") ?? 10)
        guard page.number >= 1 else { throw .parameter("Minimum", number) }
        guard page.size >= 1 else { throw .parameter("Minimum", "PageSize") }
        guard page.size <= 100 else { throw .parameter("Maximum", "PageSize") }
        return page
    }

    /// A stretch of time in epoch milliseconds, no longer than `limit`.
    func window(
        _ startName: String, _ stopName: String, default fallback: ClosedRange<Timestamp>, limit: Duration
    ) throws(AlibabaRefusal) -> ClosedRange<Timestamp> {
        let start = try integer(startName).map(Timestamp.init(milliseconds:)) ?? fallback.lowerBound
        let stop = try integer(stopName).map(Timestamp.init(milliseconds:)) ?? fallback.upperBound
        let sane = Timestamp(milliseconds: 0)...Timestamp(milliseconds: 100_000_000_000_000)
        guard sane.contains(start), sane.contains(stop), start <= stop else { throw .parameter("Invalid", startName) }
        guard stop - start <= limit else { throw .parameter("Maximum", stopName) }
        return start...stop
    }
}

/// One page of a list.
struct AlibabaPage: Hashable, Sendable {
    var number: Int64
    var size: Int64

    /// The elements on this page.
    func slice<Element>(_ elements: [Element]) -> ArraySlice<Element> {
        let (skipped, overflow) = (number - 1).multipliedReportingOverflow(by: size)
        guard !overflow, skipped < Int64(elements.count) else { return [] }
        return elements.dropFirst(Int(skipped)).prefix(Int(size))
    }

    /// The members that go with a page; some lists are counted on the first page only.
    func members(total: Int, countsFirstPageOnly: Bool = false) -> [(String, JSON)] {
        [
            ("PageNumber", .number(number)), ("PageSize", .number(size)),
            ("TotalCount", .count(countsFirstPageOnly && number > 1 ? 0 : total)),
        ]
    }
}
