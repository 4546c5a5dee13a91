package import Wording

/// What is wrong with a file of regions, and what to do about it.
package enum RegionPhrase: CaseIterable, PhraseTable {
    case noHeader, begin, unknownColumn, columns, columnTwice, noPrefixColumn, cellCount, nothingGiven
    case prefixTwice, noPrefix, badPrefix, writePrefix, unknownCountry, writeCountry, otherCountry
    case unknownProvince, writeProvince, unknownState, writeState, unknownZone, writeZone

    /// The words.
    package var phrase: Phrase { ofRows ?? ofPlaces }

    private var ofRows: Phrase? {
        switch self {
        case .noHeader: Phrase("there is no row with the names of the columns", "没有写明列名的一行")
        case .begin: Phrase("begin with: prefix,…", "第一行写：prefix,…")
        case .unknownColumn: Phrase("unknown column \"{1}\"", "未知的列“{1}”")
        case .columns:
            Phrase(
                "known are prefix, country, province, city and zones", "可用的列有 prefix、country、province、city 和 zones")
        case .columnTwice: Phrase("the column \"{1}\" occurs twice", "列“{1}”出现了两次")
        case .noPrefixColumn: Phrase("the column \"prefix\" is missing", "缺少列“prefix”")
        case .cellCount: Phrase("the row has {1} cells, and there are {2} columns", "该行有 {1} 个单元格，而列有 {2} 个")
        case .nothingGiven: Phrase("the row gives neither a place nor a zone", "该行既没有地区，也没有时区")
        case .prefixTwice: Phrase("the prefix +{1} occurs in line {2} as well", "号段 +{1} 在第 {2} 行也出现了")
        case .noPrefix: Phrase("the prefix is missing", "缺少号段")
        case .badPrefix: Phrase("\"{1}\" is no prefix", "“{1}”不是号段")
        case .writePrefix: Phrase("write + and the country's code first, +86170", "请先写 + 和国家代码，如 +86170")
        default: nil
        }
    }

    private var ofPlaces: Phrase {
        switch self {
        case .unknownCountry: Phrase("unknown country \"{1}\"", "未知的国家“{1}”")
        case .writeCountry: Phrase("write its ISO code, CN", "请写 ISO 代码，如 CN")
        case .otherCountry: Phrase("numbers of {1} begin with +{2}, not with +{3}", "{1} 的号码以 +{2} 开头，而不是 +{3}")
        case .unknownProvince: Phrase("unknown province \"{1}\"", "未知的省份“{1}”")
        case .writeProvince: Phrase("write its Chinese name, 浙江", "请写中文名称，如 浙江")
        case .unknownState: Phrase("unknown state \"{1}\"", "未知的州“{1}”")
        case .writeState: Phrase("write its postal code, CA", "请写邮政缩写，如 CA")
        case .unknownZone: Phrase("unknown time zone \"{1}\"", "未知的时区“{1}”")
        default: Phrase("write its IANA name, Asia/Shanghai", "请写 IANA 名称，如 Asia/Shanghai")
        }
    }
}
