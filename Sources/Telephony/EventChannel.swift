import DialModel

/// Opens channels on which a vendor pushes events.
package protocol EventTransport: Sendable {
    /// Opens a WebSocket connection (RFC 6455) and returns when the other side has agreed to it.
    ///
    /// It is tried once; whoever needs it for long opens it again after a failure. Cancelling the task gives up.
    func open(_ request: ChannelRequest) async throws(TransportError) -> any EventChannel
}

/// One open WebSocket connection that carries text.
///
/// One task may receive while others send. Pings of the other side are answered, whether anybody receives or not.
package protocol EventChannel: Sendable {
    /// Sends one text message, and returns when it has been handed to the system.
    ///
    /// Waits while the other side does not read. A failure that says `.notSent` is certain that the message did not leave;
    /// after any other it may have left, or leave yet. Cancelling the task leaves the channel open.
    func send(_ text: String) async throws(TransportError)

    /// The next text message; nil once either side has closed the channel in the proper way.
    ///
    /// A close with a code that tells of a fault, which is any but 1000 and 1001, is a failure.
    /// Messages that nobody receives are kept up to a limit; then no more is read, so that the other side has to wait. A
    /// connection that breaks, goes silent for longer than was agreed, or breaks the protocol throws, after the messages that
    /// had come before, and does so each time. A cancelled task takes no message with it.
    func receive() async throws(TransportError) -> String?

    /// Closes the channel, with the closing handshake where the other side takes part in it within two seconds; does
    /// nothing a second time. Messages that still wait to be sent are given up.
    func close() async
}

/// How to open an event channel.
package struct ChannelRequest: Hashable, Sendable {
    /// The absolute URL, `ws://` or `wss://`, already percent-encoded.
    package var url: String
    /// Header fields beyond those that the protocol needs.
    package var headers: [HTTPField]
    /// The longest that connecting and the opening handshake may take.
    package var openTimeout: Duration
    /// How long nothing may come before the other side is sent a ping; nil sends none.
    package var pingAfter: Duration?
    /// How long after a ping nothing may come before the connection counts as broken.
    package var pongTimeout: Duration
    /// The largest message, in bytes.
    package var maxMessageBytes: Int

    /// Memberwise, with limits that suit vendors' channels.
    package init(
        url: String, headers: [HTTPField] = [], openTimeout: Duration = .seconds(10),
        pingAfter: Duration? = .seconds(20), pongTimeout: Duration = .seconds(10), maxMessageBytes: Int = 1_048_576
    ) {
        self.url = url
        self.headers = headers
        self.openTimeout = openTimeout
        self.pingAfter = pingAfter
        self.pongTimeout = pongTimeout
        self.maxMessageBytes = maxMessageBytes
    }
}
