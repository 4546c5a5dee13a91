import DialModel
import Wording

/// The provinces of China, whose numbers' regions are named in Chinese.
enum PlacePhrase: String, PhraseTable, Equatable {
    case beijing = "北京"
    case tianjin = "天津"
    case hebei = "河北"
    case shanxi = "山西"
    case innerMongolia = "内蒙古"
    case liaoning = "辽宁"
    case jilin = "吉林"
    case heilongjiang = "黑龙江"
    case shanghai = "上海"
    case jiangsu = "江苏"
    case zhejiang = "浙江"
    case anhui = "安徽"
    case fujian = "福建"
    case jiangxi = "江西"
    case shandong = "山东"
    case henan = "河南"
    case hubei = "湖北"
    case hunan = "湖南"
    case guangdong = "广东"
    case guangxi = "广西"
    case hainan = "海南"
    case chongqing = "重庆"
    case sichuan = "四川"
    case guizhou = "贵州"
    case yunnan = "云南"
    case tibet = "西藏"
    case shaanxi = "陕西"
    case gansu = "甘肃"
    case qinghai = "青海"
    case ningxia = "宁夏"
    case xinjiang = "新疆"
    case taiwan = "台湾"
    case hongKong = "香港"
    case macao = "澳门"

    var phrase: Phrase { Phrase(english.name, rawValue) }

    /// Its letters in ISO 3166-2, where there is no room for its name.
    var code: String { english.code }

    private var english: (name: String, code: String) {
        switch self {
        case .beijing: ("Beijing", "BJ")
        case .tianjin: ("Tianjin", "TJ")
        case .hebei: ("Hebei", "HE")
        case .shanxi: ("Shanxi", "SX")
        case .innerMongolia: ("Inner Mongolia", "NM")
        case .liaoning: ("Liaoning", "LN")
        case .jilin: ("Jilin", "JL")
        case .heilongjiang: ("Heilongjiang", "HL")
        case .shanghai: ("Shanghai", "SH")
        case .jiangsu: ("Jiangsu", "JS")
        case .zhejiang: ("Zhejiang", "ZJ")
        case .anhui: ("Anhui", "AH")
        case .fujian: ("Fujian", "FJ")
        case .jiangxi: ("Jiangxi", "JX")
        case .shandong: ("Shandong", "SD")
        case .henan: ("Henan", "HA")
        case .hubei: ("Hubei", "HB")
        case .hunan: ("Hunan", "HN")
        case .guangdong: ("Guangdong", "GD")
        case .guangxi: ("Guangxi", "GX")
        case .hainan: ("Hainan", "HI")
        case .chongqing: ("Chongqing", "CQ")
        case .sichuan: ("Sichuan", "SC")
        case .guizhou: ("Guizhou", "GZ")
        case .yunnan: ("Yunnan", "YN")
        case .tibet: ("Tibet", "XZ")
        case .shaanxi: ("Shaanxi", "SN")
        case .gansu: ("Gansu", "GS")
        case .qinghai: ("Qinghai", "QH")
        case .ningxia: ("Ningxia", "NX")
        case .xinjiang: ("Xinjiang", "XJ")
        case .taiwan: ("Taiwan", "TW")
        case .hongKong: ("Hong Kong", "HK")
        case .macao: ("Macao", "MO")
        }
    }
}

/// What is said of places that are not known.
enum UnknownPlacePhrase: PhraseTable, Equatable {
    case place, province

    var phrase: Phrase {
        switch self {
        case .place: Phrase("not known", "归属地不明")
        case .province: Phrase("{1}, area not known", "{1}（归属地不明）")
        }
    }
}

/// The countries whose provinces or states have a chart.
enum CountryPhrase: String, PhraseTable, Equatable {
    case china = "CN"
    case unitedStates = "US"

    var phrase: Phrase {
        switch self {
        case .china: Phrase("China", "中国")
        case .unitedStates: Phrase("United States", "美国")
        }
    }
}

extension RegionTally.Row {
    /// Its name for people; provinces of China in their language, states by their postal codes.
    func name(in language: Language) -> String {
        guard let country else { return language.say(UnknownPlacePhrase.place) }
        guard let province else { return language.say(UnknownPlacePhrase.province, country) }
        if country == "CN" { return PlacePhrase(rawValue: province).map { language.say($0) } ?? province }
        return "\(country) · \(province)"
    }
}
