import DialModel

extension AlibabaDialect {
    /// The operations that the dialect knows; every other is unknown to the gateway.
    static let actions: Set<String> = [
        "PickGlobalOutboundNumbers", "PickOutboundNumbers", "PickLocalNumber", "GetNumberRegionInfo",
        "CheckNumberAvaliable", "Encrypt",
        "ListOutboundPhoneNumberOfUser", "ListSkillGroupsOfUser", "ListSkillGroups", "ListTransferableSkillGroups",
        "ListPhoneNumbers", "ListPhoneTags", "GetRoutePoint", "GetServiceExtensions",
        "ListAgentStates", "ListRealTimeAgent", "ListSkillGroupStates", "ListAgentStateLogs", "ListAgentEvents",
        "ResetUserStatus", "GenerateAgentStatisticReport",
        "DialEx", "StartBack2BackCall", "GetPredictiveTaskData",
        "ListCallDetailRecords", "ListRecentCallRecords", "ListCallEventDetailByContactId", "ListIvrTrackingDetail",
        "ListRecordingsByContactId", "DownloadRecording", "DownloadAllTypeRecording",
    ]

    /// Carries out an operation and gives the members that follow the envelope.
    mutating func perform(
        _ action: String, _ parameters: AlibabaParameters
    ) throws(AlibabaRefusal) -> [(String, JSON)] {
        if action == "Encrypt" { return try encrypt(parameters) }
        guard try parameters.required("InstanceId") == settings.account.instanceID else {
            throw .notExists("InstanceId")
        }
        switch action {
        case "PickGlobalOutboundNumbers": return try pickGlobalOutboundNumbers(parameters)
        case "PickOutboundNumbers": return try pickOutboundNumbers(parameters)
        case "PickLocalNumber": return try pickLocalNumber(parameters)
        case "GetNumberRegionInfo": return try getNumberRegionInfo(parameters)
        case "CheckNumberAvaliable": return try checkNumberAvaliable(parameters)
        case "ListOutboundPhoneNumberOfUser": return try listOutboundPhoneNumberOfUser(parameters)
        case "ListSkillGroupsOfUser": return try listSkillGroupsOfUser(parameters)
        case "ListSkillGroups": return listSkillGroups(parameters)
        case "ListTransferableSkillGroups": return listTransferableSkillGroups()
        case "ListPhoneNumbers": return try listPhoneNumbers(parameters)
        case "ListPhoneTags": return try listPhoneTags(parameters)
        case "GetRoutePoint": return try getRoutePoint(parameters)
        case "GetServiceExtensions": return try getServiceExtensions(parameters)
        default: return try performOnAgentsOrCalls(action, parameters)
        }
    }

    private mutating func performOnAgentsOrCalls(
        _ action: String, _ parameters: AlibabaParameters
    ) throws(AlibabaRefusal) -> [(String, JSON)] {
        switch action {
        case "ListAgentStates": return try listAgentStates(parameters)
        case "ListRealTimeAgent": return listRealTimeAgent()
        case "ListSkillGroupStates": return try listSkillGroupStates(parameters)
        case "ListAgentStateLogs": return try listAgentStateLogs(parameters)
        case "ListAgentEvents": return try listAgentEvents(parameters)
        case "ResetUserStatus": return resetUserStatus(parameters)
        case "GenerateAgentStatisticReport": return try generateAgentStatisticReport(parameters)
        case "DialEx": return try dialEx(parameters)
        case "StartBack2BackCall": return try startBack2BackCall(parameters)
        case "GetPredictiveTaskData": return try getPredictiveTaskData(parameters)
        case "ListCallDetailRecords": return try listCallDetailRecords(parameters)
        case "ListRecentCallRecords": return try listRecentCallRecords(parameters)
        case "ListCallEventDetailByContactId": return try listCallEventDetailByContactId(parameters)
        case "ListIvrTrackingDetail": return try listIvrTrackingDetail(parameters)
        case "ListRecordingsByContactId": return try listRecordingsByContactId(parameters)
        case "DownloadRecording": return try downloadRecording(parameters)
        case "DownloadAllTypeRecording": return try downloadAllTypeRecording(parameters)
        default: throw .gateway("InvalidApi.NotFound", 404, "Specified api is not found, please check your url.")
        }
    }
}
