import DialModel
import EventWire
import Telephony

/// What the vendor said about one call when it was asked.
struct CallFindings: Sendable {
    /// The identifier under which the vendor keeps the call, once it is proven.
    var contact: String?
    var detail: CallDetail?
    var record: CallRecord?

    /// Whether the vendor knows the call at all.
    var isEmpty: Bool { detail == nil && record == nil }
}

/// Finds calls at the vendor by their identifiers, or by callee and time.
///
/// `DialEx` answers with a TaskId, which may or may not be the ContactId that events and records go by
/// (`vendors/alibaba-udesk.md`, A2.4).
struct CallLookup: Sendable {
    private static let recordPageSize = 100
    private static let mostRecordPages = 5
    /// How far the vendor's clock may be behind ours.
    ///
    /// A campaign dials no lead again sooner than that, and no number that another campaign called sooner than twice that
    /// (`ClaimRequest.othersPause`), so an earlier call to the number is not mistaken for this one.
    private static let clockTolerance = RetryRule.shortestWait
    /// The vendor refuses windows of more than seven days (A2.7).
    private static let longestWindow = Duration.seconds(7 * 86_400 - 3600)
    /// How many questions by TaskId may fail before records are asked in their stead.
    private static let trustInTaskID = 3
    /// Every so many questions the records are asked too, in case the events never end.
    private static let recordInterval = 6

    let gateway: Gateway

    private var account: AlibabaAccount { gateway.account }

    /// Tells whose call a contact is already.
    typealias Owner = @Sendable (_ contact: String) -> AttemptID?

    /// Asks what is known of a call; `owner` says which contacts are whose already.
    func findings(of followed: Followed, owner: Owner) async throws(VendorError) -> CallFindings {
        let number = CalleeSpelling(followed.call.number, internationalPrefix: account.internationalPrefix)
        var findings = CallFindings(contact: followed.contact)
        let polls = followed.polls
        let asksForTask = polls < Self.trustInTaskID || polls % Self.trustInTaskID == 0
        if let name = followed.contact ?? (asksForTask ? followed.call.vendorCall?.value : nil),
            let detail = try await detail(of: name), detail.concerns(number)
        {
            findings.contact = name
            findings.detail = detail
        }
        let history = CallHistory(number: number, boundAgent: followed.boundAgent, detail: findings.detail)
        let isDue = polls % Self.recordInterval == Self.recordInterval - 1
        let isLost = findings.contact == nil && (polls > 0 || followed.call.vendorCall == nil)
        guard isLost || history.needsRecord || isDue && history.facts.last?.isEnding != true else { return findings }

        findings.record = try await record(
            of: number, contact: findings.contact, call: followed.call, owner: owner)
        if findings.detail == nil, let contact = findings.record?.contact {
            findings.contact = contact
            findings.detail = try await detail(of: contact)
        }
        return findings
    }

    /// The events of a contact; nil when there is no such contact.
    private func detail(of contact: String) async throws(VendorError) -> CallDetail? {
        let action = "ListCallEventDetailByContactId"
        let parameters = ["InstanceId": account.instanceID, "ContactId": contact]
        let answer = try await gateway.put(action, parameters).answer
        switch answer {
        case .payload(let payload):
            return payload["Data"].flatMap(CallDetail.init)
        case .failure(let failure):
            if failure.meansNoSuchCall { return nil }
            throw gateway.error(
                ErrorTable.meaningForQuestion(of: failure, retryAfter: gateway.backOff.afterThrottling(retry: 0)),
                action,
                failure)
        }
    }

    /// The earliest record that can be the call's.
    private func record(
        of number: CalleeSpelling, contact: String?, call: FollowedCall, owner: Owner
    ) async throws(VendorError) -> CallRecord? {
        let start = max(call.placedAfter - Self.clockTolerance, gateway.clock.now - Self.longestWindow)
        var candidates: [CallRecord] = []
        var total: Int64 = 0
        for page in 1...Self.mostRecordPages {
            var parameters = [
                "InstanceId": account.instanceID, "PageNumber": String(page), "PageSize": String(Self.recordPageSize),
                "StartTime": String(start.milliseconds), "WithRecording": "false",
            ]
            if let contact {
                parameters["ContactId"] = contact
            } else {
                parameters["Criteria"] = call.prefix + number.text
            }
            let payload = try await gateway.ask("ListCallDetailRecords", parameters).payload
            let records = payload["CallDetailRecords"]?["List"] ?? payload["List"] ?? .null
            let list = records.list(of: "CallDetailRecord")
            candidates += list.compactMap(CallRecord.init)
            // Only the first page tells the total (A2.7); a page may be shorter than was asked for.
            if page == 1 {
                total = records["TotalCount"]?.integer ?? payload["CallDetailRecords"]?["TotalCount"]?.integer ?? 0
            }
            if list.isEmpty || candidates.count >= total && list.count < Self.recordPageSize { break }
        }
        if let contact { return candidates.first { $0.contact == contact } }
        return candidates.filter { record in
            guard let called = record.calledNumber, let started = record.startedAt else { return false }
            let isFree = owner(record.contact).map { $0 == call.attempt } ?? true
            return isFree && number.isWritten(as: called) && started >= call.placedAfter - Self.clockTolerance
        }.min { ($0.startedAt?.milliseconds ?? 0, $0.contact) < ($1.startedAt?.milliseconds ?? 0, $1.contact) }
    }
}

extension CallFact {
    var isEnding: Bool {
        if case .ended = progress { return true }
        return false
    }
}

extension GatewayFailure {
    /// Whether the vendor only says that it has no call of this name.
    ///
    /// No document gives the code; whatever is not known to mean something else is taken for it.
    var meansNoSuchCall: Bool {
        switch treatment {
        case .refused, .otherParty, .badFormat: true
        case .misconfigured: code.hasPrefix("NotExists.Contact") || code.hasPrefix("Parameter.")
        case nil: true
        case .throttled, .transient, .nonceUsed, .clockSkew, .signature, .suspended: false
        }
    }
}
