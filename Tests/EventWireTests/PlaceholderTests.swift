import Testing

@testable import EventWire

@Suite struct PlaceholderTests {}
