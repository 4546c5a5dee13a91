import DialModel
import EventWire

/// What a method of the SDK came to, or an event of it carries (`vendors/alibaba-udesk.md`, B2.1 and B3).
struct SDKAnswer: Hashable, Sendable {
    /// The code of what was done.
    static let done = "0000"
    /// What the page says of a command that reached it too late to be carried out: it certainly was not.
    static let tooLate = "bridge-too-late"
    /// What the page says when the SDK itself failed, so that nobody knows what it did.
    static let broken = "bridge-failed"

    var code: String
    /// The vendor's words, which it says may be shown; empty where they may not.
    var message: String
    var data: JSONValue

    init(_ value: JSONValue) {
        code = value["Code"]?.text ?? ""
        message = value["Visible"]?.flag == true ? value["Message"]?.text ?? "" : ""
        data = value["Data"] ?? .null
    }

    var isDone: Bool { code == Self.done }

    /// Whether it leaves open what was done: the SDK failed, or said nothing.
    var isUnclear: Bool { code.isEmpty || code == Self.broken }

    /// The data as one object: some events carry a list with nothing else in it.
    var object: JSONValue {
        if case .array(let elements) = data { return elements.first ?? .null }
        return data
    }

    /// The data as a list; one element may come without it.
    var list: [JSONValue] {
        switch data {
        case .array(let elements): elements
        case .null: []
        default: [data]
        }
    }
}

extension SDKAnswer {
    /// The numbers that an agent may show; elements may be the number itself or an object that has it.
    var numbers: [String] { list.compactMap(Self.number) }

    /// The one number that is selected; nil for none.
    var currentNumber: String? { data.text ?? numbers.first }

    /// The list of numbers or pools, with the id of what is selected in it.
    var selection: (entries: [(id: String, number: String)], selected: String?) {
        guard case .array(let elements)? = object["list"] else { return ([], nil) }
        let entries = elements.compactMap { element -> (String, String)? in
            guard let number = Self.number(element) else { return nil }
            return (element["id"]?.text ?? element["Id"]?.text ?? number, number)
        }
        return (entries, object["defaultId"]?.text)
    }

    /// The agents of a list.
    var agents: [AgentID] { list.compactMap { $0["AgentId"]?.text.map { AgentID($0) } } }

    private static let names = ["number", "Number", "DisplayNumber", "SpNumber", "sp_number", "name", "Name"]

    private static func number(_ element: JSONValue) -> String? {
        guard case .object = element else { return element.text }
        return names.lazy.compactMap { element[$0]?.text }.first
    }
}
