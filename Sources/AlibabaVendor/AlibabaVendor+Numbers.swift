package import DialModel
import EventWire
package import Telephony

extension AlibabaVendor: NumberDirectory {
    /// Merges `ListPhoneNumbers` with the groups that name a number as theirs and with `ListPhoneTags`.
    ///
    /// Tags are for administrators: an account that may not read them has every limit at its default.
    package func outboundNumbers() async throws(VendorError) -> [OutboundNumber] {
        var listed = try await gateway.listedNumbers()
        var groups: [String: [String]] = [:]
        for group in try await gateway.skillGroups() {
            for number in group.outboundNumbers ?? [] { groups[number, default: []].append(group.id) }
        }
        for tag in try await gateway.phoneTags() { listed[tag.number]?.add(tag) }
        return listed.map { $1.number(addingGroups: groups[$0] ?? []) }.sorted { $0.number < $1.number }
    }
}

extension Gateway {
    private static let tagPageSize = 100
    /// Enough for a hundred thousand numbers.
    private static let mostTagPages = 1000

    /// What `ListPhoneNumbers` lists, by number in its canonical spelling.
    fileprivate func listedNumbers() async throws(VendorError) -> [String: ListedNumber] {
        let action = "ListPhoneNumbers"
        let payload = try await ask(action, ["InstanceId": account.instanceID, "OutboundOnly": "true"]).payload
        let entries = payload["PhoneNumbers"]?.list(of: "PhoneNumber") ?? []
        var listed: [String: ListedNumber] = [:]
        for entry in entries.compactMap(ListedNumber.init) {
            let number = entry.number.number
            if listed[number]?.add(entry) == nil { listed[number] = entry }
        }
        // An inventory that came out empty by mistake would take every number out of use.
        guard entries.isEmpty || !listed.isEmpty else {
            throw error(
                .unavailable, action, code: GatewayAnswer.malformed, "the answer lists no number that can be read")
        }
        return listed
    }

    /// All tags, page by page; none, or those so far, when the account is refused.
    fileprivate func phoneTags() async throws(VendorError) -> [PhoneTag] {
        let action = "ListPhoneTags"
        var tags: [PhoneTag] = []
        var seen: Set<String> = []
        var total: Int64 = 0
        for page in 1...Self.mostTagPages {
            let parameters = [
                "InstanceId": account.instanceID, "OutboundOnly": "true", "CurrentPage": String(page),
                "PageSize": String(Self.tagPageSize),
            ]
            switch try await put(action, parameters).answer {
            case .failure(let failure):
                if failure.isRefusal { return tags }
                let pause = backOff.afterThrottling(retry: 0)
                throw error(ErrorTable.meaningForQuestion(of: failure, retryAfter: pause), action, failure)
            case .payload(let payload):
                let news = Self.tags(in: payload).filter { seen.insert($0.number).inserted }
                tags += news
                // Only the first page is trusted to tell the total, and a page may be shorter than was asked for (A2.7).
                if page == 1 {
                    total = (payload["PhoneNumbers"]?["TotalCount"] ?? payload["TotalCount"])?.integer ?? 0
                }
                if news.isEmpty || total > 0 && tags.count >= total { return tags }
            }
        }
        return tags
    }

    private static func tags(in payload: JSONValue) -> [PhoneTag] {
        let list = payload["PhoneNumbers"]?["List"] ?? payload["List"] ?? payload["PhoneNumbers"] ?? .null
        return list.list(of: "PhoneNumber").compactMap(PhoneTag.init)
    }
}

extension GatewayFailure {
    /// Whether the question itself was declined, rather than the vendor being out of order or out of reach.
    ///
    /// A code that no document names counts as declined by its status alone.
    fileprivate var isRefusal: Bool {
        switch treatment {
        case .misconfigured, .refused, .badFormat: true
        case nil: (400..<500).contains(status) || (200..<300).contains(status)
        case .throttled, .transient, .nonceUsed, .clockSkew, .signature, .suspended, .otherParty: false
        }
    }
}
