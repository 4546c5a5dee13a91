import ArgumentParser
import DialModel
import Ledger
import Telephony
import Wording

/// A command's failure: words for the person, and the exit code for the script (sysexits).
struct Failure: Error, CustomStringConvertible {
    /// The documented exit codes; see `autodialer --help`.
    enum Code: Int32, CaseIterable {
        case usage = 64
        case badInput = 65
        case noInput = 66
        case vendorUnavailable = 69
        case internalError = 70
        case cannotCreate = 73
        case inputOutput = 74
        case tryLater = 75
        case notPermitted = 77
        case badConfiguration = 78
        case interrupted = 130
        case terminated = 143

        /// What the manual and the guide say of it.
        var meaning: String {
            switch self {
            case .usage: "wrong usage of the command"
            case .badInput:
                "the campaign or a list is wrong, every finding is printed; or the audit log is not sound, or a copy of a "
                    + "database not the same"
            case .noInput: "a file or campaign is not there, or no run of it is going on"
            case .vendorUnavailable: "the vendor cannot be reached; run the same command again later"
            case .internalError: "an internal error"
            case .cannotCreate: "an output file cannot be written, or a database is not empty that has to be"
            case .inputOutput: "reading or writing failed: full disk, damaged database"
            case .tryLater:
                "somebody else is at it: another run, runners that took over, or a program that holds the database; or its "
                    + "server is out of reach; try again"
            case .notPermitted:
                "the vendor refuses the account or the campaign's calls, the database's server does not let us in, or something "
                    + "is missing that the rules ask for"
            case .badConfiguration:
                "vendors.yaml is wrong, or the database is from a newer release; doctor: something stands in the way"
            case .interrupted: "stopped by Ctrl-C, after calls in progress have finished"
            case .terminated: "stopped by SIGTERM, after calls in progress have finished"
            }
        }
    }

    var code: Code
    /// One line for each problem, the fix in the last.
    var lines: [Phrase]

    init(_ code: Code, saying lines: [Phrase]) {
        self.code = code
        self.lines = lines
    }

    init(_ code: Code, diagnostics: [Diagnostic]) {
        self.init(code, saying: diagnostics.map(\.rendered))
    }

    /// Something is missing that the rules ask for, a line for each thing.
    init(missing refusals: [Phrase]) {
        self.init(.notPermitted, saying: refusals + [ErrorPhrase.nobodyBefore.phrase])
    }

    init(_ error: LedgerError) {
        let phrase: ErrorPhrase =
            switch error.code {
            case .locked: error.operation == "lock" ? .lockedByRun : .busy
            case .fenced: .takenOver
            case .unreachable: .unreachable
            case .full: .full
            case .readOnly: .readOnly
            case .cannotOpen: .cannotOpen
            case .denied: .denied
            case .corrupt: .corrupt
            case .newerSchema: .newerSchema
            case .io: .deviceFailed
            case .rejectedBySource: .sourceFailed
            case .constraint, .other: .storeFailed
            }
        self.init(Self.code(of: error.code), saying: [phrase.filled(error.phrase)])
    }

    init(_ error: VendorError) {
        let phrase: ErrorPhrase
        switch error.meaning {
        case .misconfigured, .refused, .barred: (code, phrase) = (.notPermitted, .vendorRefuses)
        case .throttled, .unavailable: (code, phrase) = (.vendorUnavailable, .vendorAway)
        case .outcomeUnknown: (code, phrase) = (.vendorUnavailable, .vendorUncertain)
        }
        lines = [phrase.filled(error.phrase)]
    }

    /// What is wrong, in one phrase, whatever the error is.
    static func words(of error: any Error) -> Phrase {
        (error as? Failure).map { Phrase(listing: $0.lines) } ?? (error as? VendorError)?.phrase
            ?? (error as? LedgerError)?.phrase ?? Phrase(same: "\(error)")
    }

    var description: String { lines.map(\.english).joined(separator: "\n") }

    private static func code(of ledgerCode: LedgerError.Code) -> Code {
        switch ledgerCode {
        case .locked, .fenced, .unreachable: .tryLater
        case .full, .io, .corrupt: .inputOutput
        case .readOnly: .cannotCreate
        case .cannotOpen: .noInput
        case .denied: .notPermitted
        case .newerSchema: .badConfiguration
        case .rejectedBySource: .badInput
        case .constraint, .other: .internalError
        }
    }
}

extension VendorError {
    /// What was asked of whom, and the vendor's own words; in English as in logs.
    var phrase: Phrase {
        ErrorPhrase.vendorFailed.filled(vendor, operation, code + (message.isEmpty ? "" : ": \(message)"))
    }
}

extension ParsableArguments {
    /// Runs a command's work and turns its failure into messages on stderr and the documented exit code.
    func reportingFailures(in language: Language = .ofLocale, _ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let failure as Failure {
            Console.error(failure.lines, in: language)
            throw ExitCode(failure.code.rawValue)
        } catch let error as LedgerError {
            let failure = Failure(error)
            Console.error(failure.lines, in: language)
            throw ExitCode(failure.code.rawValue)
        } catch let error as VendorError {
            let failure = Failure(error)
            Console.error(failure.lines, in: language)
            throw ExitCode(failure.code.rawValue)
        }
    }
}
