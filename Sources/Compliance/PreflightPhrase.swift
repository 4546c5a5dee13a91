package import Wording

/// What is missing that rules ask for, and how to say that it is there.
package enum PreflightPhrase: CaseIterable, PhraseTable {
    case listNotAsked, vendorRules, shortRing, consent, message, callerIDProof, houseList

    /// The words.
    package var phrase: Phrase {
        switch self {
        case .listNotAsked:
            Phrase(
                "the do-not-call list \"{1}\" is not asked; write dnc: { lists: [{1}] }",
                "没有查询禁呼名单“{1}”；请写 dnc: { lists: [{1}] }")
        case .vendorRules:
            Phrase(
                "the vendor chooses whom to call and when, and nothing shows that it keeps these rules; write "
                    + "compliance: { vendor_rules_proof: ... }",
                "由供应商决定呼叫谁、何时呼叫，没有凭证表明其遵守这些规则；请写 compliance: { vendor_rules_proof: ... }")
        case .shortRing:
            Phrase(
                "phones ring too short a time; write dial: { ring_timeout: {1}s } or more",
                "振铃时间过短；请写 dial: { ring_timeout: {1}s } 或更长")
        case .consent:
            Phrase(
                "nothing shows that callees agreed; write consent: { reference: ... } or { column: ... }",
                "没有客户同意的凭证；请写 consent: { reference: ... } 或 { column: ... }")
        case .message:
            Phrase(
                "callees for whom no agent is ready hear nothing; write compliance: { message: ... }, or use mode: progressive",
                "没有坐席接听时客户听不到任何语音；请写 compliance: { message: ... }，或用 mode: progressive")
        case .callerIDProof:
            Phrase(
                "nothing shows the right to show the caller ID; write compliance: { caller_id_proof: ... }",
                "没有使用主叫号码的凭证；请写 compliance: { caller_id_proof: ... }")
        case .houseList:
            Phrase(
                "the campaign names no do-not-call list of your own; write dnc: { lists: [house] }",
                "活动没有写明自有的禁呼名单；请写 dnc: { lists: [house] }")
        }
    }
}
