import HotPaths

extension Benchmark {
    /// What the engine does with an event, of which a call that is answered brings seven.
    static let engine: [Benchmark] = [(10, "10"), (1_000, "1,000")].map { agents, text in
        Benchmark("Engine: event, \(text) agents in calls") {
            var stage = EngineStage(agents: agents)
            return { iterations in
                let end = stage.events + iterations
                while stage.events < end { stage.turn() }
                return UInt64(stage.events)
            }
        }
    }
}
