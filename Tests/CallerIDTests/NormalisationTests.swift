import CallerID
import DialModel
import Testing

/// The rules of `vendors/alibaba-udesk.md`, C2.
@Suite struct NormalisationTests {
    @Test(arguments: [
        ("13800138000", "13800138000"), ("+86 138-0013-8000", "13800138000"), ("008613800138000", "13800138000"),
        ("8613800138000", "13800138000"), ("013800138000", "13800138000"), ("１３８００１３８０００", "13800138000"),
        ("(0571) 87654321", "057187654321"), ("+86 10 8000 0001", "01080000001"), ("01080000001", "01080000001"),
        ("+86 0571 87654321", "057187654321"), ("８６　13800138000", "13800138000"),
    ])
    func `A callee's number is brought to its national form`(text: String, expected: String) {
        #expect(CalleeNumber.normalised(text) == expected)
    }

    @Test(arguments: [
        "", "110", "12345", "95588", "4008123456", "8008123456", "12800138000", "1380013800", "138001380001",
        "+86 4008123456", "138-0013-800x", "0123", "8612800138000", "+14155550100",
    ])
    func `A number that a campaign may not call has none`(text: String) {
        #expect(CalleeNumber.normalised(text) == nil)
    }

    @Test(arguments: [
        ("江苏省", "江苏"), ("内蒙古自治区", "内蒙古"), ("广西壮族自治区", "广西"), ("西藏自治区", "西藏"), ("宁夏回族自治区", "宁夏"),
        ("新疆维吾尔自治区", "新疆"), ("香港特别行政区", "香港"), ("江苏", "江苏"),
    ])
    func `Provinces lose their endings`(name: String, expected: String) {
        #expect(NumberRegion(province: name).normalised.province == expected)
    }

    @Test(arguments: [
        ("扬州市", "扬州"), ("阿克苏地区", "阿克苏"), ("凉山彝族自治州", "凉山"), ("凉山彝族", "凉山"),
        ("延边朝鲜族自治州", "延边"), ("博尔塔拉蒙古自治州", "博尔塔拉"), ("巴州", "巴音郭楞"), ("兴安盟", "兴安"), ("回族", "回族"), ("市", "市"),
    ])
    func `Cities lose their endings`(name: String, expected: String) {
        #expect(NumberRegion(province: "四川", city: name).normalised.city == expected)
    }

    @Test func `A municipality is its own city, and an empty name is an unknown one`() {
        let beijing = NumberRegion(province: "北京", city: "北京")
        #expect(NumberRegion(province: "北京市").normalised == beijing)
        #expect(NumberRegion(city: "北京市").normalised == beijing)
        #expect(NumberRegion(province: "北京", city: "朝阳").normalised == beijing)
        #expect(NumberRegion(province: "", city: "").normalised == NumberRegion())
        #expect(NumberRegion().tier(for: NumberRegion()) == .elsewhere)
    }
}
