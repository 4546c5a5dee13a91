import CampaignRunner
import Wording

/// What comes of an order to a run; the run answers in English, and whoever asked reads it in their language.
enum OrderPhrase: CaseIterable, PhraseTable {
    case paused, resumed, wasNotPaused, draining
    case ready, onBreak, signedOut
    case drop, listen, barge, take, hold, retrieve, consult, cancelConsult, conference, transfer, record, recordNoLonger

    var phrase: Phrase { ofRuns ?? ofCalls }

    private var ofRuns: Phrase? {
        switch self {
        case .paused:
            Phrase(
                "paused; no calls are placed until it is resumed, and conversations go on",
                "已暂停；恢复前不再外呼，通话照常进行")
        case .resumed: Phrase("resumed; calls are placed again", "已恢复；继续外呼")
        case .wasNotPaused: Phrase("was not paused; calls are placed", "并未暂停，正在外呼")
        case .draining:
            Phrase(
                "draining; no more calls are placed, and the run ends when those in progress have ended",
                "正在收尾；不再外呼，进行中的通话结束后运行即结束")
        case .ready: Phrase("agent {1} was told to be ready", "已通知坐席 {1} 就绪")
        case .onBreak:
            Phrase(
                "agent {1} was told to take a break, after the present call if there is one",
                "已通知坐席 {1} 小休；如在通话中，则在本通结束后")
        case .signedOut:
            Phrase(
                "agent {1} was told to sign out, after the present call if there is one",
                "已通知坐席 {1} 签出；如在通话中，则在本通结束后")
        default: nil
        }
    }

    private var ofCalls: Phrase {
        switch self {
        case .drop: Phrase("call {1}: the vendor is asked to end it", "呼叫 {1}：已请供应商挂断")
        case .listen: Phrase("call {1}: phone {2} is rung to listen", "呼叫 {1}：话机 {2} 振铃，接起即可监听")
        case .barge: Phrase("call {1}: phone {2} is rung to join", "呼叫 {1}：话机 {2} 振铃，接起即加入通话")
        case .take: Phrase("call {1}: phone {2} is rung to take the call over", "呼叫 {1}：话机 {2} 振铃，接起即接管通话")
        case .hold: Phrase("call {1}: the vendor is asked to let the callee wait", "呼叫 {1}：已请供应商保持被叫")
        case .retrieve: Phrase("call {1}: the vendor is asked to take the callee back", "呼叫 {1}：已请供应商取回被叫")
        case .consult:
            Phrase(
                "call {1}: phone {2} is rung for the agent to consult, and the callee waits",
                "呼叫 {1}：话机 {2} 振铃供坐席咨询，被叫等待")
        case .cancelConsult:
            Phrase(
                "call {1}: the vendor is asked to end the consultation and to take the callee back",
                "呼叫 {1}：已请供应商结束咨询并取回被叫")
        case .conference:
            Phrase(
                "call {1}: the vendor is asked to bring callee, agent and colleague together",
                "呼叫 {1}：已请供应商让被叫、坐席与同事三方通话")
        case .transfer:
            Phrase("call {1}: the vendor is asked to leave the callee to the colleague", "呼叫 {1}：已请供应商把被叫转给同事")
        case .record: Phrase("call {1}: the vendor is asked to record it", "呼叫 {1}：已请供应商录音")
        default: Phrase("call {1}: the vendor is asked to record it no longer", "呼叫 {1}：已请供应商停止录音")
        }
    }
}

extension OrderPhrase {
    /// What a run said, in every language; it speaks English, and words of another version stay as they are.
    static func said(_ words: Phrase) -> Phrase {
        reading(words.english) ?? OrderRefusalPhrase.reading(words.english) ?? ErrorPhrase.reading(words.english)
            ?? words
    }
}
