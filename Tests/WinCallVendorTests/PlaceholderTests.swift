import Testing

@testable import WinCallVendor

@Suite struct PlaceholderTests {}
