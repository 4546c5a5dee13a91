/// Something the writer did, for figures and tests.
package enum WriterEvent: Hashable, Sendable {
    /// A call was added; so many now wait for the writer.
    case queued(waiting: Int)
    /// One transaction is durable, with so many calls in it; from its first statement on it took so long in real time.
    case committed(calls: Int, took: Duration)
}
