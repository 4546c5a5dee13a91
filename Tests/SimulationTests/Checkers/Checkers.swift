/// Every checker that looks at a simulation.
enum Checkers {
    static var all: [any Checker] {
        [
            OneOutcomePerAttempt(), WhatWasSeenStays(), OneAttemptPerLead(), DurableBeforeActing(), RetryWait(),
            Lines(), AttemptCaps(),
            HoursAreKept(), DoNotCallLists(), CallerIDs(), OneCallPerAttempt(), MinimumRing(), OutcomesAreTrue(),
            UnknownsAreSettled(), AgentsHaveOneCall(), CalleesWaitInTurn(), AnswersAreSeenTo(), OrdersAreKept(),
            EndsAreEnds(), TotalsAgree(),
        ]
    }
}
