import DialModel
import EventWire
package import Telephony

extension WellVendor {
    /// How often it is said anew how agents are: what a runner knew for a moment outranks news that was as old.
    private static let repetition = Duration.seconds(2)
    /// How long the end of a run waits for the vendor to sign everybody out.
    private static let signOutLimit = Duration.seconds(10)
    private static let signOutRetry = Duration.seconds(1)

    package func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {
        await withDiscardingTaskGroup { group in
            switch account.eventConnections {
            case .perAgent:
                for agent in bells.keys.sorted() {
                    group.addTask { await self.attend(agent, listeningAlone: true) }
                }
            case .shared:
                group.addTask { await self.listen(to: self.bells.keys.sorted()) }
                for agent in bells.keys.sorted() {
                    group.addTask { await self.attend(agent, listeningAlone: false) }
                }
            }
            await self.report(to: report)
            group.cancelAll()
        }
        // The vendor keeps an agent bound to a phone for as long as nobody ends it (A.4, step 9).
        await uncancelled { await self.signEverybodyOut() }
    }

    /// Looks after an agent with a channel of their own, which ends when the vendor does not let them in.
    private func attend(_ agent: AgentID, listeningAlone: Bool) async {
        guard listeningAlone else { return await attend(agent) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.listen(to: [agent]) }
            group.addTask { await self.attend(agent) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Reports everything in order, being the only one who does, until cancelled.
    private func report(to report: @Sendable (VendorEvent) async -> Void) async {
        while !Task.isCancelled {
            let deadline = clock.now + Self.repetition
            await outboxBell.wait(until: deadline, by: clock)
            let events = board.with { board in
                if clock.now >= deadline { board.repeatAgents(at: clock.now) }
                return board.takeOutbox()
            }
            for event in events where !Task.isCancelled { await report(event) }
        }
    }

    /// Signs out whoever is or may be signed in, as long as there is time; those who talk keep their binding.
    private func signEverybodyOut() async {
        let agents = board.with { $0.desks.filter(\.mayBeSignedIn).map(\.login.agent) }
        let deadline = clock.now + Self.signOutLimit.stretched(toAtLeast: .seconds(2), at: clock.speed)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await self.clock.sleep(until: deadline) }
            group.addTask {
                await withDiscardingTaskGroup { agentsGroup in
                    for agent in agents { agentsGroup.addTask { await self.persistInSigningOut(agent) } }
                }
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func persistInSigningOut(_ agent: AgentID) async {
        while !Task.isCancelled {
            if (try? await signOut(agent)) != nil { return }
            try? await clock.sleep(for: Self.signOutRetry)
        }
    }
}
