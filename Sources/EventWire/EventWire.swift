/// The framings that vendors put over a WebSocket, as pure values: STOMP frames, engine.io and socket.io packets.
package enum EventWire {}
