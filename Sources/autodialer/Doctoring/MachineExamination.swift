import CTimex
import CurlTransport
import DialModel
import Foundation
import Glibc
import Monitoring
import Regions
import SQLiteLedger

/// What has nothing to do with any campaign: the machine, its clock, its time zones and its libraries.
struct MachineExamination {
    let database: String
    let now: Timestamp

    private static let zones = "/usr/share/zoneinfo"

    /// Everything that can be found without asking anybody.
    func findings() -> [Finding] {
        machine + clock + zones + libraries
    }

    private var machine: [Finding] {
        var findings = [Judgement.disk(free: DiskSpace.free(at: database), at: database)]
        if let limit = ProcessFigures.openFileLimit { findings.append(Judgement.openFiles(limit: limit)) }
        if let available = Self.availableMemory { findings.append(Judgement.memory(available: available)) }
        findings.append(Judgement.locale(Environment.characterLocale))
        return findings
    }

    private var clock: [Finding] {
        [Judgement.timeZone(Self.timeZone), Judgement.synchronisation(Self.isSynchronised)]
    }

    private var zones: [Finding] {
        let day = CivilDay(number: now.milliseconds / 86_400_000)
        let path = Self.zones + "/tzdata.zi"
        let line = (try? FileBytes.read(path, called: .timeZones)).map { bytes in
            String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        }
        return [
            Judgement.systemZones(firstLine: line, at: Self.zones, on: day),
            Judgement.phoneZones(of: TimeZoneTableDate.text ?? "?", on: day),
        ]
    }

    private var libraries: [Finding] {
        let versions = LibraryVersions.ofThisMachine()
        var findings = [
            Finding.ok(.libraries, Words(.library, "autodialer", Autodialer.version)),
            Finding.ok(.libraries, Words(.library, "SQLite", StoreVersion.text)),
            Finding.ok(.libraries, Words(.library, "libcrypto", versions.crypto)),
        ]
        if let tls = versions.tls {
            findings.append(.ok(.libraries, Words(.library, "libcurl", "\(versions.curl) (\(tls))")))
        } else {
            findings.append(.problem(.libraries, Words(.noTLS, versions.curl), fix: Words(.noTLSFix)))
        }
        return findings
    }

    /// The zone that programs go by; nil where nobody has set any.
    private static var timeZone: String? {
        if let name = Environment.text("TZ"), !name.isEmpty { return name }
        guard access("/etc/localtime", F_OK) == 0 else { return nil }
        return TimeZone.current.identifier
    }

    /// Whether the kernel's clock is being kept (adjtimex(2)); nil where the kernel does not say.
    private static var isSynchronised: Bool? {
        let state = ctimex_state()
        return state < 0 ? nil : state != TIME_ERROR
    }

    /// Bytes that programs could have without swapping.
    private static var availableMemory: UInt64? {
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ UInt64($0) })
        else { return nil }
        return kibibytes * 1_024
    }
}
