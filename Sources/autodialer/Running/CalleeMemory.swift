import CampaignRunner
import Compliance
import DialModel
import Foundation

/// What the rules ask for where each callee may live, worked out once for all of a forecast's runs.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class CalleeMemory: @unchecked Sendable {
    private let lock = NSLock()
    private var byLead: [LeadID: Int] = [:]
    private var byWhereabouts: [CalleeWhereabouts: Int] = [:]
    private var rules: [GatePolicy.CalleeRules] = []

    /// What is asked for of a lead; callees at the same place share it.
    func rules(
        of lead: LeadID, at whereabouts: () -> CalleeWhereabouts,
        made: (CalleeWhereabouts) -> GatePolicy.CalleeRules
    ) -> GatePolicy.CalleeRules {
        lock.withLock {
            if let known = byLead[lead] { return rules[known] }
            let place = whereabouts()
            let index = byWhereabouts[place] ?? rules.count
            if index == rules.count {
                rules.append(made(place))
                byWhereabouts[place] = index
            }
            byLead[lead] = index
            return rules[index]
        }
    }
}
