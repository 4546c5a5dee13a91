// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// For what computes most of the time: without the optimiser a decision costs a hundred times as much, and a debug build
/// could not keep up with a rehearsal at speed.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A target of ours; `dependencies` name only what its sources import.
func part(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil, _ more: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings + more)
}

/// The tests of one target, with the simulated participants they share.
func tests(
    _ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil, _ more: [SwiftSetting] = []
) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings + more)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let flyingFox = Target.Dependency.product(name: "FlyingFox", package: "FlyingFox")
let flyingSocks = Target.Dependency.product(name: "FlyingSocks", package: "FlyingFox")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "autodialer",
    products: [
        .executable(name: "autodialer", targets: ["autodialer"]),
        // For the nested package in Benchmarks/, which needs a product to depend on.
        .library(
            name: "AutodialerParts",
            targets: [
                "CallerID", "DialModel", "HotPaths", "Ledger", "Pacing", "PacingWorld", "PostgresLedger", "Regions",
                "SQLiteLedger", "StoredLedger",
            ]),
        // By itself, because whatever is linked with it counts.
        .library(name: "CAllocations", targets: ["CAllocations"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // Layer 0: C libraries, wrapped and nothing else.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CTimex"),
        .target(
            name: "CPhoneNumber",
            linkerSettings: [
                .linkedLibrary("geocoding"), .linkedLibrary("phonenumber"), .linkedLibrary("protobuf"),
                .linkedLibrary("icuuc"), .linkedLibrary("stdc++"),
            ]),

        // Layer 1: the vocabulary.
        part("DialModel", [], optimised),
        part("Wording"),

        // Layer 2: decisions, data and ports.
        // Rules and time zones are embedded, because a program that is installed elsewhere would look for a bundle in vain.
        part(
            "CampaignFile", ["DialModel", "Wording", yams],
            resources: [
                .embedInCode("Rules/us.yaml"), .embedInCode("Rules/uk.yaml"), .embedInCode("Rules/cn.yaml"),
                .embedInCode("Rules/none.yaml"),
            ]),
        part("CallModel", ["DialModel"], optimised),
        part("CallerID", ["DialModel", "Wording"], optimised),
        part("Pacing", ["DialModel"], optimised),
        part("Compliance", ["DialModel", "Wording"], optimised),
        part(
            "Regions", ["DialModel", "CPhoneNumber", "Wording"], resources: [.embedInCode("Resources/timezones.txt")],
            optimised),
        part("Ledger", ["DialModel", "Wording"]),
        part("Monitoring", ["DialModel", "Wording"]),
        part("Telephony", ["DialModel", "Wording"]),
        part("EventWire"),
        part("Sockets", ["CEpoll", flyingSocks]),

        // Layer 3: the engine, and the ports' implementations.
        part("DialEngine", ["DialModel", "Pacing"], optimised),
        part("CampaignReport", ["Compliance", "DialModel", "Ledger", "Wording"]),
        part("StoredLedger", ["COpenSSL", "DialModel", "Ledger", "Wording"]),
        part("CurlTransport", ["CCurl", "COpenSSL", "DialModel", "Telephony"]),
        part("AlibabaVendor", ["COpenSSL", "DialModel", "EventWire", "Telephony"]),
        part("RunControl", ["DialModel", "EventWire", "Sockets", "Telephony", "Wording", flyingSocks]),
        part("WellVendor", ["DialModel", "EventWire", "Telephony"]),
        part("WinCallVendor", ["COpenSSL", "DialModel", "EventWire", "Telephony"]),
        part(
            "UdeskVendor", ["COpenSSL", "DialModel", "EventWire", "Telephony"],
            resources: [.embedInCode("Resources/bridge.html")]),
        part("PushServer", ["COpenSSL", "DialModel", "EventWire", "Sockets", "Telephony", "Wording", flyingSocks]),

        // Layer 4: the shells, and the databases.
        part(
            "CampaignRunner",
            ["CallerID", "Compliance", "DialEngine", "DialModel", "Ledger", "Telephony", "Wording", logging]),
        part(
            "Forecast", ["CallModel", "Compliance", "DialEngine", "DialModel", "Ledger", "Pacing", "Telephony"],
            optimised),
        part("PostgresLedger", ["CPostgres", "DialModel", "Ledger", "StoredLedger", "Wording"]),
        part("SQLiteLedger", ["CSQLite", "DialModel", "Ledger", "StoredLedger", "Wording", grdb, grdbSQLite]),
        part(
            "VendorSimulator",
            [
                "CallModel", "CallerID", "COpenSSL", "CurlTransport", "DialModel", "EventWire", "Sockets", "Telephony",
                "Wording", flyingFox, flyingSocks,
            ],
            resources: [.embedInCode("Resources/udesk-sdk.js")]),

        // Layer 5: the command.
        .executableTarget(
            name: "autodialer",
            dependencies: [
                "AlibabaVendor", "CallModel", "CallerID", "CampaignFile", "CampaignReport", "CampaignRunner",
                "Compliance",
                "COpenSSL",
                "CTimex",
                "CurlTransport",
                "DialEngine", "DialModel", "Forecast", "Ledger", "Monitoring", "Pacing", "PushServer", "Regions",
                "RunControl",
                "PostgresLedger", "SQLiteLedger", "StoredLedger", "Telephony", "UdeskVendor", "VendorSimulator",
                "WellVendor",
                "WinCallVendor", "Wording",
                argumentParser,
                logging,
            ],
            exclude: ["Packaging"],
            swiftSettings: settings),

        // Tests, and the simulated participants that they share.
        .target(
            name: "TestSupport", dependencies: ["DialModel", "Telephony"], path: "Tests/TestSupport",
            swiftSettings: settings),
        .target(
            name: "PacingWorld", dependencies: ["DialModel", "Pacing"], path: "Tests/PacingWorld",
            resources: [.copy("scenarios.json")], swiftSettings: settings + optimised),
        .target(
            name: "PlainLedger", dependencies: ["DialModel", "Ledger", "Wording"], path: "Tests/PlainLedger",
            swiftSettings: settings + optimised),
        .target(name: "CAllocations", path: "Tests/CAllocations"),
        .target(
            name: "HotPaths", dependencies: ["CallerID", "DialEngine", "DialModel", "Pacing"], path: "Tests/HotPaths",
            swiftSettings: settings + optimised),
        tests("DialModelTests", ["DialModel"]),
        tests(
            "CampaignFileTests", ["CampaignFile", "DialModel", "Regions", "TestSupport", "Wording"],
            resources: [.copy("Corpus"), .copy("Fixtures")]),
        tests("WordingTests", ["Wording"]),
        tests("MonitoringTests", ["DialModel", "Monitoring", "TestSupport", "Wording"]),
        tests(
            "CampaignReportTests", ["CampaignReport", "Compliance", "DialModel", "Ledger", "TestSupport", "Wording"]),
        tests("CallModelTests", ["CallModel", "DialModel"]),
        tests("CallerIDTests", ["CallerID", "DialModel", "Wording"]),
        tests("ComplianceTests", ["CampaignFile", "Compliance", "DialModel", "Ledger", "Regions", "Wording"]),
        tests("PacingTests", ["DialModel", "Pacing", "PacingWorld"]),
        tests("RegionsTests", ["Regions", "DialModel", "TestSupport", "Wording"], resources: [.copy("Fixtures")]),
        tests("DialEngineTests", ["DialEngine", "DialModel", "Pacing"]),
        tests(
            "LedgerTests",
            [
                "DialModel", "Ledger", "PlainLedger", "PostgresLedger", "SQLiteLedger", "StoredLedger", "TestSupport",
                "Wording", grdb, grdbSQLite,
            ],
            resources: [.copy("Fixtures")]),
        tests(
            "CurlTransportTests", ["CurlTransport", "Telephony", "DialModel", "TestSupport"],
            resources: [.copy("Fixtures")]),
        tests("AlibabaVendorTests", ["AlibabaVendor", "EventWire", "Telephony", "DialModel", "TestSupport"]),
        tests("SocketsTests", ["Sockets", flyingSocks]),
        tests("RunControlTests", ["CurlTransport", "DialModel", "RunControl", "Telephony", "TestSupport", "Wording"]),
        tests(
            "EventWireTests", ["CurlTransport", "DialModel", "EventWire", "Telephony", "TestSupport"],
            resources: [.copy("Fixtures")]),
        tests(
            "WellVendorTests",
            [
                "CallModel", "CurlTransport", "DialModel", "EventWire", "Telephony", "TestSupport", "VendorSimulator",
                "WellVendor",
            ]),
        tests("UdeskVendorTests", ["DialModel", "EventWire", "Telephony", "TestSupport", "UdeskVendor", "Wording"]),
        tests("PushServerTests", ["DialModel", "PushServer", "Telephony", "Wording", flyingSocks]),
        tests("WinCallVendorTests", ["DialModel", "EventWire", "Telephony", "TestSupport", "WinCallVendor"]),
        tests(
            "VendorSimulatorTests",
            [
                "VendorSimulator", "AlibabaVendor", "CallerID", "CallModel", "COpenSSL", "CurlTransport", "EventWire",
                "Telephony", "DialModel", "TestSupport", "WinCallVendor", "Wording", flyingFox,
            ], resources: [.copy("Fixtures")]),
        tests(
            "VendorConformanceTests",
            [
                "AlibabaVendor", "CallModel", "CurlTransport", "DialModel", "PushServer", "Telephony", "TestSupport",
                "UdeskVendor", "VendorSimulator", "WellVendor", "WinCallVendor",
            ]),
        tests(
            "CampaignRunnerTests",
            [
                "CallerID", "CampaignRunner", "Compliance", "DialEngine", "Ledger", "Pacing", "PlainLedger",
                "SQLiteLedger", "StoredLedger", "Telephony", "DialModel", "TestSupport", "Wording", logging,
            ]),
        tests(
            "ForecastTests",
            [
                "CallModel", "CallerID", "CampaignRunner", "Compliance", "DialEngine", "DialModel", "Forecast",
                "Ledger", "Pacing", "SQLiteLedger", "StoredLedger", "Telephony",
            ]),
        tests(
            "SimulationTests",
            [
                "CallModel", "CallerID", "CampaignRunner", "Compliance", "DialEngine", "DialModel", "Ledger", "Pacing",
                "PlainLedger", "SQLiteLedger", "StoredLedger", "Telephony", "TestSupport", "Wording", logging,
            ], optimised),
        tests(
            "AutodialerTests",
            [
                "autodialer", "CallerID", "CampaignFile", "CampaignRunner", "Compliance", "DialEngine", "DialModel",
                "Forecast", "Ledger", "Pacing", "RunControl", "SQLiteLedger", "StoredLedger", "TestSupport", "Wording",
                grdb,
            ],
            resources: [.copy("Snapshots")]),
        tests(
            "CostTests",
            [
                "CAllocations", "DialModel", "HotPaths", "Ledger", "Pacing", "Regions", "SQLiteLedger", "StoredLedger",
                grdb, grdbSQLite,
            ],
            resources: [.copy("costs.txt")], optimised),
        tests("RepositoryTests", []),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
