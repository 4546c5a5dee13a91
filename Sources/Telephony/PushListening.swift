package import Wording

/// A place on this machine to which a vendor's servers bring what they have to tell.
package protocol PushListening: Sendable {
    /// Begins to listen, so that nothing is turned away from now on; does nothing if it listens already.
    func open() async throws(PushListeningError)

    /// Hands the body of each request that carries the secret to `take`, until cancelled; listens first if need be.
    ///
    /// `take` says whether the body could be understood, which the other side is told. It may be called by several tasks at
    /// the same time, and more than once with the same body. Whatever comes without the secret, is too large, too slow or no
    /// request at all is turned away and never handed on.
    func serve(_ take: @escaping @Sendable (_ body: [UInt8]) async -> Bool) async throws(PushListeningError)
}

/// Why nothing can be brought.
package struct PushListeningError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence for a person, which names the address.
    package var message: Phrase

    /// Memberwise.
    package init(_ message: Phrase) { self.message = message }

    package var description: String { message.english }
}

/// Why nobody can come to a place on this machine.
package enum ListeningPhrase: CaseIterable, PhraseTable {
    case cannotListen, cannotGoOn

    /// The address, and what the system says.
    package var phrase: Phrase {
        switch self {
        case .cannotListen: Phrase("cannot listen on {1}: {2}", "无法在 {1} 上监听：{2}")
        case .cannotGoOn: Phrase("cannot go on listening on {1}: {2}", "无法在 {1} 上继续监听：{2}")
        }
    }
}
