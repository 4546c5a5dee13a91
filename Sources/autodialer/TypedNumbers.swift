import Foundation
import Wording

/// Numbers that an operator gives to a command.
///
/// Whoever is on the machine sees the arguments of every process, so `-` stands for the lines of stdin.
enum TypedNumbers {
    /// What stands for stdin.
    private static let standardInput = "-"
    /// The most that is read from stdin, in bytes: half a million numbers.
    private static let limit = 1 << 23

    /// The numbers that are meant: the arguments, or the lines of stdin that are not empty.
    static func texts(_ arguments: [String]) throws(Failure) -> [String] {
        guard arguments.contains(standardInput) else { return arguments }
        guard arguments.count == 1 else {
            throw Failure(.usage, saying: [ErrorPhrase.stdinAlone.phrase])
        }
        let bytes = (try? FileHandle.standardInput.read(upToCount: limit + 1)) ?? Data()
        guard bytes.count <= limit else {
            throw Failure(.badInput, saying: [ErrorPhrase.stdinLong.filled(limit)])
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard !lines.isEmpty else { throw Failure(.badInput, saying: [ErrorPhrase.stdinEmpty.phrase]) }
        return lines
    }

    /// The one number that is meant.
    static func text(_ argument: String) throws(Failure) -> String {
        let texts = try texts([argument])
        guard texts.count == 1 else { throw Failure(.badInput, saying: [ErrorPhrase.stdinSeveral.phrase]) }
        return texts[0]
    }
}
