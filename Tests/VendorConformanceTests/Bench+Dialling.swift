import DialModel
import Telephony
import Testing
import VendorSimulator

/// What became of an attempt.
struct Story: Sendable {
    /// What the client told of it, in order.
    var facts: [DatedProgress]
    /// How it ended.
    var ending: CallEnding
}

extension Bench {
    /// What the callees of a bench are shown.
    static let callerID = "01080000001"

    /// How long after a request it is looked for whether it was carried out: the window of a campaign, shortened.
    private static let reconciliationWindow = Duration.seconds(60)

    /// A call to the number that ends in six digits; each place of an agent has numbers of its own.
    func request(
        _ attempt: Int64, _ suffix: String, for place: Int?, callerID: String = Bench.callerID
    ) throws -> CallRequest {
        let number = try #require(PhoneNumber(e164: "+8613" + Self.local(suffix, place)))
        return CallRequest(
            attempt: AttemptID(attempt), number: number, prefix: vendorUnderTest.prefix, callerID: callerID,
            agent: vendor.abilities.placesForAgent ? place.map(agent) : nil,
            classifiesAnswer: vendor.abilities.classifiesAnswers,
            notAfter: clock.now + .seconds(600))
    }

    /// The last nine digits of a number, by which the simulator's calls are told apart.
    static func local(_ suffix: String, _ place: Int?) -> String { "\(800 + (place ?? 99))" + suffix }

    /// The call of a request, as it may exist at the vendor.
    func followed(_ request: CallRequest, _ call: VendorCallID?, since: Timestamp) -> FollowedCall {
        FollowedCall(
            attempt: request.attempt, number: request.number, prefix: request.prefix, vendorCall: call,
            placedAfter: since)
    }

    /// Places a call as a campaign does: once its agent is idle, again when nothing was placed, and never again when
    /// something may have been.
    ///
    /// Gives the vendor's name of the call; nil when its fate is unknown.
    @discardableResult
    func place(_ attempt: Int64, _ suffix: String, for place: Int?) async throws -> VendorCallID? {
        while true {
            if let place { await wait(for: agent(place), toBe: .idle) }
            let before = reports.events.count
            do {
                return try await vendor.placeCall(request(attempt, suffix, for: place))
            } catch let error as VendorError {
                switch error.meaning {
                case .outcomeUnknown: return nil
                case .throttled(let pause): try await clock.sleep(for: max(pause, .milliseconds(500)))
                // The agent will be told of again.
                case .refused(.notPlaced), .unavailable: await reports.wait { $0.count > before }
                case .refused, .barred, .misconfigured: throw error
                }
            }
        }
    }

    /// Dials as a campaign does, from the request to the end of the call; nil when the vendor has no trace of a call.
    func dial(_ attempt: Int64, _ suffix: String, for place: Int?) async throws -> Story? {
        let since = clock.now
        guard try await self.place(attempt, suffix, for: place) == nil else { return await story(of: attempt) }
        let call = followed(try request(attempt, suffix, for: place), nil, since: since)
        guard let facts = await facts(ofFound: call) else { return nil }
        guard let ending = facts.last?.ending else { return await story(of: attempt, after: facts) }
        return Story(facts: facts, ending: ending)
    }

    /// Waits for the end of an attempt and tells it from the start, beginning with what is known already.
    func story(of attempt: Int64, after known: [DatedProgress] = []) async -> Story {
        let attempt = AttemptID(attempt)
        await reports.wait { !$0.endings(of: attempt).isEmpty }
        let events = reports.events
        let news = events.facts(of: attempt).filter { fact in !known.contains { $0.progress == fact.progress } }
        // What was asked about and what was told may have crossed.
        let facts = (known + news).sorted { $0.at < $1.at || $0.at == $1.at && $0.rank < $1.rank }
        return Story(facts: facts, ending: events.endings(of: attempt)[0])
    }

    /// What the vendor knows of a call whose fate is unknown, asked again and again while a campaign's window is open;
    /// nil when it knows of none.
    func facts(ofFound call: FollowedCall) async -> [DatedProgress]? {
        let end = clock.now + Self.reconciliationWindow
        while clock.now < end {
            // Questions may fail while connections are cut, and are asked again like those that found nothing.
            switch try? await vendor.reconcile(call) {
            case .found(_, let facts): return facts
            case .neverPlaced, .lost: return nil
            case .notFound, nil: try? await clock.sleep(for: .seconds(5))
            }
        }
        return nil
    }
}
