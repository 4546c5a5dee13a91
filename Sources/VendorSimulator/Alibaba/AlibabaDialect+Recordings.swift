import DialModel

/// Recordings of conversations with agents (`vendors/alibaba-udesk.md`, A2.7).
extension AlibabaDialect {
    func listRecordingsByContactId(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let call = try recordedCall(parameters)
        return [("Recordings", .wrapped("Recording", recordings(of: call)))]
    }

    func downloadRecording(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let file = try parameters.required("FileName")
        let suffix = ".wav"
        guard file.hasSuffix(suffix), let call = call(contactID: String(file.dropLast(suffix.count))) else {
            throw .notExists("FileName")
        }
        return [("MediaDownloadParam", downloadLink(fileName(of: centre.calls[call])))]
    }

    func downloadAllTypeRecording(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let call = try recordedCall(parameters)
        let links = call.agent == nil ? [] : [downloadLink(fileName(of: call))]
        return [("MediaDownloadParamList", .wrapped("MediaDownloadParam", links))]
    }

    /// The recordings of a call: one, if an agent spoke and the call is over.
    func recordings(of call: SimulatedCall) -> [JSON] {
        guard let agent = call.agent, let connected = call.connectedAt, call.endedAt != nil else { return [] }
        return [
            .object([
                ("FileName", .string(fileName(of: call))), ("FileDescription", .string("")),
                ("StartTime", .number(connected.milliseconds)),
                ("Duration", .number(call.talkTime.components.seconds)),
                ("AgentId", .string(centre.agents[agent].id)), ("AgentName", .string(centre.agents[agent].name)),
                ("CallingNumber", .phone(call.caller)), ("CalledNumber", .phone(call.callee)),
                ("ContactId", .string(contactID(of: call.ordinal))), ("ContactType", .string(call.contactType)),
            ])
        ]
    }

    private func fileName(of call: SimulatedCall) -> String { contactID(of: call.ordinal) + ".wav" }

    private func downloadLink(_ file: String) -> JSON {
        let link = "http://127.0.0.1/simulator/recordings/\(file)"
        return .object([
            ("FileName", .string(file)),
            ("SignatureUrl", .string(faults.quotedSignatureURLs ? "\"\(link)\"" : link)),
        ])
    }

    private func recordedCall(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> SimulatedCall {
        guard let ordinal = call(contactID: try parameters.required("ContactId")) else { throw .notExists("ContactId") }
        return centre.calls[ordinal]
    }
}
