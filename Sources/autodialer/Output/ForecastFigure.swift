import Compliance
import DialModel
import Forecast
package import Wording

/// A line of a forecast: its names, and what each way of running the campaign comes to.
struct ForecastFigure: Sendable {
    /// How a figure is written.
    enum Form: Sendable {
        case instant, count, decimal, percent

        /// A band for people: `12 (10–15)`; a single run is expected nowhere else.
        func text(of band: Band, in runs: Int) -> String {
            let spread = runs > 1 ? " (\(text(band.low))–\(text(band.high)))" : ""
            return text(band.median) + spread + (self == .percent ? " %" : "")
        }

        /// A band for programs.
        func json(of band: Band) -> JSONText {
            .object([("median", json(band.median)), ("low", json(band.low)), ("high", json(band.high))])
        }

        private func text(_ value: Double) -> String {
            switch self {
            case .instant: String(Timestamp(milliseconds: Int64(value)).dayAndTime.dropFirst(5))
            case .count: "\(Int(value.rounded()))"
            case .decimal: Self.tenths(value)
            case .percent: Self.tenths(value * 100)
            }
        }

        private func json(_ value: Double) -> JSONText {
            switch self {
            case .instant: .string(Timestamp(milliseconds: Int64(value)).iso8601UTC)
            case .count: .integer(Int64(value.rounded()))
            case .decimal, .percent: .number((value * 10_000).rounded() / 10_000)
            }
        }

        /// A number for programs, whole where it is.
        static func exact(_ value: Double) -> JSONText {
            let value = (value * 10_000).rounded() / 10_000
            return value == value.rounded() ? .integer(Int64(value)) : .number(value)
        }

        /// With one digit after the point.
        static func tenths(_ value: Double) -> String {
            let tenths = Int((value * 10).rounded())
            return "\(tenths / 10).\(abs(tenths % 10))"
        }
    }

    /// The key for programs, which never changes.
    let key: String
    /// What it is for people.
    let name: Phrase
    /// The cell for people.
    let cell: @Sendable (RehearsalOutcome, Language) -> String
    /// The value for programs.
    let value: @Sendable (RehearsalOutcome) -> JSONText

    private init(
        _ key: String, _ english: String, _ chinese: String, _ form: Form,
        _ figure: @escaping @Sendable (RunFigures) -> Double
    ) {
        self.key = key
        name = Phrase(english, chinese)
        cell = { outcome, _ in form.text(of: outcome.band(figure), in: outcome.runs.count) }
        value = { form.json(of: $0.band(figure)) }
    }

    /// The share of the runs that keep the limit for abandoned calls.
    private init(limit key: String, _ english: String, _ chinese: String) {
        self.key = key
        name = Phrase(english, chinese)
        cell = { outcome, _ in
            guard let limit = outcome.limit, let kept = outcome.limitKept else { return "-" }
            return "\(limit.percentage(places: 4)) %: \(Form.tenths(kept * 100)) %"
        }
        value = { outcome in
            .object([
                ("per_mille", outcome.limit.map { Form.exact($0 * 1_000) } ?? .null),
                ("kept_share", outcome.limitKept.map { .number($0) } ?? .null),
            ])
        }
    }

    /// The load of the number that is shown most, where the campaign knows which one it shows.
    private init(callerIDs key: String, _ english: String, _ chinese: String) {
        self.key = key
        name = Phrase(english, chinese)
        let busiest: @Sendable (RunFigures) -> Double = { Double($0.callerIDs.map(\.busiestDay).max() ?? 0) }
        cell = { outcome, language in
            outcome.isVendorChoosing
                ? language.say(ForecastPhrase.vendorChooses)
                : Form.count.text(of: outcome.band(busiest), in: outcome.runs.count)
        }
        value = { outcome in
            guard outcome.isVendorChoosing else { return Form.count.json(of: outcome.band(busiest)) }
            return .object([("median", .null), ("low", .null), ("high", .null)])
        }
    }

    /// Every figure, in the order in which they are shown.
    static let all = [
        ForecastFigure("end", "ends", "结束", .instant) { Double($0.end.milliseconds) },
        ForecastFigure("finished", "leads finished", "完成线索", .count) { Double($0.finished) },
        ForecastFigure("attempts", "attempts", "呼叫数", .count) { Double($0.outcomes.total) },
        ForecastFigure("contacts", "contacts", "接通数", .count) { Double($0.outcomes[.connected]) },
        ForecastFigure("agent_hours", "agent-hours", "坐席工时", .decimal) { $0.agentHours },
        ForecastFigure("contacts_per_agent_hour", "contacts per agent-hour", "每工时接通", .decimal) {
            $0.contactsPerAgentHour
        },
        ForecastFigure("utilisation", "agents talk", "通话占比", .percent) { $0.utilisation },
        ForecastFigure("occupancy", "agents talk or wrap up", "通话与话后占比", .percent) { $0.occupancy },
        ForecastFigure("abandonment", "abandoned, worst window", "呼损率（最差时段）", .percent) {
            ($0.worstWindow ?? $0.abandonment).rate
        },
        ForecastFigure(limit: "abandonment_limit", "limit kept in runs", "未超上限的模拟"),
        ForecastFigure("lines", "lines at most", "最多线路", .count) { Double($0.peakLines) },
        ForecastFigure(callerIDs: "caller_id_dials", "dials a day, busiest number", "单号单日最多呼叫"),
    ]
}

extension Delay: PhraseTable {
    /// What it is for people.
    package var phrase: Phrase {
        switch self {
        case .agents: Phrase("agents", "坐席")
        case .answers: Phrase("calls that ring", "振铃中的呼叫")
        case .risk: Phrase("risk of abandoning", "放弃风险")
        case .pickUp: Phrase("agents who pick up too late", "坐席接听过慢")
        case .pace: Phrase("the pace of calls", "外呼节奏")
        case .news: Phrase("news of idle agents", "坐席状态的延迟")
        case .lines: Phrase("lines", "线路")
        case .requestRate: Phrase("the vendor's rate", "供应商速率")
        case .callerID: Phrase("caller IDs", "主叫号码")
        case .callingHours: Phrase("calling hours", "呼叫时段")
        case .attemptCap: Phrase("attempt caps", "呼叫次数上限")
        case .retryWait: Phrase("nothing due: retries", "等待重呼")
        case .otherRules: Phrase("other rules", "其他规则")
        case .lastCalls: Phrase("nothing left: last calls", "最后的通话")
        }
    }
}

extension CampaignHistory.Parameter: PhraseTable {
    /// What it is for people.
    package var phrase: Phrase {
        switch self {
        case .answers: Phrase("answers, by list and hour", "接听率（按名单与时段）")
        case .outcomes: Phrase("machines and failures", "语音信箱与失败")
        case .ring: Phrase("ringing", "振铃时长")
        case .talk: Phrase("talk", "通话时长")
        case .wrapUp: Phrase("wrap-up", "话后处理时长")
        }
    }
}
