import Pacing

extension EngineSnapshot {
    /// A run at a glance whose accounts are worked by an engine each: dialling is held back only where all of them are.
    package init(joining parts: [EngineSnapshot]) {
        self.init()
        for part in parts {
            dialing += part.dialing
            ringing += part.ringing
            waiting += part.waiting
            talking += part.talking
            unknown += part.unknown
            agents.add(part.agents)
        }
        maxLines = parts.count == 1 ? parts[0].maxLines : nil
        pause = parts.contains { $0.pause == nil } ? nil : parts.compactMap(\.pause).first
        decision = parts.count == 1 ? parts[0].decision : nil
    }
}
