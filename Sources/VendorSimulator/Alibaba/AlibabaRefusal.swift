/// An error answer of the Alibaba dialect (`vendors/alibaba-udesk.md`, A1.5 and A5).
struct AlibabaRefusal: Error, Hashable, Sendable {
    /// Who refuses: the two speak in different envelopes.
    enum Layer: Hashable, Sendable {
        /// The gateway in front of every product.
        case gateway
        /// The call centre itself.
        case business
    }

    var layer: Layer
    var code: String
    var status: Int
    var message: String

    /// A refusal by the gateway.
    static func gateway(_ code: String, _ status: Int = 400, _ message: String) -> Self {
        Self(layer: .gateway, code: code, status: status, message: message)
    }

    /// A refusal by the call centre.
    static func business(_ code: String, _ status: Int, _ message: String) -> Self {
        Self(layer: .business, code: code, status: status, message: message)
    }

    /// Something that a parameter names does not exist.
    static func notExists(_ what: String) -> Self {
        business("NotExists.\(what)", 404, "The specified \(what) does not exist.")
    }

    /// A parameter that is there cannot be used.
    static func parameter(_ kind: String, _ name: String) -> Self {
        business("Parameter.\(kind)", 400, "The parameter \(name) is not valid.")
    }
}
