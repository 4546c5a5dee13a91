import DialModel
package import Wording

/// What exactly stands against dialling a lead; the English is kept with the lead.
package enum GatePhrase: CaseIterable, PhraseTable {
    case attemptOpen, leadFinished, standby, wouldFinish, expired
    case listed, listMissing, listOutdated, noConsent
    case noInstant, lockedOut, waits, agentNotIdle, justCalled, dayPart, unknownZone, outsideHours, ofCampaign
    case numberEver, numberDaily, numberWithin, leadEver, leadDaily, leadWithin
    case hours, minutes, seconds

    /// The words.
    package var phrase: Phrase { ofLeads ?? ofLists ?? ofTimes ?? ofCaps }

    private var ofLeads: Phrase? {
        switch self {
        case .attemptOpen: Phrase("an attempt is open", "有一通呼叫未了结")
        case .leadFinished: Phrase("the lead is finished", "该线索已完成")
        case .standby: Phrase("other numbers of the callee are tried first", "先拨该客户的其他号码")
        case .wouldFinish: Phrase("it would be finished: {1}", "将被了结：{1}")
        case .expired: Phrase("the lead's time is over", "该线索已过有效期")
        default: nil
        }
    }

    private var ofLists: Phrase? {
        switch self {
        case .listed: Phrase("the number is on the do-not-call list \"{1}\"", "号码在禁呼名单“{1}”中")
        case .listMissing:
            Phrase("the do-not-call list \"{1}\" is not there; import it", "缺少禁呼名单“{1}”；请导入")
        case .listOutdated:
            Phrase(
                "the do-not-call list \"{1}\" is older than it may be; import it anew", "禁呼名单“{1}”已过期；请重新导入")
        case .noConsent: Phrase("nothing shows that the callee agreed", "没有客户同意的凭证")
        default: nil
        }
    }

    private var ofTimes: Phrase? {
        switch self {
        case .noInstant:
            Phrase(
                "{1}; nobody knows when that ends, so it is asked about again in a day", "{1}；何时结束无法确定，一天后再次检查")
        case .lockedOut:
            Phrase(
                "an earlier call was abandoned or taken for a machine; only a call with a reserved agent may follow",
                "此前的呼叫发生呼损或被判为机器接听；只能以预留坐席的方式再拨")
        case .waits: Phrase("it waits after an attempt or for a call-back", "等待重试间隔或约定的回访时间")
        case .agentNotIdle: Phrase("the agent who is to call back is not idle", "约定回访的坐席不空闲")
        case .justCalled: Phrase("another campaign called the number a moment ago", "另一活动刚刚呼叫过该号码")
        case .dayPart:
            Phrase("it was dialled at this time of the day, and other times come first", "该时段已拨过，先试其他时段")
        case .unknownZone:
            Phrase(
                "nobody knows in which time zone the callee lives; write hours: { zone: ... }, or a column of zones",
                "不知道客户所在的时区；请写明 hours: { zone: ... }，或在名单中加时区列")
        case .outsideHours:
            Phrase(
                "outside the hours where the callee lives or may live ({1})", "不在客户所在地（或可能所在地）的可呼时段（{1}）")
        case .ofCampaign: Phrase("campaign", "活动自定")
        case .hours: Phrase("{1} h", "{1} 小时")
        case .minutes: Phrase("{1} min", "{1} 分钟")
        case .seconds: Phrase("{1} s", "{1} 秒")
        default: nil
        }
    }

    /// Who sets a cap stands last.
    private var ofCaps: Phrase {
        switch self {
        case .numberEver: Phrase("the number had its dials: {1} ({2})", "该号码的呼叫次数已满：{1} 次（{2}）")
        case .numberDaily:
            Phrase("the number had its dials in a day: {1} ({2})", "该号码当天的呼叫次数已满：{1} 次（{2}）")
        case .numberWithin:
            Phrase("the number had its dials in {1}: {2} ({3})", "该号码 {1}内的呼叫次数已满：{2} 次（{3}）")
        case .leadEver: Phrase("the lead had its dials: {1} ({2})", "该线索的呼叫次数已满：{1} 次（{2}）")
        case .leadDaily: Phrase("the lead had its dials in a day: {1} ({2})", "该线索当天的呼叫次数已满：{1} 次（{2}）")
        default: Phrase("the lead had its dials in {1}: {2} ({3})", "该线索 {1}内的呼叫次数已满：{2} 次（{3}）")
        }
    }
}

extension GateBlock {
    /// What is kept with a lead that a gate holds back, with its gate first, in every language; nil if no gate kept it.
    package static func reading(holdReason: String) -> Phrase? {
        guard let gate = Gate(holdReason: holdReason), let detail = detail(ofHoldReason: holdReason) else { return nil }
        return Phrase(same: "\(gate.rawValue): {1}").filled(detail)
    }

    /// The same without the gate.
    package static func detail(ofHoldReason holdReason: String) -> Phrase? {
        guard let gate = Gate(holdReason: holdReason) else { return nil }
        let detail = String(holdReason.dropFirst(gate.rawValue.count + 2))
        return GatePhrase.reading(detail) ?? Phrase(same: detail)
    }
}

extension AttemptCap {
    /// What is used up, and who says how much there is.
    var phrase: Phrase {
        switch (scope, period) {
        case (.number, .lifetime): GatePhrase.numberEver.filled(count, source.phrase)
        case (.number, .calendarDay): GatePhrase.numberDaily.filled(count, source.phrase)
        case (.number, .rolling(let span)):
            GatePhrase.numberWithin.filled(Self.phrase(span), count, source.phrase)
        case (.lead, .lifetime): GatePhrase.leadEver.filled(count, source.phrase)
        case (.lead, .calendarDay): GatePhrase.leadDaily.filled(count, source.phrase)
        case (.lead, .rolling(let span)):
            GatePhrase.leadWithin.filled(Self.phrase(span), count, source.phrase)
        }
    }

    private static func phrase(_ span: Duration) -> Phrase {
        let seconds = span.milliseconds / 1_000
        if seconds % 3_600 == 0 { return GatePhrase.hours.filled(seconds / 3_600) }
        return seconds % 60 == 0 ? GatePhrase.minutes.filled(seconds / 60) : GatePhrase.seconds.filled(seconds)
    }
}

extension RuleOrigin {
    /// What sets a limit, as it is told: the name of rules, or the campaign.
    var phrase: Phrase {
        switch self {
        case .campaign: GatePhrase.ofCampaign.phrase
        case .named(let name): Phrase(same: name)
        }
    }
}
