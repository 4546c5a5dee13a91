import DialModel
import Telephony
import Testing

@testable import AlibabaVendor

/// Every row of `vendors/alibaba-udesk.md`, A5, by what it means for a dial and for a question.
@Suite struct ErrorTableTests {
    enum Kind: String, Sendable {
        case throttled, unavailable, misconfigured, outcomeUnknown, refused, invalidNumber, notPlaced
    }

    struct Row: Sendable {
        var code: String
        var status: Int
        var dial: Kind
        var question: Kind
    }

    static let rows: [Row] =
        ["Throttling", "Throttling.User", "Throttling.Api"].map {
            Row(code: $0, status: 400, dial: .throttled, question: .throttled)
        } + [503, 429, 403].map { Row(code: "Throttling.User", status: $0, dial: .throttled, question: .throttled) }
        + [
            ("ServiceUnavailable", 503), ("InternalError", 500), ("UnknownError", 500),
            ("InternalService.Timeout", 500),
        ]
        .map { Row(code: $0.0, status: $0.1, dial: .outcomeUnknown, question: .unavailable) }
        + [("SomethingNew", 400), ("SomethingNew", 500), ("ServiceUnavailable", 200)].map {
            Row(code: $0.0, status: $0.1, dial: .outcomeUnknown, question: .unavailable)
        }
        + [
            "InvalidTimeStamp.Expired", "InvalidTimeStamp.Format", "IllegalTimestamp", "SignatureDoesNotMatch",
            "IncompleteSignature", "InvalidAccessKeyId.NotFound", "Forbidden.RAM", "Forbidden.RiskControl", "Forbidden",
            "MissingParameter", "MissingInstanceId", "InvalidParameter", "InvalidApi.NotFound", "NoSuchVersion",
            "UnsupportedHTTPMethod", "UnsupportedFormat", "InvalidProtocol.NeedSsl", "NotExists.InstanceId",
            "NotExists.SkillGroupId", "NotExists.UserId", "Parameter.Blank", "Parameter.Empty", "Parameter.Null",
            "Parameter.Enumeration", "Parameter.Maximum", "Parameter.Minimum", "Permission.SkillGroup",
            "Permission.User", "Permission.Common",
        ].map { Row(code: $0, status: 400, dial: .misconfigured, question: .misconfigured) }
        + ["InsufficientBalance", "AbnormalService.Ceased", "AbnormalService.Creating", "AbnormalService.Disabled"].map
    {
        Row(code: $0, status: 403, dial: .unavailable, question: .unavailable)
    }
        + ["Parameter.Invalid"].map {
            Row(code: $0, status: 400, dial: .refused, question: .misconfigured)
        }
        + ["UserBusy", "NotExists.Number"].map {
            Row(code: $0, status: 400, dial: .notPlaced, question: .misconfigured)
        } + [
            Row(code: "Parameter.Format", status: 400, dial: .invalidNumber, question: .misconfigured)
        ]

    @Test("Each code means what the table says", arguments: rows)
    func mapsCodes(_ row: Row) {
        let failure = GatewayFailure(status: row.status, code: row.code, message: "The Callee is wrong.")
        let dial = ErrorTable.meaningForDial(of: failure, retryAfter: .seconds(1))
        let question = ErrorTable.meaningForQuestion(of: failure, retryAfter: .seconds(1))
        #expect(Self.kind(dial) == row.dial, "\(row.code) for a dial")
        #expect(Self.kind(question) == row.question, "\(row.code) for a question")
    }

    @Test("No row of the table is untested, and none hides behind an earlier one")
    func coversTheTable() {
        let codes = Self.rows.map(\.code) + ["SignatureNonceUsed", "HTTP 429", GatewayAnswer.malformed]
        let matched = codes.compactMap { code in ErrorTable.rows.firstIndex { $0.matches(code) } }
        #expect(Set(matched) == Set(ErrorTable.rows.indices))
    }

    @Test("A format complaint about anything but the callee refuses the call without blaming the number")
    func blamesOnlyTheCallee() {
        let failure = GatewayFailure(status: 400, code: "Parameter.Format", message: "The Caller is wrong.")
        #expect(ErrorTable.meaningForDial(of: failure, retryAfter: .zero) == .refused(.refused))
    }

    @Test("A bare status is enough to tell throttling from trouble")
    func readsStatuses() {
        #expect(GatewayFailure(status: 429, code: "HTTP 429", message: "").treatment == .throttled)
        #expect(GatewayFailure(status: 502, code: "HTTP 502", message: "").treatment == .transient)
        #expect(GatewayFailure(status: 418, code: "HTTP 418", message: "").treatment == nil)
    }

    static func kind(_ meaning: VendorError.Meaning) -> Kind {
        switch meaning {
        case .throttled: .throttled
        case .unavailable: .unavailable
        case .misconfigured: .misconfigured
        case .outcomeUnknown: .outcomeUnknown
        case .refused(.invalidNumber): .invalidNumber
        case .refused(.notPlaced): .notPlaced
        case .refused, .barred: .refused
        }
    }
}
