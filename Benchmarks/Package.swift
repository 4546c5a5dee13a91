// swift-tools-version: 6.2
import PackageDescription

/// The name by which the compiler knows the package above: its folder's, made an identifier as SwiftPM does it.
///
/// Sharing that name opens the `package` declarations of the package above to the benchmarks.
func packageNameAbove() -> String {
    var folder = Context.packageDirectory.split(separator: "/").dropLast().last.map(String.init) ?? "autodialer"
    if folder.hasSuffix(".git") { folder.removeLast(4) }
    return String(
        folder.lowercased().enumerated().map { index, character in
            character.isLetter || (character.isNumber && index > 0) ? character : "_"
        })
}

/// A program that measures.
func program(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .executableTarget(
        name: name,
        dependencies: [.product(name: "AutodialerParts", package: "autodialer")] + dependencies,
        packageAccess: false,
        swiftSettings: [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .treatAllWarnings(as: .error),
            .unsafeFlags(["-package-name", packageNameAbove()]),
        ])
}

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "autodialer", path: "..")],
    targets: [
        program("benchmarks", [.product(name: "CAllocations", package: "autodialer")]), program("pacing-table"),
        program("claims"), program("fleet"),
        // What the libraries that the dial path rests on can do alone.
        .executableTarget(name: "curl-limit", linkerSettings: [.linkedLibrary("curl")]),
        .executableTarget(name: "sqlite-limit", linkerSettings: [.linkedLibrary("sqlite3")]),
    ],
    swiftLanguageModes: [.v6]
)
