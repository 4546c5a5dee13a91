import ArgumentParser
import DialModel
import Forecast
import Foundation
import Wording

/// A run that died, played again.
struct ReplayRecording: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Plays the recording of a run that died to the engine, which has to answer as it did then.",
        discussion: """
            EXAMPLE
              autodialer replay autodialer.sqlite.spring.events.died-1

            While a run lasts, everything that it is told and everything that it decides is recorded beside the database. \
            The recording goes when the run ends as it should. When it dies the next run keeps it as …events.died-1 and says \
            so: send that file with a bug report. The numbers of callees in it are made up; your own numbers, the \
            vendor's words and the agents' names are as they were.

            Nothing is dialled or written. The exit code is 0 if every decision is made again as it was, and 70 if one is \
            not, as with a program of another version.
            """)

    @Argument(help: ArgumentHelp("The recording.", valueName: "file"), completion: .file())
    var file: String

    @OptionGroup var wording: LanguageOption

    func run() async throws {
        let language = wording.language
        try await reportingFailures(in: language) {
            guard let handle = FileHandle(forReadingAtPath: file) else {
                throw Failure(.noInput, saying: [RefusalPhrase.noFile.filled(file)])
            }
            defer { try? handle.close() }
            var lines = RecordedLines(handle, path: file)
            guard let first = try lines.next(), var replay = try? Replay(firstLine: first) else {
                throw Failure(.badInput, saying: [RefusalPhrase.noRecording.filled(file)])
            }
            let header = replay.header
            let words = ReplayPhrase.header.filled(header.account, header.version, header.startedAt.iso8601Local)
            Console.out(Console.plain(language.say(words)))
            while let line = try lines.next() {
                let difference: Replay.Difference?
                do {
                    difference = try replay.play(line)
                } catch {
                    // The last line may be torn; after any other there is more.
                    guard try lines.next() == nil else {
                        throw Failure(.badInput, saying: [RefusalPhrase.badLine.filled(file, lines.number - 1)])
                    }
                    break
                }
                if let difference { throw Self.failure(difference) }
            }
            for words in Self.summary(of: replay) { Console.out(language.say(words)) }
        }
    }

    private static func failure(_ difference: Replay.Difference) -> Failure {
        Failure(
            .internalError,
            saying: [
                RefusalPhrase.answeredOtherwise.filled(difference.event, difference.at.iso8601UTC),
                RefusalPhrase.then.filled(difference.recorded.trimmingCharacters(in: .newlines)),
                RefusalPhrase.now.filled(difference.present.trimmingCharacters(in: .newlines)),
            ])
    }

    private static func summary(of replay: Replay) -> [Phrase] {
        guard let last = replay.last else { return [ReplayPhrase.toldNothing.phrase] }
        var lines = [ReplayPhrase.played.filled(replay.eventCount, last.at.iso8601UTC)]
        if replay.isFull { lines.append(ReplayPhrase.isFull.phrase) }
        if replay.isCutOff { lines.append(ReplayPhrase.isCutOff.filled(last.event)) }
        return lines
    }
}

/// The lines of a recording, read a piece at a time.
private struct RecordedLines {
    /// How many lines were read.
    private(set) var number = 0
    private let handle: FileHandle
    private let path: String
    private var buffer = Data()
    private var isAtEnd = false

    init(_ handle: FileHandle, path: String) {
        self.handle = handle
        self.path = path
    }

    private func piece() throws(Failure) -> Data? {
        do {
            guard let piece = try handle.read(upToCount: 1 << 16), !piece.isEmpty else { return nil }
            return piece
        } catch {
            throw Failure(
                .inputOutput, saying: [RefusalPhrase.readingFailed.filled(path, error.localizedDescription)])
        }
    }

    /// The next line without its end; nil after the last.
    mutating func next() throws(Failure) -> Data? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(buffer[buffer.startIndex..<end])
                buffer = buffer[(end + 1)...]
                number += 1
                return line
            }
            guard !isAtEnd else {
                defer { buffer = Data() }
                return buffer.isEmpty ? nil : buffer
            }
            guard let piece = try piece() else {
                isAtEnd = true
                continue
            }
            buffer += piece
        }
    }
}
