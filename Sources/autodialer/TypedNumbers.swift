import Foundation

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
            throw Failure(.usage, "error: - stands for numbers from stdin, and no other numbers can be given with it")
        }
        let bytes = (try? FileHandle.standardInput.read(upToCount: limit + 1)) ?? Data()
        guard bytes.count <= limit else {
            throw Failure(.badInput, "error: stdin has more than \(limit) bytes; give the numbers in several runs")
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard !lines.isEmpty else { throw Failure(.badInput, "error: stdin has no number; write one a line") }
        return lines
    }

    /// The one number that is meant.
    static func text(_ argument: String) throws(Failure) -> String {
        let texts = try texts([argument])
        guard texts.count == 1 else { throw Failure(.badInput, "error: stdin has more than one number; give one") }
        return texts[0]
    }
}
