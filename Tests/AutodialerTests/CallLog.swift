import Foundation

/// The simulator's own account of the calls that it placed.
struct CallLog {
    /// One call, as far as it got.
    struct Call: Decodable {
        var task_id: String?
        var call_id: String?
        var callee: String
        var placed_ms: Int64
        var connected_ms: Int64?
        var ended_ms: Int64?
        var callee_kind: String?

        /// The vendor's name of it, which one vendor calls so and the others otherwise.
        var name: String { task_id ?? call_id ?? "" }
    }

    private struct Line: Decodable {
        var event: String
    }

    /// Every call placed, in order; a call that ended is told as it ended.
    var calls: [Call] = []
    /// How many lines say that a call was placed.
    var placedLines = 0

    /// Reads the lines that are whole.
    init(_ file: String) throws {
        // A simulator that is killed while it writes leaves a part of its last line.
        let lines = (FileManager.default.contents(atPath: file) ?? Data())
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
        let decoder = JSONDecoder()
        var places: [String: Int] = [:]
        for line in lines {
            let call = try decoder.decode(Call.self, from: line)
            if try decoder.decode(Line.self, from: line).event == "placed" {
                placedLines += 1
                places[call.name] = calls.count
                calls.append(call)
            } else if let place = places[call.name] {
                calls[place] = call
            }
        }
    }

    /// How many lines a log has.
    static func lineCount(_ file: String) -> Int {
        (FileManager.default.contents(atPath: file) ?? Data()).count { $0 == UInt8(ascii: "\n") }
    }
}
