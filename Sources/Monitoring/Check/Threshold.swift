/// From where on a figure is worth a warning, and from where on it is critical.
package struct Threshold: Hashable, Sendable {
    /// From here on it is worth a warning.
    package var warning: Double
    /// From here on it is critical.
    package var critical: Double
    /// Whether it is small figures that are bad.
    package var isLower: Bool

    /// Memberwise; large figures are bad unless said otherwise.
    package init(warning: Double, critical: Double, isLower: Bool = false) {
        self.warning = warning
        self.critical = critical
        self.isLower = isLower
    }

    /// What a figure is worth.
    package func state(of value: Double) -> CheckState {
        func reaches(_ bound: Double) -> Bool { isLower ? value <= bound : value >= bound }
        if reaches(critical) { return .critical }
        return reaches(warning) ? .warning : .ok
    }
}

/// What a threshold is written in: the unit decides how `5m:15m` is read.
package enum ThresholdUnit: Hashable, Sendable {
    /// `90s`, `5m`, `2h`, `1d`; in seconds.
    case duration
    /// `20%`; a share from 0 to 1.
    case share
    /// `500M`, `2G`, `1T`, binary; in bytes.
    case bytes

    /// Reads `warning:critical`; nil for anything else, and for two that stand the wrong way round.
    package func threshold(_ text: String, isLower: Bool = false) -> Threshold? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let warning = value(parts[0]), let critical = value(parts[1]),
            isLower ? critical <= warning : warning <= critical
        else { return nil }
        return Threshold(warning: warning, critical: critical, isLower: isLower)
    }

    private func value(_ text: Substring) -> Double? {
        let units: [(String, Double)] =
            switch self {
            case .duration: [("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400)]
            case .share: [("%", 0.01)]
            case .bytes: [("M", 1_048_576), ("G", 1_073_741_824), ("T", 1_099_511_627_776)]
            }
        for (suffix, factor) in units where text.hasSuffix(suffix) {
            let digits = text.dropLast(suffix.count)
            guard !digits.isEmpty, digits.utf8.count < 10, digits.utf8.allSatisfy({ (48...57).contains($0) }),
                let count = Double(digits)
            else { return nil }
            // Performance data has whole numbers.
            return count * factor < Double(Int64.max) ? count * factor : nil
        }
        return nil
    }
}

/// What a check comes to; the raw value is the exit code of monitoring plugins
/// (https://www.monitoring-plugins.org/doc/guidelines.html, 2.3).
package enum CheckState: Int32, CaseIterable, Hashable, Sendable {
    case ok = 0
    case warning = 1
    case critical = 2
    case unknown = 3

    /// The word that the line begins with, which monitors read.
    package var word: String {
        switch self {
        case .ok: "OK"
        case .warning: "WARNING"
        case .critical: "CRITICAL"
        case .unknown: "UNKNOWN"
        }
    }

    /// Which of two matters more: critical, warning, unknown, ok.
    package func worse(_ other: CheckState) -> CheckState {
        func rank(_ state: CheckState) -> Int {
            switch state {
            case .ok: 0
            case .unknown: 1
            case .warning: 2
            case .critical: 3
            }
        }
        return rank(other) > rank(self) ? other : self
    }
}
