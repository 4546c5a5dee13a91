import Wording

/// What is wrong with a file as a whole, or with its form.
enum FilePhrase: CaseIterable, PhraseTable {
    case empty, tooLong, aliases, notYAML, notYAMLThere, notUTF8, keyTwice, noEncoding, notThisEncoding
    case neitherEncoding, damaged, openQuote, afterQuote, longCell, manyCells

    var phrase: Phrase {
        switch self {
        case .empty: Phrase("the file is empty", "文件为空")
        case .tooLong: Phrase("the file is longer than {1} bytes", "文件超过 {1} 字节")
        case .aliases: Phrase("there are more than {1} aliases", "别名超过 {1} 个")
        case .notYAML: Phrase("the file is not YAML", "文件不是 YAML")
        case .notYAMLThere: Phrase("this is not YAML: {1}", "此处不是 YAML：{1}")
        case .notUTF8: Phrase("the file is not UTF-8", "文件不是 UTF-8 编码")
        case .keyTwice: Phrase("key {1} is given more than once", "键 {1} 重复出现")
        case .noEncoding: Phrase("the text is neither UTF-8, UTF-16 nor GB18030", "文字既不是 UTF-8、UTF-16，也不是 GB18030")
        case .notThisEncoding: Phrase("the text is not {1}", "文字不是 {1} 编码")
        case .neitherEncoding: Phrase("the text is neither UTF-8 nor GB18030", "文字既不是 UTF-8，也不是 GB18030")
        case .damaged:
            Phrase("the text is damaged: the file begins as {1} and does not go on so", "文字已损坏：文件开头是 {1}，后面不是")
        case .openQuote: Phrase("a cell begins with a quote and never ends", "有一个单元格的引号没有结束")
        case .afterQuote: Phrase("there is text after a closing quote", "结束引号之后还有文字")
        case .longCell: Phrase("a cell is longer than {1} bytes", "有一个单元格超过 {1} 字节")
        case .manyCells: Phrase("a row has more than {1} cells", "有一行超过 {1} 个单元格")
        }
    }
}
