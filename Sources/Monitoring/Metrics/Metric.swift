/// Everything that a run tells monitors, by its name.
///
/// Names, labels and buckets are an interface: they never change, new ones may be added. Each is explained in the guide,
/// `Monitoring.md`.
package enum Metric: String, CaseIterable, Hashable, Sendable {
    case build = "autodialer_build_info"
    case claims = "autodialer_claims_total"
    case attempts = "autodialer_attempts_total"
    case calls = "autodialer_calls"
    case agents = "autodialer_agents"
    case leads = "autodialer_leads"
    case abandonment = "autodialer_abandonment_ratio"
    case abandonmentLimit = "autodialer_abandonment_limit_ratio"
    case callsAhead = "autodialer_pacing_calls"
    case pacingBound = "autodialer_pacing_bound"
    case pause = "autodialer_paused"
    case requestDuration = "autodialer_vendor_request_duration_seconds"
    case vendorErrors = "autodialer_vendor_errors_total"
    case clockSkew = "autodialer_vendor_clock_skew_seconds"
    case ringDuration = "autodialer_ring_duration_seconds"
    case talkDuration = "autodialer_talk_duration_seconds"
    case commitDuration = "autodialer_ledger_commit_duration_seconds"
    case eventsWaiting = "autodialer_events_waiting"
    case callerIDs = "autodialer_caller_ids"
    case stalled = "autodialer_stalled_seconds"
    case lastProgress = "autodialer_last_progress_timestamp_seconds"
    case residentMemory = "process_resident_memory_bytes"
    case virtualMemory = "process_virtual_memory_bytes"
    case processorTime = "process_cpu_seconds_total"
    case openFiles = "process_open_fds"
    case openFileLimit = "process_max_fds"
    case startTime = "process_start_time_seconds"

    /// What sort of figure it is.
    package enum Kind: String, Hashable, Sendable {
        /// Only grows, from zero when the run began.
        case counter
        /// Goes up and down.
        case gauge
        /// How often something lay below certain bounds, with the sum of it all.
        case histogram
    }

    /// Its name.
    package var name: String { rawValue }

    /// What sort of figure it is, the names of its labels, and what it tells.
    package var about: (kind: Kind, labels: [String], help: String) {
        switch self {
        case .build: (.gauge, ["version"], "Always 1; the label names the release.")
        case .claims: (.counter, ["campaign", "account"], "Attempts that this run has begun.")
        case .attempts: (.counter, ["campaign", "account", "outcome"], "Attempts that ended in this run.")
        case .calls: (.gauge, ["campaign", "account", "state"], "Calls that have not ended.")
        case .agents: (.gauge, ["campaign", "account", "state"], "Agents who are signed in.")
        case .leads: (.gauge, ["campaign", "standing"], "Leads of the campaign.")
        case .abandonment: (.gauge, ["campaign"], "Abandoned calls among those that people answered, in the window.")
        case .abandonmentLimit:
            (.gauge, ["campaign"], "The most that may be abandoned; absent where nothing limits it.")
        case .callsAhead: (.gauge, ["campaign", "account"], "Calls that the last decision on the pace placed.")
        case .pacingBound: (.gauge, ["campaign", "account", "bound"], "1 for what set the pace last, 0 for the rest.")
        case .pause: (.gauge, ["campaign", "account", "reason"], "1 for what holds dialling back, 0 for the rest.")
        case .requestDuration:
            (
                .histogram, ["campaign", "account", "operation", "result"],
                "How long the vendor took to answer a request."
            )
        case .vendorErrors:
            (.counter, ["campaign", "account", "operation", "result"], "Requests that the vendor did not carry out.")
        case .clockSkew: (.gauge, ["account"], "How far the vendor's clock is ahead of this machine's.")
        case .ringDuration:
            (.histogram, ["campaign", "account"], "How long a callee's phone rang, where the vendor says so.")
        case .talkDuration: (.histogram, ["campaign", "account"], "How long agent and callee talked.")
        case .commitDuration: (.histogram, [], "How long a transaction took to be durable.")
        case .eventsWaiting: (.gauge, ["campaign", "account"], "News that the run has not taken in yet.")
        case .callerIDs: (.gauge, ["account", "state"], "Numbers that callees can be shown.")
        case .stalled:
            (.gauge, ["campaign"], "How long nothing has gone on although something could; 0 while all is well.")
        case .lastProgress: (.gauge, ["campaign"], "When the run last moved an attempt on, in seconds since 1970.")
        case .residentMemory: (.gauge, [], "Memory of the process that is in the machine's memory.")
        case .virtualMemory: (.gauge, [], "Address space of the process.")
        case .processorTime: (.counter, [], "Processor time that the process has used.")
        case .openFiles: (.gauge, [], "File descriptors that the process has open.")
        case .openFileLimit: (.gauge, [], "File descriptors that the process may have open.")
        case .startTime: (.gauge, [], "When the process began, in seconds since 1970.")
        }
    }

    /// The upper bounds of a histogram's buckets, ascending, without the last one, which has none.
    package var bounds: [Double] {
        switch self {
        case .requestDuration: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15]
        case .ringDuration: [2, 4, 6, 8, 10, 15, 20, 25, 30, 45, 60]
        case .talkDuration: [5, 15, 30, 60, 120, 180, 300, 600, 1_200, 1_800]
        case .commitDuration: [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
        default: []
        }
    }
}
