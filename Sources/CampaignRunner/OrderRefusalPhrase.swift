package import Wording

/// Why a run does not do what it is told.
package enum OrderRefusalPhrase: CaseIterable, PhraseTable {
    case isEnding, hasEnded, noCall, notPlacedYet, unknown, endingAlready, nobodyTalks
    case noAgentOrders, noListening, noDropping

    /// The reason; its places are for the call, or for the account.
    package var phrase: Phrase {
        switch self {
        case .isEnding: Phrase("the run is ending, and places no calls any more", "运行正在结束，不再外呼")
        case .hasEnded: Phrase("the run has just ended", "运行刚刚结束")
        case .noCall:
            Phrase(
                "there is no call {1}; it has ended, or never was one of this run", "没有呼叫 {1}：已经结束，或不属于本次运行")
        case .notPlacedYet:
            Phrase("the vendor has not taken call {1} yet; try again in a moment", "供应商尚未受理呼叫 {1}；请稍后再试")
        case .unknown:
            Phrase(
                "what the vendor does with call {1} is not known; it is being looked up", "供应商对呼叫 {1} 的处理情况不明，正在查询")
        case .endingAlready: Phrase("call {1} is being ended already", "呼叫 {1} 已在挂断中")
        case .nobodyTalks: Phrase("no agent talks in call {1}", "呼叫 {1} 中没有坐席在通话")
        case .noAgentOrders:
            Phrase(
                "agents cannot be told to be ready, to take a break or to sign out with {1}", "{1} 不能通知坐席就绪、小休或签出")
        case .noListening:
            Phrase("nobody can listen to a call, join it or take it over with {1}", "{1} 不能监听、加入或接管通话")
        case .noDropping: Phrase("a call cannot be ended with {1}", "{1} 不能挂断通话")
        }
    }
}
