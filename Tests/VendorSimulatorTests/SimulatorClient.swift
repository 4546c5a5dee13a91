import DialModel
import Foundation
import FoundationNetworking

@testable import VendorSimulator

/// A small client of the Alibaba dialect that signs by the dialect's own rule; the vendor's SDK checks that rule.
struct SimulatorClient: Sendable {
    let port: UInt16
    var account = SimulatedAccount.demo
    var method = "POST"

    /// Sends one operation with all parameters in the form body, or in the query of a GET.
    func call(_ action: String, _ own: [String: String] = [:], at time: Timestamp) async throws -> Reply {
        try await send(SignedForm.make(action, own, account: account, method: method, at: time))
    }

    /// Sends a form that is encoded already.
    func send(_ form: String) async throws -> Reply {
        let isGet = method == "GET"
        var request = try request(isGet ? "/?\(form)" : "/")
        request.httpMethod = method
        if !isGet {
            request.httpBody = Data(form.utf8)
            request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        }
        return try await reply(to: request)
    }

    /// Sends a form in two parts.
    func send(query: String, body: String) async throws -> Reply {
        var request = try request("/?\(query)")
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        return try await reply(to: request)
    }

    /// Asks one of the simulator's own endpoints.
    func get(_ path: String) async throws -> Reply { try await reply(to: request(path)) }

    /// Sends JSON to one of the simulator's own endpoints.
    func post(_ path: String, json: String) async throws -> Reply {
        var request = try request(path)
        request.httpMethod = "POST"
        request.httpBody = Data(json.utf8)
        return try await reply(to: request)
    }

    private func request(_ path: String) throws -> URLRequest {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw URLError(.badURL) }
        return URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: 120)
    }

    private func reply(to request: URLRequest) async throws -> Reply {
        let session = URLSession(configuration: .ephemeral)
        defer { session.finishTasksAndInvalidate() }
        let (body, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        return Reply(
            status: response.statusCode, contentType: response.value(forHTTPHeaderField: "Content-Type") ?? "",
            body: body)
    }
}

/// An answer, looked into by paths such as `Data.List.0.State`.
struct Reply: Sendable {
    var status: Int
    var contentType = ""
    var body: Data

    init(status: Int, contentType: String, body: Data) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    init(status: Int, bytes: [UInt8]) {
        self.init(status: status, contentType: "", body: Data(bytes))
    }

    /// The text, number or truth at a path, spelt as in the body where that matters; nil if there is none.
    subscript(path: String) -> String? {
        switch value(path) {
        case let text as String: text
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }

    /// Whether the value at a path is a string in the body.
    func isText(_ path: String) -> Bool { value(path) is String }

    /// The number of elements of the list at a path; nil if there is no list.
    func count(_ path: String) -> Int? { (value(path) as? [Any])?.count }

    private func value(_ path: String) -> Any? {
        var current: Any? = try? JSONSerialization.jsonObject(with: body)
        for step in path.split(separator: ".") {
            if let index = Int(step), let list = current as? [Any] {
                current = list.indices.contains(index) ? list[index] : nil
            } else {
                current = (current as? [String: Any])?[String(step)]
            }
        }
        return current
    }
}

/// Requests as a client would sign them.
enum SignedForm {
    /// The form of an operation, signed; `changes` replaces common parameters, an empty value removes one.
    static func make(
        _ action: String, _ own: [String: String], account: SimulatedAccount = .demo, method: String = "POST",
        at time: Timestamp, changes: [String: String] = [:]
    ) -> String {
        var members = [
            "Action": action, "Version": "2017-07-05", "Format": "JSON", "AccessKeyId": account.accessKeyID,
            "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0", "SignatureNonce": UUID().uuidString,
            "Timestamp": iso(time),
        ]
        members.merge(own) { $1 }
        members.merge(changes) { $1 }
        members = members.filter { !$0.value.isEmpty }
        let unsigned = encoded(members)
        let signature = AlibabaSignature.expected(
            method: method, parameters: FormParameters([unsigned]), secret: account.accessKeySecret.revealed)
        return unsigned + "&Signature=" + escaped(changes["Signature"] ?? signature)
    }

    /// A request to the dialect itself, past any socket.
    static func request(
        _ action: String, _ own: [String: String] = [:], at time: Timestamp, changes: [String: String] = [:]
    ) -> WireRequest {
        let account = SimulatedAccount.demo
        var whole = own
        if action != "Encrypt" { whole["InstanceId"] = own["InstanceId"] ?? account.instanceID }
        return WireRequest(method: "POST", query: "", body: make(action, whole, at: time, changes: changes))
    }

    static func iso(_ time: Timestamp) -> String {
        CivilTime(time).dateTime.replacingOccurrences(of: " ", with: "T") + "Z"
    }

    private static func encoded(_ members: [String: String]) -> String {
        members.sorted { $0.key < $1.key }.map { escaped($0.key) + "=" + escaped($0.value) }.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}
