package import Foundation

/// What is to go wrong in the simulator, so that clients can be tried against it (`vendors/alibaba-udesk.md`, A7.8).
///
/// A count `n` strikes every n-th time, so one strikes always and zero never. As JSON, every member may be left out.
package struct SimulatorFaults: Hashable, Sendable, Codable {
    /// Every n-th request is turned away for its rate, before it is looked at.
    package var throttleEvery = 0
    /// Every n-th request to place a call fails, with status 500 where it comes by HTTP, and is not carried out.
    package var failBeforeDialEvery = 0
    /// Every n-th request to place a call is carried out and then answered as if it had failed.
    package var failAfterDialEvery = 0
    /// Every n-th request to place a call hangs, is not carried out, and the connection is reset.
    package var resetBeforeDialEvery = 0
    /// Every n-th request to place a call is carried out, hangs, and the connection is reset.
    package var resetAfterDialEvery = 0
    /// How long such a request hangs, in milliseconds of the run's time.
    package var hangMs = 2000
    /// Every n-th request to place a call that is in order is declined all the same, and is not carried out.
    package var refuseDialEvery = 0
    /// The connection of every request after this many is reset, and no new one is accepted; zero for never.
    package var refuseConnectionsAfter = 0
    /// How long no connection is accepted then, in milliseconds of the run's time; zero for ever.
    package var refuseConnectionsMs = 0
    /// Phone numbers come as numbers that have lost their leading zero.
    package var numericPhoneNumbers = false
    /// A list of one comes as the element itself.
    package var singleObjects = false
    /// Lists come without their second layer.
    package var bareLists = false
    /// Booleans and numbers come as strings.
    package var stringScalars = false
    /// The link of a recording comes within a pair of quotation marks.
    package var quotedSignatureURLs = false
    /// Calls are known by a contact id of ten digits that differs from the task id.
    package var separateContactIDs = false
    /// Refused business requests come with status 200 and `Success: false`.
    package var softErrors = false
    /// Province and city come empty.
    package var emptyRegions = false
    /// The choice of a number comes out empty.
    package var emptyPicks = false
    /// Bodies come in small pieces.
    package var slowBodies = false
    /// Bodies come compressed, whether the client asked for it or not.
    package var gzip = false
    /// JSON comes as `text/html`.
    package var wrongContentType = false
    /// Every n-th call leaves no record for as long as `lostRecordMs` says.
    package var loseRecordEvery = 0
    /// How late a lost record turns up, in milliseconds of the run's time: about two hours
    /// (`vendors/alibaba-udesk.md`, A2.7).
    package var lostRecordMs = 7_200_000
    /// Every n-th event that a vendor pushes is lost.
    package var loseEventEvery = 0
    /// Every n-th event comes twice.
    package var duplicateEventEvery = 0
    /// Every n-th event comes late, and whatever follows it on its connection waits for it.
    package var delayEventEvery = 0
    /// How late such an event comes, in milliseconds of the run's time.
    package var delayEventMs = 2000
    /// Every so many milliseconds of the run's time all connections on which vendors push are reset; zero for never.
    package var cutConnectionsEveryMs = 0
    /// How long a session whose connection broke off still counts as its agent's, in milliseconds of the run's time, where
    /// sessions live and die with their connections.
    package var keepSessionsMs = 0
    /// Every n-th request under a session is answered as if the session had run out, and not carried out.
    package var expireSessionEvery = 0

    /// Nothing goes wrong.
    package init() {}

    /// Reads the members that are there; the others are off.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys, into value: inout Value) throws {
            value = try members.decodeIfPresent(Value.self, forKey: key) ?? value
        }
        try read(.throttleEvery, into: &throttleEvery)
        try read(.failBeforeDialEvery, into: &failBeforeDialEvery)
        try read(.failAfterDialEvery, into: &failAfterDialEvery)
        try read(.resetBeforeDialEvery, into: &resetBeforeDialEvery)
        try read(.resetAfterDialEvery, into: &resetAfterDialEvery)
        try read(.hangMs, into: &hangMs)
        try read(.refuseDialEvery, into: &refuseDialEvery)
        try read(.refuseConnectionsAfter, into: &refuseConnectionsAfter)
        try read(.refuseConnectionsMs, into: &refuseConnectionsMs)
        try read(.numericPhoneNumbers, into: &numericPhoneNumbers)
        try read(.singleObjects, into: &singleObjects)
        try read(.bareLists, into: &bareLists)
        try read(.stringScalars, into: &stringScalars)
        try read(.quotedSignatureURLs, into: &quotedSignatureURLs)
        try read(.separateContactIDs, into: &separateContactIDs)
        try read(.softErrors, into: &softErrors)
        try read(.emptyRegions, into: &emptyRegions)
        try read(.emptyPicks, into: &emptyPicks)
        try read(.slowBodies, into: &slowBodies)
        try read(.gzip, into: &gzip)
        try read(.wrongContentType, into: &wrongContentType)
        try read(.loseRecordEvery, into: &loseRecordEvery)
        try read(.lostRecordMs, into: &lostRecordMs)
        try read(.loseEventEvery, into: &loseEventEvery)
        try read(.duplicateEventEvery, into: &duplicateEventEvery)
        try read(.delayEventEvery, into: &delayEventEvery)
        try read(.delayEventMs, into: &delayEventMs)
        try read(.cutConnectionsEveryMs, into: &cutConnectionsEveryMs)
        try read(.keepSessionsMs, into: &keepSessionsMs)
        try read(.expireSessionEvery, into: &expireSessionEvery)
    }

    /// Reads the JSON of `POST /simulator/faults`; nil for what is no object, or names a switch that does not exist.
    package init?(json: Data) {
        guard let object = (try? JSONSerialization.jsonObject(with: json)) as? [String: Any],
            object.keys.allSatisfy({ CodingKeys(rawValue: $0) != nil }),
            let faults = try? JSONDecoder().decode(SimulatorFaults.self, from: json)
        else { return nil }
        self = faults
    }

    /// Whether a fault that strikes every so many times strikes this time, counted from one.
    static func strikes(_ every: Int, _ count: Int) -> Bool { every > 0 && count.isMultiple(of: every) }

    /// How answers are spelt under these faults.
    var style: JSONStyle {
        JSONStyle(
            numericPhones: numericPhoneNumbers, collapsesSingles: singleObjects, unwrapsLists: bareLists,
            quotesScalars: stringScalars)
    }

    private enum CodingKeys: String, CodingKey {
        case throttleEvery, failBeforeDialEvery, failAfterDialEvery, resetBeforeDialEvery, resetAfterDialEvery, hangMs
        case refuseDialEvery, refuseConnectionsAfter, refuseConnectionsMs, numericPhoneNumbers, singleObjects
        case bareLists, stringScalars, quotedSignatureURLs, separateContactIDs, softErrors, emptyRegions, emptyPicks
        case slowBodies, gzip, wrongContentType, loseRecordEvery, lostRecordMs
        case loseEventEvery, duplicateEventEvery, delayEventEvery, delayEventMs, cutConnectionsEveryMs
        case keepSessionsMs, expireSessionEvery
    }
}
