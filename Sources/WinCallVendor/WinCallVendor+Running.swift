import DialModel
package import Telephony

extension WinCallVendor {
    private static let groupPause = Duration.seconds(2)
    private static let longestGroupPause = Duration.seconds(30)

    /// Signs the group's agents in and keeps them so; when cancelled it signs all of them out before it returns.
    package func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {
        isRunning.with { $0 = true }
        defer { isRunning.with { $0 = false } }
        guard let queue = await patientSkillQueue(report) else { return }
        inbox.open()
        inbox.post(.started)
        takesOwnCalls.with { inbox.post(.ownCallsWanted($0)) }
        await withTaskCancellationHandler {
            // What is under way when the run is cancelled still has to be signed out, which the floor bounds in time.
            await uncancelled { await self.drive(queue, report) }
        } onCancel: {
            inbox.post(.stopRequested)
        }
    }

    /// The campaign's skill group, asked for until it is known; nil when the run is cancelled before.
    private func patientSkillQueue(_ report: @Sendable (VendorEvent) async -> Void) async -> SkillQueue? {
        var pause = Self.groupPause
        var isTroubled = false
        while !Task.isCancelled {
            do throws(VendorError) {
                let queue = try await skillQueue()
                if isTroubled { await report(.recovered) }
                return queue
            } catch {
                if !isTroubled, !Task.isCancelled { await report(.trouble(error)) }
                isTroubled = true
            }
            try? await clock.sleep(for: pause)
            pause = min(pause * 2, Self.longestGroupPause)
        }
        return nil
    }

    /// Feeds the floor and carries out its directives; only this task reports, so facts stay in order.
    private func drive(_ queue: SkillQueue, _ report: @Sendable (VendorEvent) async -> Void) async {
        await withDiscardingTaskGroup { tasks in
            var floor = Floor(
                account: account, queue: queue, project: project, rhythm: rhythm, seed: seed, now: clock.now)
            var outlets: [ChannelID: AgentChannel.Outlet] = [:]
            var armedFor: Timestamp?
            while !floor.isOver {
                for event in await inbox.next() {
                    if case .closed(let channel, _) = event { outlets[channel] = nil }
                    if case .timePassed(armedFor) = event { armedFor = nil }
                    for directive in floor.handle(event, at: clock.now) {
                        await carryOut(directive, &outlets, report, in: &tasks)
                    }
                }
                arm(floor.nextDeadline, &armedFor, in: &tasks)
            }
            inbox.close()
            tasks.cancelAll()
        }
    }

    private func carryOut(
        _ directive: FloorDirective, _ outlets: inout [ChannelID: AgentChannel.Outlet],
        _ report: @Sendable (VendorEvent) async -> Void, in tasks: inout DiscardingTaskGroup
    ) async {
        switch directive {
        case .open(let id):
            let outlet = AgentChannel.Outlet()
            outlets[id] = outlet
            tasks.addTask {
                let end = await self.channel.run(outlet) { arrival in
                    switch arrival {
                    case .opened: self.inbox.post(.opened(id))
                    case .message(let message): self.inbox.post(.received(id, message))
                    }
                }
                self.inbox.post(.closed(id, end))
            }
        case .send(let id, let command): outlets[id]?.send(command)
        case .close(let id): outlets[id]?.close()
        case .report(let event): await report(event)
        case .answer(let ticket, let answer): inbox.answer(ticket, answer)
        }
    }

    /// Sees to it that the floor is told of its next deadline.
    private func arm(_ deadline: Timestamp?, _ armedFor: inout Timestamp?, in tasks: inout DiscardingTaskGroup) {
        guard let deadline, armedFor.map({ deadline < $0 }) ?? true else { return }
        armedFor = deadline
        tasks.addTask {
            // Cancellation means that everybody is signed out, and then nobody needs waking.
            guard (try? await self.clock.sleep(until: deadline)) != nil else { return }
            self.inbox.post(.timePassed(deadline))
        }
    }
}
