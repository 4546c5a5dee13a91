/// Does work that has to be finished although its task may be cancelled, such as signing agents out at the end of a run.
///
/// The work bounds its own time: nobody else can end it.
package func uncancelled<Answer: Sendable>(_ work: @escaping @Sendable () async -> Answer) async -> Answer {
    // Cancellation reaches every child task; only a task of its own is spared, and it is awaited here.
    await Task { await work() }.value
}
