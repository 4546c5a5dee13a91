package import DialEngine
package import DialModel
package import Foundation

/// What a run's recording begins with.
package struct EventLogHeader: Hashable, Sendable, Codable {
    /// The program's version.
    package var version: String
    /// The account whose engine it is.
    package var account: String
    /// When the run began.
    package var startedAt: Timestamp
    /// What the engine was made with.
    package var settings: EngineSettings

    /// Memberwise.
    package init(version: String, account: String, startedAt: Timestamp, settings: EngineSettings) {
        self.version = version
        self.account = account
        self.startedAt = startedAt
        self.settings = settings
    }
}

/// A line of a recording after its header.
package enum EventLogLine: Hashable, Sendable, Codable {
    /// The engine was told this.
    case event(DialEvent, at: Timestamp)
    /// What it answered to the event before.
    case directives([Directive])
    /// The recording had grown as large as it may; the run went on without.
    case full
}

/// Writes and reads the lines of a recording: JSON, each on its line, with the number of every callee in disguise.
package struct EventLogCoder {
    private let encoder = JSONEncoder()
    private let decoder = JSONDecoder()

    /// Disguises numbers by `salt`: the same ones alike, within one recording.
    package init(salt: UInt64) {
        self.init { number in Self.disguise(number, salt) }
    }

    /// Leaves numbers as they are, since they were disguised when they were written.
    package init() {
        self.init { $0 }
    }

    private init(_ disguise: @escaping PhoneNumber.Disguise) {
        // The same value has to give the same bytes.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if let key = PhoneNumber.disguise { encoder.userInfo[key] = disguise }
    }

    /// A line with its end.
    package func line(_ value: some Encodable) throws -> Data {
        var line = try encoder.encode(value)
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// Reads a line.
    package func value<Value: Decodable>(_ type: Value.Type, from line: Data) throws -> Value {
        try decoder.decode(type, from: line)
    }

    /// A number of no country, +999 being given to none (ITU-T E.164, list of country codes).
    private static func disguise(_ number: PhoneNumber, _ salt: UInt64) -> PhoneNumber {
        var generator = SplitMix64(seed: number.e164.utf8.reduce(salt) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
        let digits = String(generator.below(1_000_000_000_000))
        return PhoneNumber(e164: "+999" + String(repeating: "0", count: 12 - digits.count) + digits) ?? number
    }
}
