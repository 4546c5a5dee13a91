import DialModel

/// The areas of mainland China as libphonenumber names them: `浙江省杭州市`, `云南怒江`, `四川省成都市、资阳市、眉山市`.
enum MainlandArea {
    /// The province in short form and the cities of prefecture rank, as they are today.
    ///
    /// `areaCode` is a landline's, without its zero.
    static func read(_ name: String, areaCode: UInt64?) -> (province: String?, cities: [String]) {
        guard let province = MainlandNames.provinces.first(where: name.hasPrefix) else { return (nil, []) }
        if MainlandNames.municipalities.contains(province) { return (province, [province]) }
        var rest = name.dropFirst(province.count)
        for ending in provinceEndings where rest.hasPrefix(ending) {
            rest = rest.dropFirst(ending.count)
            break
        }
        let listed = rest.split(separator: "、").map { MainlandNames.shortened(String($0)) }
        let named = (dissolved[listed] ?? listed).map { successors[$0] ?? $0 }
        let cities = areaCode.flatMap { citiesOfCode[$0] } ?? named
        return (province, cities.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
    }

    private static let provinceEndings = ["维吾尔自治区", "回族自治区", "壮族自治区", "自治区", "省"]

    /// Former names, misspelt names, and counties, with the city of prefecture rank that they stand for.
    ///
    /// The data names seats of prefectures and counties that share an area code beside the prefecture itself.
    private static let successors = [
        "襄樊": "襄阳", "思茅": "普洱", "株州": "株洲", "莱芜": "济南", "巢湖": "合肥", "顺德": "佛山", "潮阳": "汕头",
        "珲春": "延边", "延吉": "延边", "梅河口": "通化", "芒": "德宏", "香格里拉": "迪庆", "仲巴县": "日喀则", "普兰": "阿里",
        "札达": "阿里", "普兰县": "阿里", "扎达县": "阿里", "嘉黎县": "那曲", "聂荣县": "那曲", "申扎县": "那曲", "双湖": "那曲", "班戈县": "那曲",
        "尼玛县": "那曲",
    ]

    /// Prefectures that were divided among several: Chaohu, in 2011.
    private static let dissolved = [["巢湖"]: ["合肥", "芜湖", "马鞍山"]]

    /// The cities of the area codes for which the data names too few, or one that has left.
    ///
    /// Cities have joined the code of a neighbour, and counties have become cities of their own without a new code.
    private static let citiesOfCode: [UInt64: [String]] = [
        24: ["沈阳", "铁岭", "抚顺", "本溪"], 28: ["成都", "资阳", "眉山"], 29: ["西安", "咸阳"], 371: ["郑州", "开封"],
        391: ["焦作", "济源"], 558: ["阜阳", "亳州"], 719: ["十堰", "神农架"], 728: ["仙桃", "潜江", "天门"],
        731: ["长沙", "株洲", "湘潭"], 771: ["南宁", "崇左"], 772: ["柳州", "来宾"], 774: ["梧州", "贺州"], 775: ["玉林", "贵港"],
        832: ["内江"], 851: ["贵阳", "遵义", "安顺"], 898: ["海口", "三亚", "儋州", "三沙"], 935: ["武威", "金昌"], 937: ["酒泉", "嘉峪关"],
    ]
}
