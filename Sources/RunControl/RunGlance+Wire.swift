import DialModel
import EventWire

extension RunGlance {
    /// Reads one; what is missing is none, and what is not known is ignored.
    init?(_ json: JSONValue) {
        guard let at = json["at_ms"]?.instant else { return nil }
        self.init(at: at)
        speed = json["speed"]?.text.flatMap(Double.init) ?? 1
        calls.dialing = json["dialing"].count
        calls.ringing = json["ringing"].count
        calls.waiting = json["waiting"].count
        calls.talking = json["talking"].count
        calls.unknown = json["unknown"].count
        let census = json["census"]
        agents.idle = census?["idle"].count ?? 0
        agents.reserved = census?["reserved"].count ?? 0
        agents.setAside = census?["set_aside"].count ?? 0
        agents.busy = census?["busy"].count ?? 0
        agents.wrapUp = census?["wrap_up"].count ?? 0
        agents.onBreak = census?["on_break"].count ?? 0
        maxLines = json["max_lines"]?.integer.map { Int($0) }
        pause = json["pause"].flatMap(RunPause.init)
        stalled = .milliseconds(json["stalled_ms"]?.integer ?? 0)
        isStalledSinceStart = json["stalled_since_start"]?.flag ?? false
        if let bound = json["pace"]?["bound"]?.text {
            pace = PaceChoice(
                bound: bound, allowance: json["pace"]?["allowance"]?.text.flatMap(Double.init) ?? 0)
        }
        agentLines = (json["agents"]?.elements ?? []).compactMap { AgentLine($0) }
        accounts = (json["accounts"]?.elements ?? []).compactMap { AccountGlance($0) }
        notes = (json["notes"]?.elements ?? []).compactMap(\.text)
    }

    /// What is sent.
    var json: JSONValue {
        .object([
            "at_ms": .integer(at.milliseconds), "speed": .number(String(speed)),
            "dialing": .integer(calls.dialing), "ringing": .integer(calls.ringing),
            "waiting": .integer(calls.waiting), "talking": .integer(calls.talking), "unknown": .integer(calls.unknown),
            "census": .object([
                "idle": .integer(agents.idle), "reserved": .integer(agents.reserved),
                "set_aside": .integer(agents.setAside), "busy": .integer(agents.busy),
                "wrap_up": .integer(agents.wrapUp), "on_break": .integer(agents.onBreak),
            ]),
            "max_lines": maxLines.map { .integer($0) } ?? .null, "pause": pause?.json ?? .null,
            "stalled_ms": .integer(stalled.milliseconds), "stalled_since_start": .bool(isStalledSinceStart),
            "pace": pace.map {
                .object(["bound": .string($0.bound), "allowance": .number(String($0.allowance))])
            } ?? .null,
            "agents": .array(agentLines.map(\.json)), "accounts": .array(accounts.map(\.json)),
            "notes": .array(notes.map { .string($0) }),
        ])
    }
}

extension RunPause {
    fileprivate init?(_ json: JSONValue) {
        guard let reason = json["reason"]?.text.flatMap(Reason.init) else { return nil }
        self.init(reason, by: json["by"]?.text, until: json["until_ms"]?.instant)
    }

    fileprivate var json: JSONValue {
        .object([
            "reason": .string(reason.rawValue), "by": .optional(by),
            "until_ms": until.map { .integer($0.milliseconds) } ?? .null,
        ])
    }
}

extension AccountGlance {
    fileprivate init?(_ json: JSONValue) {
        guard let name = json["name"]?.text, let health = json["health"]?.text.flatMap(Health.init) else { return nil }
        self.init(
            name: name, carried: json["carried"].count, dialing: json["dialing"].count,
            talking: json["talking"].count, health: health, until: json["until_ms"]?.instant,
            pause: json["pause"].flatMap(RunPause.init))
    }

    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "carried": .integer(carried), "dialing": .integer(dialing),
            "talking": .integer(talking), "health": .string(health.rawValue),
            "until_ms": until.map { .integer($0.milliseconds) } ?? .null, "pause": pause?.json ?? .null,
        ])
    }
}

extension JSONValue {
    fileprivate var instant: Timestamp? { integer.map(Timestamp.init(milliseconds:)) }

    fileprivate var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}

extension JSONValue? {
    /// A count that nothing is said of is none.
    fileprivate var count: Int { Int(self?.integer ?? 0) }
}
