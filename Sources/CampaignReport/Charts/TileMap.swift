import DialModel

/// Where the provinces or states of a country lie, each a tile of the same size, so that small ones are seen too.
struct TileMap: Sendable {
    /// The country.
    let country: String
    /// The tiles: the name as regions have it, column and row.
    let tiles: [(name: String, column: Int, row: Int)]

    /// The countries that there is a map of.
    static let all = [mainland, unitedStates]

    var columns: Int { (tiles.map(\.column).max() ?? 0) + 1 }
    var rows: Int { (tiles.map(\.row).max() ?? 0) + 1 }

    /// China; a dot is nobody's place.
    static let mainland = TileMap(
        country: "CN",
        drawing: """
            .    .    .    .    .    .    .    黑龙江
            .    .    .    .    内蒙古 .   辽宁 吉林
            新疆 甘肃 宁夏 山西 河北 北京 天津 .
            .    青海 陕西 河南 山东 .    .    .
            西藏 四川 重庆 湖北 安徽 江苏 上海 .
            .    云南 贵州 湖南 江西 浙江 .    .
            .    .    .    广西 广东 福建 台湾 .
            .    .    .    海南 澳门 香港 .    .
            """)

    /// The United States.
    static let unitedStates = TileMap(
        country: "US",
        drawing: """
            AK . .  .  .  .  .  .  .  .  ME
            .  . .  .  .  .  .  .  .  VT NH
            WA ID MT ND MN IL WI MI NY RI MA
            OR NV WY SD IA IN OH PA NJ CT .
            CA UT CO NE MO KY WV VA MD DE .
            .  AZ NM KS AR TN NC SC DC .  .
            .  .  .  OK LA MS AL GA .  .  .
            HI .  .  TX .  .  .  .  FL .  .
            """)

    private init(country: String, drawing: String) {
        self.country = country
        var tiles: [(name: String, column: Int, row: Int)] = []
        for (row, line) in drawing.split(separator: "\n").enumerated() {
            for (column, name) in line.split(separator: " ").enumerated() where name != "." {
                tiles.append((String(name), column, row))
            }
        }
        self.tiles = tiles
    }
}
