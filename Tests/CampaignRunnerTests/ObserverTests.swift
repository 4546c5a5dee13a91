import CampaignRunner
import DialEngine
import DialModel
import Foundation
import Ledger
import Logging
import Telephony
import TestSupport
import Testing

/// Somebody who looks on, and keeps everything.
private final class Onlooker: RunObserver {
    struct Seen {
        var claims = 0
        var outcomes: [CallOutcome] = []
        var asked: [String] = []
        var troubles: [VendorError] = []
    }

    let seen = Locked(Seen())

    func committed(_ changes: [AttemptChange], claims: Int, at now: Timestamp) {
        seen.with { seen in
            seen.claims += claims
            for case .closed(_, let closing) in changes { seen.outcomes.append(closing.outcome) }
        }
    }

    func asking(_ request: VendorRequest) -> @Sendable (VendorError?) -> Void {
        { error in
            self.seen.with { $0.asked.append("\(request.rawValue) \(error?.meaning.word ?? "ok")") }
        }
    }

    func troubled(_ error: VendorError) {
        seen.with { $0.troubles.append(error) }
    }
}

@Suite("Who looks on at a run is told everything once")
struct ObserverTests {
    @Test("Claims, ends and requests, with what came of them")
    func everything() async throws {
        let stage = try await Stage(leads: 6)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 2) { request, _ in
            request.number.e164.hasSuffix("3") ? .turnsAway(.refused(.refused)) : .ends(.connected)
        }
        let onlooker = Onlooker()
        _ = try await stage.runner(vendor, observer: onlooker).run()
        let seen = onlooker.seen.with { $0 }
        let attempts = try await stage.attempts()
        #expect(seen.claims == attempts.count && seen.claims >= 6)
        #expect(seen.outcomes.count == attempts.count { $0.outcome != nil })
        #expect(seen.asked.count { $0 == "place ok" } == vendor.placed.count)
        #expect(seen.asked.contains("place refused"))
        #expect(seen.asked.allSatisfy { $0.hasPrefix("place ") } && seen.troubles.isEmpty)
        await stage.cleanUp()
    }
}
