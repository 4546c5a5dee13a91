import CampaignFile
import DialEngine
import DialModel

extension Campaign {
    /// The engine's settings as far as the campaign decides them.
    var engineSettings: EngineSettings {
        EngineSettings(style: mode.style, retry: retry, maxLines: dial.maxLines ?? 1_000)
    }
}

extension DialingMode {
    /// Who is on the line first.
    var style: DialingStyle {
        switch self {
        case .progressive: .agentFirst
        case .power(let ratio): .customerFirst(ratio: ratio)
        }
    }
}
