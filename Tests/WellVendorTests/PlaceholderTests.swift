import Testing

@testable import WellVendor

@Suite struct PlaceholderTests {}
