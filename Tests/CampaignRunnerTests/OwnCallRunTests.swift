import CampaignRunner
import DialEngine
import DialModel
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import TestSupport
import Testing

@Suite("A run whose vendor dials by itself")
struct OwnCallRunTests {
    @Test("Each answered call is one attempt upon its lead, or upon a stranger, whatever is told twice")
    func attempts() async throws {
        let stage = try await Stage(leads: 3)
        let stranger = "+8615400009999"
        let vendor = SelfDiallingVendor(
            clock: stage.clock, callees: ["+8615400001001", stranger, "hidden", "+8615400001000"])
        let runner = try await stage.runner(vendor) { settings in
            settings.style = .vendorPaced
            settings.maxAttempts = 3
        }
        #expect(try await runner.run() == .attemptLimit)
        let attempts = try await stage.attempts()
        #expect(attempts.map(\.number.e164) == ["+8615400001001", stranger, "+8615400001000"])
        #expect(attempts.map(\.outcome) == [.connected, .connected, .connected])
        #expect(attempts.map(\.vendorCall?.value) == ["call-0", "call-1", "call-3"])
        let leads = try await stage.ledger.leads(of: stage.campaign, after: nil, limit: 10)
        #expect(leads.map(\.list) == ["list.csv", "list.csv", "list.csv", ImportedFile.strangers.name])
        #expect(leads.map(\.state) == [.finished, .finished, .waiting, .finished])
        #expect(vendor.told.first == true)
        await stage.cleanUp()
    }

    @Test("A ledger that fails ends the run")
    func failure() async throws {
        let stage = try await Stage(leads: 1)
        let vendor = SelfDiallingVendor(clock: stage.clock, callees: ["+8615400001000"])
        let failing = FailingLedger(stage.ledger, failingAt: 1, with: .full)
        let runner = try await stage.runner(vendor, over: failing) { $0.style = .vendorPaced }
        await #expect(throws: LedgerError.self) { _ = try await runner.run() }
        await stage.cleanUp()
    }
}
