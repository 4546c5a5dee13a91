import Wording

/// What loading a list says, and checking one.
enum ImportPhrase: CaseIterable, PhraseTable {
    case imported, renewed, known, knownDry, dryRun, restored, foreign, unusable, rejects
    case checked, more, ready

    var phrase: Phrase {
        switch self {
        case .imported:
            Phrase(
                "{1} ({2}): {3} leads added, {4}{5} duplicates, {6} rejected",
                "{1}（{2}）：新增 {3} 条线索，{4}重复 {5} 条，拒绝 {6} 条")
        case .renewed: Phrase("{1} listed anew, ", "重新列入 {1} 条，")
        case .known: Phrase("{1}: these contents were imported on {2}; nothing changed", "{1}：相同内容已于 {2} 导入，没有变化")
        case .knownDry:
            Phrase("{1}: these contents were imported on {2}; nothing would change", "{1}：相同内容已于 {2} 导入，不会有变化")
        case .dryRun: Phrase("a dry run: nothing was written", "试运行：未写入任何内容")
        case .restored: Phrase("{1} come back as they were exported", "{1} 条按导出时的状态恢复")
        case .foreign:
            Phrase(
                "{1} were exported from another campaign, and begin anew in this one", "{1} 条导出自其他活动，在本活动中重新开始")
        case .unusable:
            Phrase("{1} further numbers cannot be dialled and are left out", "{1} 个备用号码无法拨打，已略去")
        case .rejects:
            Phrase("see {1}: each rejected row with its line and the reason", "见 {1}：各被拒绝行的行号与原因")
        case .checked:
            Phrase(
                "{1} ({2}): {3} leads, {4} duplicates, {5} to be rejected",
                "{1}（{2}）：{3} 条线索，重复 {4} 条，将拒绝 {5} 条")
        case .more:
            Phrase("{1}: there are more; import writes them all to a rejects file", "{1}：还有更多；import 会全部写入拒绝文件")
        case .ready: Phrase("{1}: ready to run with {2}", "{1}：可以运行，账号 {2}")
        }
    }
}
