import Wording

/// Why `init` writes nothing.
enum InitPhrase: CaseIterable, PhraseTable {
    case exists, nameAnother, missing, giveIt, giveOrYes, noCountry, noVendor, describeIt
    case noFolder, cannotWrite, writingFailed, showsPassword, intoPasswordFile, lineBreak

    var phrase: Phrase {
        switch self {
        case .exists: Phrase("error: {1} is there already, and nothing is overwritten", "错误：{1} 已存在，不会覆盖")
        case .nameAnother: Phrase("Name another folder.", "请指定其他目录。")
        case .missing:
            Phrase("error: nobody can be asked here, and this is missing: {1}", "错误：此处无法提问，缺少以下选项：{1}")
        case .giveIt: Phrase("Give it, or run init at a terminal.", "请补上，或在终端中运行 init。")
        case .giveOrYes:
            Phrase(
                "Give it, or --yes for the usual answers, or run init at a terminal.",
                "请补上，或加 --yes 采用常用设置，或在终端中运行 init。")
        case .noCountry:
            Phrase("error: there is no country \"{1}\"; use an ISO code such as CN", "错误：没有国家“{1}”；请使用 ISO 代码，如 CN")
        case .noVendor:
            Phrase("error: there is no vendor account \"{1}\" (known here: {2})", "错误：没有供应商账号“{1}”（已知：{2}）")
        case .describeIt: Phrase("Describe it in vendors.yaml first.", "请先在 vendors.yaml 中写明。")
        case .noFolder:
            Phrase(
                "error: {1}: the folder cannot be made; check the path and its permissions",
                "错误：{1}：无法创建目录；请检查路径和权限")
        case .cannotWrite: Phrase("error: {1}: cannot be written: {2}", "错误：{1}：无法写入：{2}")
        case .writingFailed: Phrase("error: {1}: writing failed; is the disk full?", "错误：{1}：写入失败；磁盘是否已满？")
        case .showsPassword: Phrase("error: a schedule would show the password of the database", "错误：定时运行会暴露数据库密码")
        case .intoPasswordFile: Phrase("Put it into ~/.pgpass instead.", "请改为写入 ~/.pgpass。")
        case .lineBreak:
            Phrase(
                "error: a path with a line break in it cannot be scheduled; give it another name",
                "错误：路径中含有换行，无法定时运行；请改名")
        }
    }
}
