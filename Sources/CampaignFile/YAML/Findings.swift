import Wording

/// Collects what is wrong with one file, so that its author can mend everything at once.
final class Findings {
    let file: String
    private var found: [Diagnostic] = []

    init(file: String) {
        self.file = file
    }

    /// Records an error.
    func error(_ message: Phrase, line: Int?, hint: Phrase? = nil) {
        found.append(Diagnostic(.error, message, file: file, line: line, hint: hint))
    }

    /// Records what its author should know, though the file can be used.
    func warning(_ message: Phrase, line: Int?, hint: Phrase? = nil) {
        found.append(Diagnostic(.warning, message, file: file, line: line, hint: hint))
    }

    /// Records a finding that was made elsewhere.
    func add(_ diagnostic: Diagnostic) {
        found.append(diagnostic)
    }

    /// Whether nothing stands in the way of using the file.
    var isClean: Bool { !found.contains { $0.severity == .error } }

    /// What was found, in the order of the file; what was found in other files comes after it.
    var inOrder: [Diagnostic] {
        found.enumerated()
            .sorted { first, second in
                let isOwn = (first.element.file == file, second.element.file == file)
                guard isOwn.0 == isOwn.1 else { return isOwn.0 }
                return (first.element.line ?? 0, first.offset) < (second.element.line ?? 0, second.offset)
            }
            .map(\.element)
    }
}
