import CallerID
import DialModel

/// Choosing and examining numbers (`vendors/alibaba-udesk.md`, A2.1).
extension AlibabaDialect {
    mutating func pickGlobalOutboundNumbers(
        _ parameters: AlibabaParameters
    ) throws(AlibabaRefusal) -> [(String, JSON)] {
        let callee = try calleeNumber("CalleeNumber", parameters)
        let groups = try parameters.requiredList("SkillGroupId")
        let count = try parameters.integer("Count") ?? 1
        let isVirtual = try parameters.boolean("IsVirtual")
        let request = GlobalPick.Request(
            region: region(of: callee), groups: groups, count: Int(clamping: count), isVirtual: isVirtual)
        return dialNumberPairs(callee: callee, try pick(request, from: inventory))
    }

    mutating func pickOutboundNumbers(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let callee = try calleeNumber("CalleeNumber", parameters)
        let candidates = try parameters.requiredList("CandidateNumber")
        let count = try parameters.requiredInteger("Count")
        let picked = try pick(among: candidates, for: callee, count: Int(clamping: count))
        return dialNumberPairs(callee: callee, picked)
    }

    mutating func pickLocalNumber(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let callee = try calleeNumber("CalleeNumber", parameters)
        let candidates = try parameters.requiredList("CandidateNumber")
        let picked = try pick(among: candidates, for: callee, count: 1)
        var pair: [(String, JSON)] = [("Callee", number(callee, region(of: callee)))]
        if let best = picked.first { pair.append(("Caller", number(best.number.number, best.number.region))) }
        return [("Data", .object(pair))]
    }

    func getNumberRegionInfo(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let asked = try calleeNumber("Number", parameters)
        let own = inventory.numbers.first { $0.number == asked }?.region
        return [("PhoneNumber", number(asked, own ?? region(of: asked)))]
    }

    /// Blocked callees may not be called, nor those who were called five times today (`vendors/alibaba-udesk.md`, A3.5).
    func checkNumberAvaliable(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let callee = try calleeNumber("Callee", parameters)
        let calleeReason =
            settings.blockedCallees.contains { Self.tail(of: $0) == Self.tail(of: callee) }
            ? "BlackList" : callsToday(callee) >= 5 ? "FrequencyLimit" : ""
        var answer = [("CalleeAvaliable", availability(reason: calleeReason))]
        if let caller = parameters.optional("Caller") {
            let known = inventory.numbers.contains { $0.number == caller && $0.dialsOut }
            answer.append(("CallerAvaliable", availability(reason: known ? "" : "NotExists")))
        }
        return answer
    }

    /// Not a cipher: the digits reversed, which is enough to see what a client does with it.
    func encrypt(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let key = try parameters.required("PublicKey")
        let contents = try parameters.requiredList("PlainText").map { text in
            JSON.object([("PlainText", .string(text)), ("CypherText", .string("enc-" + String(text.reversed())))])
        }
        return [("PublicKey", .string(key)), ("CypherContents", .wrapped("CypherContent", contents))]
    }

    /// Where a number belongs, by the longest prefix that fits its national form.
    func region(of text: String) -> NumberRegion {
        guard let national = CalleeNumber.normalised(text) else { return NumberRegion() }
        let fitting = settings.regions.filter { national.hasPrefix($0.digits) }
        return fitting.max { $0.digits.count < $1.digits.count }?.region ?? NumberRegion()
    }

    /// A number with its region as an answer shows it.
    func number(_ number: String, _ region: NumberRegion) -> JSON {
        .object([("Number", .phone(number))] + regionMembers(region))
    }

    /// Province and city, empty where unknown.
    func regionMembers(_ region: NumberRegion) -> [(String, JSON)] {
        let shown = faults.emptyRegions ? NumberRegion() : region
        return [("Province", .string(shown.province ?? "")), ("City", .string(shown.city ?? ""))]
    }

    private func dialNumberPairs(callee: String, _ candidates: [GlobalPick.Candidate]) -> [(String, JSON)] {
        let pairs = (faults.emptyPicks ? [] : candidates).map { candidate in
            JSON.object([
                ("Callee", number(callee, region(of: callee))),
                ("Caller", number(candidate.number.number, candidate.number.region)),
            ])
        }
        return [("DialNumberPairs", .wrapped("DialNumberPair", pairs))]
    }

    private mutating func pick(
        _ request: GlobalPick.Request, from inventory: NumberInventory
    ) throws(AlibabaRefusal) -> [GlobalPick.Candidate] {
        picks += 1
        var seeds = SplitMix64(seed: settings.seed ^ picks)
        do {
            return try GlobalPick.pickGlobal(request, from: inventory, seed: seeds.next())
        } catch .unknownGroup {
            throw .notExists("SkillGroupId")
        } catch {
            throw .business(error.rawValue, 400, "The request names no number or no skill group.")
        }
    }

    private mutating func pick(
        among candidates: [String], for callee: String, count: Int
    ) throws(AlibabaRefusal) -> [GlobalPick.Candidate] {
        let group = "candidates"
        let offered = inventory.numbers.filter { candidates.contains($0.number) }.map { number in
            var bound = number
            bound.skillGroups = [group]
            return bound
        }
        let request = GlobalPick.Request(region: region(of: callee), groups: [group], count: count)
        return try pick(request, from: NumberInventory(numbers: offered, groups: [CallerGroup(id: group)]))
    }

    private func callsToday(_ callee: String) -> Int {
        let today = CivilTime(centre.now, offset: CivilTime.shanghai).date
        let calls = callsByNumber[Self.tail(of: callee)] ?? []
        return calls.count { CivilTime(centre.calls[$0].placedAt, offset: CivilTime.shanghai).date == today }
    }

    private func availability(reason: String) -> JSON {
        .object([("Avaliable", .bool(reason.isEmpty)), ("Reason", .string(reason))])
    }

    /// A callee's number in any usual form; whatever holds something other than digits is refused.
    private func calleeNumber(_ name: String, _ parameters: AlibabaParameters) throws(AlibabaRefusal) -> String {
        let text = try parameters.required(name)
        let digits = text.filter { !" -()+".contains($0) }
        guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else { throw .parameter("Format", name) }
        return text
    }
}
