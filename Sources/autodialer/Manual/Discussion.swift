/// The longer part of a command's help: chapters with a title in capitals or none, of text and of lines that stay as they are.
struct Discussion {
    /// What stands together.
    enum Block {
        case text(String)
        case lines([String])
    }

    /// Blocks under one title.
    struct Chapter {
        var title: String?
        var blocks: [Block] = []
    }

    private(set) var chapters: [Chapter] = []

    /// Takes the text of a help apart.
    init(_ text: String?) {
        for part in (text ?? "").split(separator: "\n\n") {
            var lines = part.split(separator: "\n").map(String.init)
            guard let first = lines.first else { continue }
            let isTitle = first.allSatisfy { $0.isUppercase || $0 == " " }
            if isTitle { lines.removeFirst() }
            var chapter = Chapter(title: isTitle ? first : nil)
            for line in lines { Self.add(line, to: &chapter.blocks) }
            chapters.append(chapter)
        }
    }

    private static func add(_ line: String, to blocks: inout [Block]) {
        let isLiteral = line.hasPrefix(" ")
        switch blocks.last {
        case .lines(let lines)? where isLiteral: blocks[blocks.count - 1] = .lines(lines + [line])
        case .text(let text)? where !isLiteral: blocks[blocks.count - 1] = .text("\(text) \(line)")
        default: blocks.append(isLiteral ? .lines([line]) : .text(line))
        }
    }
}
