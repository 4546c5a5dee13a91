import AlibabaVendor
import CurlTransport
import DialModel
import Telephony
import Testing

@testable import VendorSimulator

/// The inventory as a vendor client reads it, over real sockets.
@Suite struct NumberDirectoryTests {
    @Test func `The account's numbers come back as they are, whatever the spelling of the answers`() async throws {
        let switches: [(inout SimulatorFaults) -> Void] = [
            { _ in }, { $0.numericPhoneNumbers = true }, { $0.singleObjects = true }, { $0.bareLists = true },
            { $0.stringScalars = true },
        ]
        for (index, turnOn) in switches.enumerated() {
            var settings = SimulatorSettings(
                centre: Centre.figures(agents: 2), callModel: Centre.model(), timestampTolerance: .seconds(86_400))
            turnOn(&settings.faults)
            let expected = settings.account.inventory.numbers.map { number in
                var tagged = number
                tagged.provider = "simulator"
                return tagged
            }
            let found = try await inventory(of: settings)
            #expect(found == expected.sorted { $0.number < $1.number }, "switch \(index)")
        }
    }

    private func inventory(of settings: SimulatorSettings) async throws -> [OutboundNumber] {
        let clock = SystemClock(speed: 200)
        let simulator = try VendorSimulator(settings: settings, clock: clock)
        let port = try await simulator.start()
        let transport = CurlTransport(settings: CurlSettings(), environment: [:])
        let account = AlibabaAccount(
            name: "simulator", endpoint: "http://127.0.0.1:\(port)", instanceID: settings.account.instanceID,
            accessKeyID: settings.account.accessKeyID, accessKeySecret: settings.account.accessKeySecret)
        let vendor: any NumberDirectory = AlibabaVendor(
            account: account, skillGroup: settings.account.skillGroupName, transport: transport, clock: clock, seed: 1)
        let result: Result<[OutboundNumber], VendorError>
        do {
            result = .success(try await vendor.outboundNumbers())
        } catch {
            result = .failure(error)
        }
        await transport.shutdown()
        await simulator.stop()
        return try result.get()
    }
}
