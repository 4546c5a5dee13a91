/// Numbers are encoded only in disguise, so that what is written down for others to read holds none.
extension PhoneNumber: Codable {
    /// What an encoder is told under `disguise`.
    package typealias Disguise = @Sendable (PhoneNumber) -> PhoneNumber

    /// Under which word an encoder is told how to disguise numbers.
    package static let disguise = CodingUserInfoKey(rawValue: "autodialer.disguise")

    /// Reads a number as text; throws `DecodingError` for anything else.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let number = PhoneNumber(e164: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "this is no telephone number")
        }
        self = number
    }

    /// Writes the number's disguise as text; throws `EncodingError` where none is given.
    package func encode(to encoder: any Encoder) throws {
        guard let key = Self.disguise, let disguise = encoder.userInfo[key] as? Disguise else {
            let context = EncodingError.Context(
                codingPath: encoder.codingPath, debugDescription: "no disguise is given")
            throw EncodingError.invalidValue(masked, context)
        }
        var container = encoder.singleValueContainer()
        try container.encode(disguise(self).e164)
    }
}
