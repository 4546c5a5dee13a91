import EventWire

/// A question to the REST interface about the enterprise (`vendors/well-wincall.md`, B.2; seed 002, part 4).
enum EnterpriseQuestion: String, CaseIterable, Hashable, Sendable {
    case idleAgents = "/v2/wintelapi/api/agent/free"
    case agentsInCalls = "/v2/wintelapi/api/agent/ontheline"
    case queues = "/v2/wintelapi/api/jsonp/queue/list"
    case busyReasons = "/v2/wintelapi/api/busyreason/list"

    /// The name of the function that the answer is wrapped in; the oldest interface answers about skill groups in no
    /// other way, and wherever it is ignored nothing is lost.
    private static let callback = "autodialer"

    /// The whole URL, the enterprise's code percent-encoded.
    func url(apiURL: String, enterprise: String) -> String {
        let callback = self == .queues ? "&jsonpcallback=\(Self.callback)" : ""
        return "\(apiURL)\(rawValue)?vcc_code=\(Self.percentEncoded(enterprise))\(callback)"
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { encoded, byte in
            let character = Character(UnicodeScalar(byte))
            if character.isASCII, character.isLetter || character.isNumber || "-._~".contains(character) {
                encoded.append(character)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
    }
}

/// An answer of the REST interface.
enum EnterpriseAnswer: Hashable, Sendable {
    case rows([JSONValue])
    /// A code other than 200 in the body, and the vendor's words.
    case refused(code: String, message: String)
    /// Neither.
    case malformed

    /// Reads a body, with a wrapper `name( … )` about it or without.
    init(_ body: [UInt8]) {
        let text = String(decoding: body, as: UTF8.self).trimmingBlanks()
        guard let value = JSONValue(parsing: Array(Self.unwrapped(text).utf8)), let code = value["code"]?.text else {
            self = .malformed
            return
        }
        guard code == "200" else {
            self = .refused(code: code, message: value["message"]?.text ?? "")
            return
        }
        switch value["data"] {
        case .array(let rows)?: self = .rows(rows)
        case nil: self = .rows([])
        case .some(let row): self = .rows([row])
        }
    }

    private static func unwrapped(_ text: String) -> Substring {
        guard !text.hasPrefix("{"), let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"),
            open < close
        else { return text[...] }
        return text[text.index(after: open)..<close]
    }
}

/// A skill group of the enterprise.
struct SkillQueue: Hashable, Sendable {
    var id: Int
    var name: String
}

extension SkillQueue {
    init?(_ row: JSONValue) {
        guard let id = row["id"]?.integer else { return nil }
        self.init(id: Int(id), name: row["que_name"]?.text ?? String(id))
    }
}

/// An agent as the REST interface lists them; which fields are there depends on the question.
struct ListedAgent: Hashable, Sendable {
    /// The internal id, by which commands mean other agents.
    var id: Int
    var number: String?
    var name: String?
    var phone: String?

    init?(_ row: JSONValue) {
        guard let id = row["ag_id"]?.integer else { return nil }
        self.id = Int(id)
        number = row["ag_num"]?.text
        name = row["ag_name"]?.text
        phone = row["pho_num"]?.text
    }
}

/// Why agents may be busy, as the enterprise has named it.
struct BusyReason: Hashable, Sendable {
    var id: Int
    var name: String

    init?(_ row: JSONValue) {
        guard let id = row["id"]?.integer else { return nil }
        self.id = Int(id)
        name = row["stat_reason"]?.text ?? String(id)
    }
}
