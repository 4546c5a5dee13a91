/// The names of provinces and cities of China: which there are, and their short forms.
package enum MainlandNames {
    /// The provinces, autonomous regions, municipalities and special regions, in short form and in the order of their codes
    /// (GB/T 2260).
    package static let provinces = [
        "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南",
        "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "台湾",
        "香港", "澳门",
    ]

    /// The provinces that are one city.
    package static let municipalities = ["北京", "上海", "天津", "重庆"]

    /// A name without its administrative ending, `扬州` for `扬州市` and `大理` for `大理白族自治州`.
    ///
    /// A name that is nothing but an ending stays as it is.
    package static func shortened(_ name: String) -> String {
        if let short = colloquial[name] { return short }
        guard let ending = ending(of: name) else { return withoutPeoples(name, isPrefecture: false) }
        return withoutPeoples(String(name.dropLast(ending.count)), isPrefecture: ending == "自治州")
    }

    /// What people in Xinjiang say, and tables copy from them.
    private static let colloquial = ["克州": "克孜勒苏", "博州": "博尔塔拉", "巴州": "巴音郭楞"]

    /// The ending of a name's kind, nil if it has none or is nothing else.
    static func ending(of name: String) -> String? {
        endings.first { name.hasSuffix($0) && name.count > $0.count }
    }

    /// The longest endings come first, so that 宁夏回族自治区 loses all of its ending at once.
    static let endings = [
        "维吾尔自治区", "回族自治区", "壮族自治区", "特别行政区", "自治区", "自治州", "地区", "林区", "省", "市", "盟",
    ]

    /// The peoples that autonomous prefectures are named after; those without 族 are only cut off where 自治州 followed.
    private static let peoples = [
        "傈僳族", "哈尼族", "布依族", "朝鲜族", "景颇族", "蒙古族", "土家族", "白族", "傣族", "侗族", "回族", "苗族", "羌族", "彝族",
        "藏族", "壮族", "蒙古", "哈萨克", "柯尔克孜",
    ]

    /// Takes the names of peoples off the end of a name, which 自治州 may have followed.
    private static func withoutPeoples(_ name: String, isPrefecture: Bool) -> String {
        var name = name
        // At least two characters stay, since 延边朝鲜族 is a place and 朝鲜族 is not.
        while let people = peoples.first(where: { name.hasSuffix($0) && name.count > $0.count + 1 }) {
            guard isPrefecture || people.hasSuffix("族") else { return name }
            name.removeLast(people.count)
        }
        return name
    }
}
