import DialModel
import Foundation
import Telephony

/// The state that concurrent requests share.
///
/// `@unchecked Sendable`: every access to `dialect`, `log` and the counts goes through `lock`.
final class SimulatorState: @unchecked Sendable {
    private let lock = NSLock()
    private let clock: any RunClock
    private var dialect: AlibabaDialect
    private let log: CallLog?
    private var loggedPlaced = 0
    private var loggedEnded = 0

    init(settings: SimulatorSettings, clock: any RunClock, log: CallLog?) {
        self.clock = clock
        self.log = log
        dialect = AlibabaDialect(settings: settings, start: clock.now)
    }

    /// What goes wrong at present.
    var faults: SimulatorFaults {
        get { lock.withLock { dialect.faults } }
        set { lock.withLock { dialect.faults = newValue } }
    }

    /// Answers a request of the vendor's API.
    func answer(_ request: WireRequest) -> (answer: WireAnswer, faults: SimulatorFaults) {
        lock.withLock {
            let answer = dialect.answer(request, at: clock.now)
            writeLog()
            return (answer, dialect.faults)
        }
    }

    /// Lets everything happen that is due.
    func advance() {
        lock.withLock {
            dialect.centre.advance(to: clock.now)
            writeLog()
        }
    }

    /// Looks at the call centre as it is now.
    func look<Result>(_ body: (AlibabaDialect) -> Result) -> Result {
        lock.withLock {
            dialect.centre.advance(to: clock.now)
            writeLog()
            return body(dialect)
        }
    }

    /// Changes the call centre as it is now.
    func change(_ body: (inout AlibabaDialect) -> Void) {
        lock.withLock {
            dialect.centre.advance(to: clock.now)
            body(&dialect)
            writeLog()
        }
    }

    /// Appends what has been placed and what has ended since the last time; the caller holds the lock.
    private func writeLog() {
        guard let log else { return }
        while loggedPlaced < dialect.centre.calls.count {
            log.append(dialect.logLine(ofCall: loggedPlaced, event: "placed"))
            loggedPlaced += 1
        }
        while loggedEnded < dialect.centre.ended.count {
            log.append(dialect.logLine(ofCall: dialect.centre.ended[loggedEnded], event: "ended"))
            loggedEnded += 1
        }
    }
}
