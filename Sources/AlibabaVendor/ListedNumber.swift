import DialModel
import EventWire

/// A number as `ListPhoneNumbers` tells of it (`vendors/alibaba-udesk.md`, A2.2).
struct ListedNumber {
    private(set) var number: OutboundNumber

    init?(_ value: JSONValue) {
        guard let spelling = value["Number"]?.phone else { return nil }
        number = OutboundNumber(
            NumberSpelling.canonical(spelling), region: NumberRegion(value), usage: .init(value["Usage"]),
            skillGroups: value["SkillGroups"]?.list(of: "SkillGroup").compactMap { $0["SkillGroupId"]?.text } ?? [],
            owner: value["Assignee"]?.text, virtual: value["PrivacyNumber"].flatMap(VirtualNumber.init))
        // A number on trial reaches only the callees that it was registered with, and a 400 number nobody at all.
        number.allowsOutbound =
            value["AllowOutbound"]?.flag != false && value["TestOnly"]?.flag != true && number.kind != .service400
    }

    /// Takes in another entry for the same number: what one of them forbids is forbidden.
    mutating func add(_ other: ListedNumber) {
        number.skillGroups += other.number.skillGroups
        number.allowsOutbound = number.allowsOutbound && other.number.allowsOutbound
    }

    /// Takes in what the number's tag says beyond the list.
    mutating func add(_ tag: PhoneTag) {
        number.skillGroups += tag.skillGroups
        number.provider = tag.provider ?? number.provider
        if number.region == NumberRegion() { number.region = tag.region }
        if tag.isMobile { number.kind = .mobile }
        if let concurrency = tag.concurrency { number.limits = NumberLimits(maxConcurrent: concurrency) }
    }

    /// The number with its groups in ascending order, each once; `more` are those that name the number as theirs.
    func number(addingGroups more: [String]) -> OutboundNumber {
        var whole = number
        whole.skillGroups = Set(number.skillGroups + more).sorted()
        return whole
    }
}

/// What `ListPhoneTags` says of a number beyond the list of numbers (`vendors/alibaba-udesk.md`, A2.2).
struct PhoneTag {
    /// The number in its canonical spelling.
    var number: String
    var region: NumberRegion
    /// How many calls at once; nil when it is not said, or nothing that makes sense.
    var concurrency: Int?
    /// `Type` 1; an ordinary number may be anything.
    var isMobile: Bool
    var provider: String?
    var skillGroups: [String]

    init?(_ value: JSONValue) {
        guard let spelling = value["Number"]?.phone else { return nil }
        number = NumberSpelling.canonical(spelling)
        region = NumberRegion(value)
        concurrency = value["Concurrency"]?.integer.flatMap(Int.init(exactly:)).flatMap { $0 > 0 ? $0 : nil }
        isMobile = value["Type"]?.integer == 1
        provider = value["Provider"]?.text
        skillGroups = value["SkillGroupIdList"]?.list(of: "SkillGroupId").compactMap(\.text) ?? []
    }
}

extension OutboundNumber.Usage {
    /// Reads a usage; `Outboung` is the vendor's own spelling (`vendors/alibaba-udesk.md`, A1.5), and no usage is any.
    init(_ value: JSONValue?) {
        switch value?.text?.lowercased() {
        case "inbound", "inboung": self = .inbound
        case "outbound", "outboung": self = .outbound
        default: self = .both
        }
    }
}

extension NumberRegion {
    /// Reads `Province` and `City`; an empty name is unknown.
    fileprivate init(_ value: JSONValue) {
        self.init(province: value["Province"]?.text, city: value["City"]?.text)
    }
}

extension VirtualNumber {
    /// How many numbers an AXB pool surely has: the vendor never says, and it would not bind a number to an empty one.
    private static let surePoolSize = 1

    /// Reads a `PrivacyNumber`: AXN is one number, AXB a pool (`vendors/alibaba-udesk.md`, A3.4); nil for neither.
    fileprivate init?(_ value: JSONValue) {
        let region = NumberRegion(province: value["RegionNameProvince"]?.text, city: value["RegionNameCity"]?.text)
        let number = value["TelX"]?.phone.map { NumberSpelling.canonical($0) }
        let pool = value["PoolId"]?.text.map { VirtualPool(id: $0, size: Self.surePoolSize) }
        switch (value["Type"]?.text?.uppercased(), number, pool) {
        case ("AXB", _, let pool?), (_, nil, let pool?): self.init(pool: pool, region: region)
        case ("AXB", _, nil), (_, nil, nil): return nil
        case (_, let number?, _): self.init(number, region: region)
        }
    }
}
