import DialModel
import EventWire

/// The numbers that may be shown, page by page (`vendors/alibaba-udesk.md`, B2.2).
enum RelayNumbers {
    /// The operation, after `/open_api_v1/`.
    static let path = "callcenter/callout_number_list"
    /// The largest page that there is.
    static let pageSize = 100

    static func parameters(page: Int) -> [(String, String)] {
        [("page", String(page)), ("per_page", String(pageSize))]
    }

    /// The numbers of a page, as they are spelt; nil for what is no list.
    ///
    /// The documents do not show what an element looks like, so it may be the number itself or an object that has it.
    static func numbers(in members: JSONValue) -> [String]? {
        guard case .array(let elements)? = members["items"] else { return nil }
        return elements.compactMap { element in
            if case .object = element {
                return names.lazy.compactMap { element[$0]?.text }.first
            }
            return element.text
        }
    }

    private static let names = ["number", "callout_number", "display_number", "phone_number", "sp_number", "phone"]
}

/// The log of calls: an operation that is assumed, as is its form, which is that of the other lists.
enum CallLog {
    static let pageSize = 100

    static func parameters(from start: Timestamp, to end: Timestamp, page: Int) -> [(String, String)] {
        [
            ("start_time", WireTime.text(start)), ("end_time", WireTime.text(end)), ("page", String(page)),
            ("per_page", String(pageSize)),
        ]
    }

    /// The calls of a page; nil for what is no list.
    static func calls(in members: JSONValue) -> (calls: [CallEvent], count: Int)? {
        guard case .array(let elements)? = members["items"] ?? members["call_logs"] ?? members["data"] else {
            return nil
        }
        return (elements.compactMap { CallEvent($0) }, elements.count)
    }
}
