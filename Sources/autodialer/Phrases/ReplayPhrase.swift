import Wording

/// What is said of the recording of a run that died.
enum ReplayPhrase: CaseIterable, PhraseTable {
    case kept, header, toldNothing, played, isFull, isCutOff

    var phrase: Phrase {
        switch self {
        case .kept:
            Phrase(
                "the run before this one was cut off; what it had been told is kept in {1} (see replay)",
                "上一次运行中断；其收到的内容保存在 {1}（见 replay）")
        case .header:
            Phrase("a run through {1} by autodialer {2}, begun {3}", "通过 {1} 的运行，autodialer {2}，始于 {3}")
        case .toldNothing: Phrase("it was told nothing", "没有收到任何事件")
        case .played:
            Phrase(
                "{1} events, the last one at {2}: each is answered as it was then", "{1} 个事件，最后一个在 {2}：应答均与当时相同")
        case .isFull:
            Phrase(
                "the recording had grown as large as it may; the run went on without it", "记录已达大小上限；此后的运行未再记录")
        case .isCutOff:
            Phrase("the run died before the last one was answered: {1}", "运行在应答最后一个事件之前中断：{1}")
        }
    }
}
