import Wording

/// The words about several runners of a campaign.
enum RunnerPhrase: CaseIterable, PhraseTable {
    case runners, atWork, row, leads, alive, lapsed, fenced, ended, share, noShare
    case paused, resumed, draining

    var phrase: Phrase {
        switch self {
        case .runners: Phrase("runners", "运行程序")
        case .atWork: Phrase("{1} at work", "{1} 个在运行")
        case .row: Phrase("{1} ({2}, run {3}): {4}", "{1}（{2}，第 {3} 次运行）：{4}")
        case .leads: Phrase("leads the others; {1}", "负责分配；{1}")
        case .alive: Phrase("heard from {1} s ago; {2}", "{1} 秒前有消息；{2}")
        case .lapsed:
            Phrase(
                "not heard from for {1} s, and places no calls; the next to be heard from takes over",
                "已 {1} 秒没有消息，不再外呼；下一个有消息的运行程序将接管")
        case .fenced: Phrase("was given up, and others have taken over", "已被放弃，由其他运行程序接管")
        case .ended: Phrase("has ended", "已结束")
        case .share: Phrase("{1} agents, {2} lines", "{1} 名坐席，{2} 条线路")
        case .noShare: Phrase("no agents and lines yet", "尚未分到坐席和线路")
        case .paused:
            Phrase(
                "{1}: paused for its {2} runners; no calls are placed until it is resumed, and conversations go on",
                "{1}：{2} 个运行程序均已暂停；恢复之前不再外呼，通话中的继续")
        case .resumed: Phrase("{1}: resumed for its {2} runners", "{1}：{2} 个运行程序均已恢复")
        case .draining:
            Phrase(
                "{1}: draining; its {2} runners place no more calls, and end when those in progress have ended",
                "{1}：正在收尾；{2} 个运行程序不再外呼，进行中的呼叫结束后退出")
        }
    }
}
