import PushServer
import Telephony

/// Where a vendor's servers, or its agents' browsers, come to this program.
enum VendorDoor: Sendable {
    /// Nobody comes.
    case none
    /// The vendor brings its events.
    case events(PushServer)
    /// Agents have their pages here.
    case pages(PageServer)

    /// The listener of a vendor that brings events.
    var events: (any PushListening)? {
        guard case .events(let server) = self else { return nil }
        return server
    }

    /// The host of agents' pages.
    var pages: (any PageHosting)? {
        guard case .pages(let server) = self else { return nil }
        return server
    }

    /// Begins to listen, where anybody comes.
    func open() async throws(PushListeningError) {
        switch self {
        case .none: return
        case .events(let server): try await server.open()
        case .pages(let server): try await server.open()
        }
    }
}
