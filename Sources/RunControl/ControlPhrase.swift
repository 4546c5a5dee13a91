package import Wording

/// Why a request to a running campaign came to nothing before anybody looked into it.
package enum ControlPhrase: CaseIterable, PhraseTable {
    case noSocket, notServed, notOwner, tooSlow, isOver, brokenOff, unanswered, unreadable
    case unknownRequest, unknownAgentOrder, unknownCallOrder, noObject, noAgent, noCall, noPhone
    case requestTooLong, noRequest, noLength, badLength, bodyTooLong
    // What has no words of its own is read back after all others.
    case noEntrance

    /// The reason.
    package var phrase: Phrase { ofConnections ?? ofRequests }

    private var ofConnections: Phrase? {
        switch self {
        case .noSocket: Phrase("cannot make {1}: {2}", "无法创建 {1}：{2}")
        case .notServed: Phrase("cannot serve {1}: {2}", "无法在 {1} 上提供服务：{2}")
        case .notOwner:
            Phrase("only the user who runs the campaign may command it", "只有运行该活动的用户可以对其下达指令")
        case .tooSlow: Phrase("the request took too long to arrive", "请求到达过慢")
        case .isOver: Phrase("the run is over", "运行已结束")
        case .brokenOff: Phrase("the request was broken off", "请求中断")
        case .unanswered: Phrase("the run did not answer: {1}", "运行没有应答：{1}")
        case .unreadable: Phrase("the run's answer cannot be read", "无法读取运行的应答")
        default: nil
        }
    }

    private var ofRequests: Phrase {
        switch self {
        case .unknownRequest:
            Phrase(
                "the run does not know this request; it may be of another version", "运行不认识此请求；运行的版本可能不同")
        case .unknownAgentOrder: Phrase("the run does not know this order to an agent", "运行不认识对坐席的此项指令")
        case .unknownCallOrder: Phrase("the run does not know this order about a call", "运行不认识对呼叫的此项指令")
        case .noObject: Phrase("the body is no JSON object", "请求正文不是 JSON 对象")
        case .noAgent: Phrase("the agent is missing", "缺少坐席")
        case .noCall: Phrase("the call is missing", "缺少呼叫")
        case .noPhone: Phrase("the phone is missing", "缺少话机")
        case .requestTooLong: Phrase("the request is too long", "请求过长")
        case .noRequest: Phrase("this is no HTTP request", "这不是 HTTP 请求")
        case .noLength: Phrase("a body has to come with its length", "请求正文必须注明长度")
        case .badLength: Phrase("the length of the body cannot be read", "无法读取请求正文的长度")
        case .noEntrance: Phrase("{1}: {2}", "{1}：{2}")
        default: Phrase("the body is too long", "请求正文过长")
        }
    }
}
