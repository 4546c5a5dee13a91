package import Wording

/// One thing that was looked at, and what to do about it.
package struct Finding: Hashable, Sendable {
    /// What it is about; the raw value is its word for programs.
    package enum Area: String, CaseIterable, Hashable, Sendable {
        case machine
        case clock
        case files
        case database
        case lists
        case accounts
        case zones
        case libraries
    }

    /// How bad it is; the raw value is its word for programs.
    package enum Severity: String, CaseIterable, Hashable, Sendable {
        /// As it should be.
        case ok
        /// Campaigns run, and somebody should see to it.
        case warning
        /// Campaigns cannot run, or should not.
        case problem
    }

    /// What it is about.
    package var area: Area
    /// How bad it is.
    package var severity: Severity
    /// What was found.
    package var what: Words<DoctorPhrase>
    /// What to do about it; nil where nothing is to be done.
    package var fix: Words<DoctorPhrase>?

    /// Nothing is to be done.
    package static func ok(_ area: Area, _ what: Words<DoctorPhrase>) -> Finding {
        Finding(area: area, severity: .ok, what: what)
    }

    /// Somebody should see to it.
    package static func warning(
        _ area: Area, _ what: Words<DoctorPhrase>, fix: Words<DoctorPhrase>
    ) -> Finding {
        Finding(area: area, severity: .warning, what: what, fix: fix)
    }

    /// It stands in the way.
    package static func problem(
        _ area: Area, _ what: Words<DoctorPhrase>, fix: Words<DoctorPhrase>
    ) -> Finding {
        Finding(area: area, severity: .problem, what: what, fix: fix)
    }

    /// The words by which the guide names what was found.
    package var code: String { what.key.rawValue }
}

/// Findings, for people.
package enum FindingReport {
    /// The findings by area, problems first, each fix on the line below; and how many there are of each severity.
    package static func text(_ findings: [Finding], in language: Language) -> String {
        var lines: [String] = []
        for area in Finding.Area.allCases {
            let own = findings.filter { $0.area == area }
            guard !own.isEmpty else { continue }
            lines.append(language.say(area.title))
            for severity in Finding.Severity.allCases.reversed() {
                for finding in own where finding.severity == severity {
                    lines.append("  \(severity.mark) \(finding.what.text(in: language))")
                    if let fix = finding.fix { lines.append("      → \(fix.text(in: language))") }
                }
            }
        }
        func count(_ severity: Finding.Severity, _ one: DoctorPhrase, _ several: DoctorPhrase) -> Phrase {
            let count = findings.count { $0.severity == severity }
            return (count == 1 ? one : several).filled(count)
        }
        let sum = DoctorPhrase.total.filled(
            count(.problem, .problem, .problems), count(.warning, .warning, .warnings), count(.ok, .oneFine, .fine))
        lines.append(language.say(sum))
        return lines.joined(separator: "\n")
    }
}

extension Finding.Severity {
    /// What stands before a finding: it can be told apart without colour.
    fileprivate var mark: String {
        switch self {
        case .ok: "ok "
        case .warning: "!  "
        case .problem: "✗  "
        }
    }
}

extension Finding.Area {
    /// The heading of its findings.
    var title: DoctorPhrase {
        switch self {
        case .machine: .machine
        case .clock: .clock
        case .files: .files
        case .database: .database
        case .lists: .lists
        case .accounts: .accounts
        case .zones: .zones
        case .libraries: .libraries
        }
    }
}
